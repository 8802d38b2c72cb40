"""The language changes when a button or the words say so."""

from __future__ import annotations

import pytest

from jawab.text.language import Lang
from jawab.understanding.reply import reply

from .saying import (
    every_lang,
    in_script_of,
    turn,
)


@pytest.mark.parametrize("before", list(Lang), ids=lambda lang: f"from {lang.value}")
@pytest.mark.parametrize("asked", list(Lang), ids=lambda lang: f"to {lang.value}")
def test_a_language_button_changes_the_language(knowledge, before, asked):
    pressing = turn(
        "change_language", lang=before, button={"language": asked.value}, text="English"
    )
    answer = reply(pressing, knowledge=knowledge)
    assert answer.lang is asked
    assert in_script_of(answer.utterances[0].text, asked)
    assert in_script_of(answer.utterances[0].buttons[0].title, asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("میشه عربی حرف بزنی؟", Lang.AR),
        ("تكلم فارسي لو سمحت", Lang.FA),
        ("بالإنجليزي من فضلك", Lang.EN),
        ("speak Persian please", Lang.FA),
        ("ba man farsi harf bezan", Lang.FA),
        ("e7ki 3arabi", Lang.AR),
    ],
)
def test_a_language_named_in_the_text_is_spoken_from_then_on(knowledge, text, asked):
    answer = reply(turn("change_language", lang=Lang.FA, text=text), knowledge=knowledge)
    assert answer.lang is asked


@pytest.mark.parametrize("text", ["زبان رو عوض کن", "change the language", "عربی یا انگلیسی"])
@every_lang
def test_an_unnamed_language_is_asked_for(knowledge, text, lang):
    answer = reply(turn("change_language", lang=lang, text=text), knowledge=knowledge)
    (utterance,) = answer.utterances
    assert answer.lang is lang
    assert [(b.title, dict(b.meaning)) for b in utterance.buttons] == [
        ("فارسی", {"language": "fa"}),
        ("العربية", {"language": "ar"}),
        ("English", {"language": "en"}),
    ]


def test_a_language_button_we_do_not_speak_asks_instead_of_failing(knowledge):
    answer = reply(turn("change_language", button={"language": "de"}), knowledge=knowledge)
    assert len(answer.utterances[0].buttons) == len(Lang)
