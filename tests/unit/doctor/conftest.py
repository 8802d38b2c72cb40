"""An installation in a folder of its own, all well, that a test may break; and a desk that runs."""

import shutil

import pytest

from jawab import training
from jawab.settings import PROJECT, Settings

from ..desk.conftest import _rasa_server, knowledge, rasa, start_desk  # noqa: F401


@pytest.fixture
def root(tmp_path):
    """A copy of what the doctor looks at, with a model that fits."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("config.yml", "domain.yml", "requirements.txt"):
        shutil.copy(PROJECT / name, folder)
    shutil.copytree(PROJECT / "data", folder / "data")
    model = training.archive_for(folder)
    model.parent.mkdir()
    model.touch()
    return folder


@pytest.fixture
def settings(root, tmp_path):
    """Settings of an installation that never ran: `settings(port=…)`."""

    def made(**values):
        return Settings(
            _env_file=None,
            root=root,
            var=tmp_path / "var",
            **{"port": 0, "rasa_url": "http://127.0.0.1:0", "actions_url": "http://127.0.0.1:0"}
            | values,
        )

    return made


@pytest.fixture
def told():
    """What a look found, by level: `told(findings)`."""

    def by_level(findings):
        return {(each.level.value, each.about): f"{each.told} → {each.mend}" for each in findings}

    return by_level
