"""Ready answers: read from a file, filled for a shop."""

from datetime import datetime, timezone

import pytest

from jawab import knowledge
from jawab.knowledge import InvalidKnowledge
from jawab.settings import PROJECT
from jawab.support.agents.canned import FILE, load, ready
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
TEXT = "{fa: الف, ar: ب, en: %s}"


@pytest.fixture
def write(tmp_path):
    def written(entries):
        path = tmp_path / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"canned:\n{entries}", encoding="utf-8")
        return tmp_path

    return written


def entry(text, more=""):
    return f"  one:\n    title: {TEXT % 'One'}\n    text: {{fa: الف, ar: ب, en: '{text}'}}\n{more}"


def test_every_ready_answer_of_the_project_fills_for_every_shop_and_language():
    canned = load(PROJECT)
    for shop in knowledge.load(PROJECT).shops.values():
        for spoken in Lang:
            found = ready(canned, shop, spoken=spoken, read=Lang.FA, agent="سارا", now=NOW)
            assert [one.id for one in found] == [one.id for one in canned]
            assert not [one.id for one in found if "{" in one.text]


def test_an_answer_of_one_shop_is_not_another_shops(write):
    canned = load(write(entry("Hi from {agent}", "    shops: [souq]\n")))
    shops = knowledge.load(PROJECT).shops
    said = {
        id: [
            one.text
            for one in ready(canned, shop, spoken=Lang.EN, read=Lang.EN, agent="S", now=NOW)
        ]
        for id, shop in shops.items()
    }
    assert said == {"digikala": [], "souq": ["Hi from S"]}


def test_an_answer_whose_fact_is_missing_is_left_out(write):
    canned = load(write(entry("See {facts.no_such_fact}")))
    shop = knowledge.load(PROJECT).shops["souq"]
    assert ready(canned, shop, spoken=Lang.EN, read=Lang.EN, agent="S", now=NOW) == ()


def test_a_project_without_the_file_has_none(tmp_path):
    assert load(tmp_path) == ()


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ("  one:\n    title: {fa: a, ar: b, en: c}\n", "text"),
        (entry("a { brace"), "text.en"),
        (entry("x", "    shop: souq\n"), "shop"),
    ],
    ids=["no text", "a brace", "an unknown key"],
)
def test_what_is_wrong_is_told_with_the_answers_id(write, entries, told):
    with pytest.raises(InvalidKnowledge) as error:
        load(write(entries))
    assert "one" in str(error.value)
    assert told in str(error.value)
