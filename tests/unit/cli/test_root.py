"""The commands read words and letters of the root that the settings name."""

import shutil

import pytest

from jawab.settings import PROJECT
from jawab.terminal import settings_or_exit
from jawab.text import lexicon


@pytest.fixture
def another_root(tmp_path, monkeypatch):
    before = lexicon.folder()
    shutil.copytree(PROJECT / "data" / "lexicon", tmp_path / "data" / "lexicon")
    monkeypatch.setenv("JAWAB_ROOT", str(tmp_path))
    yield tmp_path
    lexicon.use(before)


def test_the_tables_are_those_of_the_settings_root(another_root):
    assert settings_or_exit().root == another_root
    assert lexicon.folder() == another_root / "data" / "lexicon"


def test_a_root_without_tables_leaves_them_as_they_were(tmp_path, monkeypatch):
    before = lexicon.folder()
    monkeypatch.setenv("JAWAB_ROOT", str(tmp_path))
    settings_or_exit()
    assert lexicon.folder() == before
