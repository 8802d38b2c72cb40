"""The words of the agents' pages: all in three languages, and all there that the scripts ask for."""

import re

import pytest

from jawab.desk.act_words import ACT_WORDS
from jawab.desk.agents.pages import desk_words
from jawab.desk.agents.words import AGENT_WORDS
from jawab.desk.agents.workplace_words import WORKPLACE_WORDS
from jawab.desk.rendering import HERE
from jawab.text.entities import KINDS
from jawab.text.language import Lang

SCRIPTS = sorted((HERE / "static" / "agent").glob("*.js"))
ASKED = re.compile(r"\bwords\.([a-z_]+)")


@pytest.mark.parametrize("table", [AGENT_WORDS, WORKPLACE_WORDS], ids=["agent", "workplace"])
def test_every_word_is_there_in_three_languages(table):
    assert [key for key, texts in table.items() if not all(texts.get(lang) for lang in Lang)] == []


def test_every_act_has_a_name_and_every_entity(knowledge):
    assert set(ACT_WORDS) == set(knowledge.acts)
    assert all(texts.get(lang) for texts in ACT_WORDS.values() for lang in Lang)
    assert {f"entity_{kind}" for kind in KINDS} - set(WORKPLACE_WORDS) == set()


def test_no_word_stands_in_both_tables():
    assert set(AGENT_WORDS) & set(WORKPLACE_WORDS) == set()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_asks_only_for_words_that_are_there(script):
    asked = set(ASKED.findall(script.read_text("utf-8")))
    assert asked - set(desk_words(Lang.EN)) == set()


def test_every_key_of_the_keyboard_is_explained():
    source = (HERE / "static" / "agent" / "shortcuts.js").read_text("utf-8")
    keys = re.findall(r'\["\w+", "[^"]+", "(\w+)"', source)
    assert len(keys) > 10
    assert {f"key_{key}" for key in keys} - set(WORKPLACE_WORDS) == set()
