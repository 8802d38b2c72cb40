"""The trained model on short questions after an answer, and on new ones: tests/nlu/follow_ups.yml."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
import yaml

from jawab.text.language import Lang
from jawab.understanding.assistant import Assistant
from jawab.understanding.followup import Topic

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def table(root):
    return yaml.safe_load((root / "tests/nlu/follow_ups.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def assistant(root):
    return Assistant.load(root, cache=root / "var" / "model-cache")


def wrong(assistant, rows, lang):
    answered = [
        assistant.reply_to(row["text"], now=NOW, prior=lang, topic=Topic(row["after"], NOW))[0]
        for row in rows
    ]
    return [row for row, turn in zip(rows, answered, strict=True) if turn.answered != (row["asks"],)]  # fmt: skip


@pytest.mark.parametrize("lang", list(Lang), ids=lambda lang: lang.value)
def test_short_questions_are_read_in_the_light_of_the_answer(assistant, table, lang):
    rows = table["follow"][lang.value]
    assert len(rows) >= 20
    assert len(wrong(assistant, rows, lang)) <= len(rows) * 0.1


@pytest.mark.parametrize("lang", list(Lang), ids=lambda lang: lang.value)
def test_a_clear_new_question_is_not_bent(assistant, table, lang):
    rows = table["new"][lang.value]
    assert len(rows) >= 10
    assert len(wrong(assistant, rows, lang)) <= 1
