"""What a shopper may ask: questions with their answers, grouped by topic, and the acts of talking itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from jawab.knowledge.texts import Texts
from jawab.text.language import Lang

VARIETIES: Mapping[Lang, tuple[str, ...]] = MappingProxyType(
    {
        Lang.FA: ("formal", "colloquial", "story", "noisy", "finglish"),
        Lang.AR: ("msa", "gulf", "egyptian", "levantine", "story", "noisy", "arabizi"),
        Lang.EN: ("plain", "chatty", "story", "noisy"),
    }
)


@dataclass(frozen=True)
class Example:
    """One way people type it: `Example("پولمو چجوری پس می‌گیرم", Lang.FA, "colloquial")`."""

    text: str
    lang: Lang
    variety: str


@dataclass(frozen=True)
class Question:
    """One question of the FAQ; `answer` holds templates free of any shop's facts."""

    id: str
    topic: str
    title: Texts
    answer: Texts
    related: tuple[str, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Topic:
    """A group of questions, as one file of data/faq holds it; `questions` are ids in the file's order.

    Menus show topics by `position`, smallest first; those that share one in the order of their files' names.
    """

    id: str
    title: Texts
    questions: tuple[str, ...]
    position: int = 0


@dataclass(frozen=True)
class Act:
    """Something said about the talk itself: a greeting («سلام», «السلام عليكم»), yes, no, stop."""

    id: str
    examples: tuple[Example, ...]
