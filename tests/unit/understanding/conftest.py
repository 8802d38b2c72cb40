"""The project's own knowledge, read once, and a small understanding that learns in a blink."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from jawab.knowledge import Knowledge, load
from jawab.text.language import Lang
from jawab.understanding.model import Labelled, Understander
from jawab.understanding.settings import PipelineSettings

ROOT = Path(__file__).parents[3]

TAUGHT = {
    "returns_how": {
        Lang.FA: ["چطور کالا را پس بدهم", "مرجوعی چجوریه", "kala ro chetori pas bedam"],
        Lang.AR: ["كيف أرجع المنتج", "أبغى أرجع طلبي", "kif arja3 el montaj"],
        Lang.EN: ["how do I return an item", "send it back"],
    },
    "order_track": {
        Lang.FA: ["سفارشم کجاست", "پیگیری سفارش", "sefaresham kojast"],
        Lang.AR: ["وين طلبي", "أين وصلت شحنتي", "wein talabi"],
        Lang.EN: ["where is my order", "track my parcel"],
    },
    "greet": {
        Lang.FA: ["سلام", "سلام خوبی", "salam"],
        Lang.AR: ["مرحبا", "السلام عليكم", "mar7aba"],
        Lang.EN: ["hello", "hi there"],
    },
}
EXAMPLES = [
    Labelled(text, intent, lang)
    for intent, texts in TAUGHT.items()
    for lang, of_lang in texts.items()
    for text in of_lang
]
SETTINGS = PipelineSettings()


@cache
def _knowledge() -> Knowledge:
    return load(ROOT)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return _knowledge()


@pytest.fixture(scope="session")
def examples() -> list[Labelled]:
    return EXAMPLES


@pytest.fixture(scope="session")
def settings() -> PipelineSettings:
    return SETTINGS


@pytest.fixture(scope="session")
def understander() -> Understander:
    return Understander.train(EXAMPLES, settings=SETTINGS, acts=frozenset({"greet"}))
