"""Turns in both shops at telling moments, and everything that may not be in a reply."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import product

import pytest

from jawab.text.language import Lang
from jawab.understanding.buttons import NONE_OF_THESE
from jawab.understanding.decision import Outcome
from jawab.understanding.reply import Turn, reply

SHOPS = ("digikala", "souq")
WORKING = datetime.fromisoformat("2026-11-24T11:00+03:30")
NIGHT = datetime.fromisoformat("2026-11-25T03:15+03:00")
NOWRUZ = datetime.fromisoformat("2027-03-22T12:00+03:30")
SAUDI_NATIONAL_DAY = datetime.fromisoformat("2026-09-23T12:00+03:00")
MOMENTS = {
    "working hours": WORKING,
    "night": NIGHT,
    "Nowruz": NOWRUZ,
    "Saudi National Day": SAUDI_NATIONAL_DAY,
}
# The other shop as people write it; «سوق» alone is any market.
NAMES = {
    "digikala": re.compile(r"دیجی.?کالا|ديجي ?كالا|digi ?kala|021-?\d", re.IGNORECASE),
    "souq": re.compile(r"سوق (?:دات|دوت)|souq|800-000", re.IGNORECASE),
}
every_place = pytest.mark.parametrize(
    ("shop", "lang"), list(product(SHOPS, Lang)), ids=lambda value: getattr(value, "value", value)
)
every_lang = pytest.mark.parametrize("lang", list(Lang), ids=lambda lang: lang.value)


def turn(*intents, shop="digikala", lang=Lang.FA, now=WORKING, text="…", **more):
    outcome = more.pop("outcome", Outcome.ANSWERED if intents else Outcome.NOT_UNDERSTOOD)
    return Turn(text, lang, outcome, intents, shop, now, **more)


def said(knowledge, *intents, **where):
    (utterance,) = reply(turn(*intents, **where), knowledge=knowledge).utterances
    return utterance


def meanings(utterance):
    return [dict(button.meaning) for button in utterance.buttons]


def exists(meaning, knowledge):
    if set(meaning) == {"intent", "about"}:
        return meaning == {"intent": "open_ticket", "about": "complaint"}
    ((kind, value),) = meaning.items()
    return (
        value
        in {
            "intent": {*knowledge.questions, *knowledge.acts, NONE_OF_THESE},
            "topic": set(knowledge.topics),
            "language": {lang.value for lang in Lang},
        }[kind]
    )


def in_script_of(text, lang):
    """Whether a button's title is written as that language is."""
    if lang is Lang.EN:
        return bool(re.search("[A-Za-z]{2}", text)) and not re.search("[\u0600-\u06ff]", text)
    foreign = "يىكة" if lang is Lang.FA else "یکگچپژ"
    return bool(re.search("[\u0621-\u06cc]{2}", text)) and not set(foreign) & set(text)


def faults(utterance, *, shop, lang, knowledge, languages=False):
    """Everything that may not be in a message or on its buttons."""
    text = utterance.text
    (other,) = set(SHOPS) - {shop}
    found = []
    if not text.strip():
        found.append("no text")
    if re.search(r"[{}]|\*\*|None", text):
        found.append("leftovers")
    if any(not line.strip() for line in text.split("\n")):
        found.append("a blank line")
    if NAMES[other].search(text):
        found.append("another shop")
    for button in utterance.buttons:
        if not exists(button.meaning, knowledge):
            found.append(f"{button.meaning} means nothing")
        if not languages and not in_script_of(button.title, lang):
            found.append(f"{button.title!r} is not {lang.value}")
        if not button.title.strip() or "\n" in button.title or NAMES[other].search(button.title):
            found.append(f"{button.title!r} is no title")
    if len({button.title for button in utterance.buttons}) < len(utterance.buttons):
        found.append("two buttons of one title")
    return found
