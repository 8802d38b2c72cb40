"""What a person decides about a group of messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from jawab.knowledge.questions import VARIETIES
from jawab.learning.masking import masked
from jawab.support.learning.missed import Missed
from jawab.text.analysis import analyze
from jawab.text.language import Lang


class LearningError(ValueError):
    """A proposal that cannot be made; the message says why and how to mend it."""


@dataclass(frozen=True)
class NewExample:
    """An example to add, and where: its language and variety."""

    text: str
    lang: Lang
    variety: str


@dataclass(frozen=True)
class NewQuestion:
    """What a question needs besides its id and examples, each in three languages."""

    topic: str
    title: Mapping[Lang, str]
    answer: Mapping[Lang, str]


@dataclass(frozen=True)
class Proposal:
    """Examples to add to a question of the FAQ, or with `new` the question itself."""

    question: str
    examples: tuple[NewExample, ...]
    new: NewQuestion | None = field(default=None)


# In what variety a message is put that says only its language.
_USUAL: Final = {Lang.FA: "colloquial", Lang.AR: "noisy", Lang.EN: "chatty"}
_IN_LATIN: Final = {Lang.FA: "finglish", Lang.AR: "arabizi"}


def examples_of(missed: Sequence[Missed]) -> tuple[NewExample, ...]:
    """Return masked examples of messages, each folded text once."""
    return tuple(examples_by_message(missed).values())


def examples_by_message(missed: Sequence[Missed]) -> dict[int, NewExample]:
    """Return the same examples, each under the id of the first message that gives it."""
    found: dict[int, NewExample] = {}
    seen: set[tuple[Lang, str]] = set()
    for each in missed:
        text = masked(each.text, lang=each.lang)
        known = analyze(text, prior=each.lang)
        variety = _IN_LATIN.get(known.lang, "") if known.latin else ""
        form = (known.lang, known.folded or text)
        if text and form not in seen:
            seen.add(form)
            found[each.message_id] = NewExample(text, known.lang, variety or _USUAL[known.lang])
    return found


def check(proposal: Proposal) -> None:
    """Pass a proposal whose texts can stand in a YAML block, or raise `LearningError`."""
    if not proposal.examples:
        raise LearningError("a proposal needs at least one example")
    for example in proposal.examples:
        if "\n" in example.text or not example.text.strip():
            raise LearningError("an example is one line of text")
        if example.variety not in VARIETIES[example.lang]:
            known = ", ".join(VARIETIES[example.lang])
            raise LearningError(
                f"{example.variety!r} is no variety of {example.lang.value}: {known}"
            )
    if proposal.new:
        for name, texts in (("title", proposal.new.title), ("answer", proposal.new.answer)):
            for lang in Lang:
                if not texts.get(lang, "").strip():
                    raise LearningError(f"the new question has no {name} in {lang.value}")
        for lang in Lang:
            if all(example.lang is not lang for example in proposal.examples):
                raise LearningError(f"the new question has no example in {lang.value}")
