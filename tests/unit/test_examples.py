"""The training examples: enough of every language and variety under every id, and none nearly twice."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from evaluation.leakage import all_taught, twins
from jawab.knowledge import Knowledge, load
from jawab.text.language import Lang

ROOT = Path(__file__).parents[2]
DIALECTS = ("msa", "gulf", "egyptian", "levantine")
LATIN = {"finglish", "arabizi"}

# The least number of examples: Persian and Arabic in their own script, English, Finglish, Arabizi.
QUESTION = {"fa": 28, "ar": 28, "en": 14, "finglish": 10, "arabizi": 10}
ACT = {"fa": 20, "ar": 20, "en": 12, "finglish": 8, "arabizi": 8}
# These acts hold everything else that is said; here a language counts with its Latin spelling.
WIDE = {"out_of_scope": 250, "other_support": 40}


@cache
def knowledge() -> Knowledge:
    return load(ROOT)


def short_of(intents, least) -> list[str]:
    """What is missing, one line an id and kind."""
    missing = []
    for one in intents:
        kinds = Counter(e.variety if e.variety in LATIN else e.lang.value for e in one.examples)
        missing += [
            f"{one.id}: {kinds[kind]} of {number} {kind}"
            for kind, number in least.items()
            if kinds[kind] < number
        ]
    return missing


def test_every_question_has_enough_examples_in_every_language_and_script():
    assert short_of(knowledge().questions.values(), QUESTION) == []


def test_every_act_has_enough_examples_in_every_language_and_script():
    assert short_of(knowledge().acts.values(), ACT) == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_question_has_seven_examples_of_each_arabic(dialect):
    counts = {
        question.id: sum(e.lang is Lang.AR and e.variety == dialect for e in question.examples)
        for question in knowledge().questions.values()
    }
    assert {id: count for id, count in counts.items() if count < 7} == {}


@pytest.mark.parametrize("variety", ["formal", "colloquial", "story", "noisy"])
def test_every_question_has_persian_examples_of_each_variety(variety):
    assert [
        question.id
        for question in knowledge().questions.values()
        if not any(e.lang is Lang.FA and e.variety == variety for e in question.examples)
    ] == []


@pytest.mark.parametrize("lang", list(Lang), ids=lambda lang: lang.value)
@pytest.mark.parametrize("act", WIDE)
def test_what_is_not_in_the_catalogue_has_many_examples(act, lang):
    count = sum(e.lang is lang for e in knowledge().acts[act].examples)
    assert count >= WIDE[act]


def test_no_two_examples_of_a_language_are_nearly_the_same():
    found = [
        f"{pair.one.intent}: {pair.one.example.text} = {pair.other.intent}: {pair.other.example.text}"
        for pair in twins(all_taught(knowledge()))
    ]
    assert found == [], f"{len(found)} pairs; keep one of each"
