"""The trained model on messages that ask two things, and on long ones that ask one: tests/nlu/two_questions.yml."""

from __future__ import annotations

import pytest
import yaml

from jawab.text.language import Lang
from jawab.understanding.assistant import Assistant
from jawab.understanding.decision import Outcome


@pytest.fixture(scope="module")
def table(root):
    return yaml.safe_load((root / "tests/nlu/two_questions.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def assistant(root):
    return Assistant.load(root, cache=root / "var" / "model-cache")


@pytest.mark.parametrize("lang", list(Lang), ids=lambda lang: lang.value)
def test_two_questions_are_both_understood_in_their_order(assistant, table, lang):
    rows = table["two"][lang.value]
    understood = [assistant.understander.understand(row["text"], prior=lang) for row in rows]
    right = [u.decision.intents == tuple(row["asks"]) for row, u in zip(rows, understood, strict=True)]  # fmt: skip
    assert len(rows) >= 40
    assert sum(right) / len(rows) >= 0.75


@pytest.mark.parametrize("lang", list(Lang), ids=lambda lang: lang.value)
def test_one_question_in_many_words_is_one_question(assistant, table, lang):
    rows = table["one"][lang.value]
    decisions = [
        assistant.understander.understand(row["text"], prior=lang).decision for row in rows
    ]
    doubled = [decision for decision in decisions if len(decision.intents) > 1 and decision.outcome is Outcome.ANSWERED]  # fmt: skip
    right = [d.intents == (row["asks"],) for row, d in zip(rows, decisions, strict=True)]
    assert len(doubled) <= 1
    assert sum(right) / len(rows) >= 0.8
