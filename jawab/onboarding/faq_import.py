"""Rows of somebody else's FAQ become new questions of one topic of data/faq; what is known already is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jawab.knowledge import Knowledge
from jawab.learning.proposal import NewExample, NewQuestion, Proposal
from jawab.onboarding.errors import OnboardingError
from jawab.onboarding.faq_files import Row
from jawab.onboarding.likeness import Known
from jawab.text.language import Lang, identify

# In what variety a question is put that was written for a page.
_VARIETY: Final = {Lang.FA: "formal", Lang.AR: "msa", Lang.EN: "plain"}
_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
_LONGEST: Final = 300  # letters of a question; longer is no question but a text


@dataclass(frozen=True)
class Left:
    """A question of the file that is not taken over, and why."""

    place: str
    question: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: '{self.question[:60]}' is left out: {self.why}"


@dataclass(frozen=True)
class Imported:
    """What a file gives: the new questions, and what of it was left out."""

    proposals: tuple[Proposal, ...]
    left: tuple[Left, ...]


def imported(
    rows: Sequence[Row],
    knowledge: Knowledge,
    *,
    topic: str,
    lang: Lang | None = None,
    alike_too: bool = False,
) -> Imported:
    """Return the new questions in rows, each under an id of its own.

    A row is in the language it names, else in `lang`, else in the one its words are in. What resembles a question that is there is left
    out, or taken over with `alike_too` unless it is the very same; what lacks a language is for `change_adding` to mark.
    Raises `OnboardingError` for a topic that is not there.
    """
    if topic not in knowledge.topics:
        known = ", ".join(sorted(knowledge.topics))
        raise OnboardingError(f"there is no topic '{topic}'; choose one of {known}")
    known_texts = Known(knowledge)
    taken = {*knowledge.questions, *knowledge.acts}
    proposals: list[Proposal] = []
    left: list[Left] = []
    for group in _groups(rows, lang):
        first = next(iter(group.values()))
        id = _id(first.id, topic, taken)
        why = _unusable(group) or _known(group, known_texts, knowledge, alike_too)
        if why:
            left.append(Left(first.place, first.question, why))
            continue
        taken.add(id)
        for each, row in group.items():
            known_texts.add(row.question, each, id)
        proposals.append(_proposal(id, topic, group))
    return Imported(tuple(proposals), tuple(left))


def _groups(rows: Sequence[Row], lang: Lang | None) -> Iterator[Mapping[Lang, Row]]:
    """The rows of each question by language; rows without an id are a question each."""
    groups: dict[object, dict[Lang, Row]] = {}
    for number, row in enumerate(rows):
        of_row = row.lang or lang or identify(row.question or row.answer, prior=Lang.EN).lang
        group = groups.setdefault(row.id or number, {})
        if of_row in group:  # an id that stands twice in one language names two questions
            group = groups.setdefault(number, {})
        group[of_row] = row
    yield from groups.values()


def _unusable(group: Mapping[Lang, Row]) -> str | None:
    for lang, row in group.items():
        if not row.question:
            return f"it has no question in {lang.value}; write one"
        if not row.answer:
            return f"it has no answer in {lang.value}; write one"
        if len(row.question) > _LONGEST:
            return f"its question is longer than {_LONGEST} letters; shorten it"
        if re.search("[{}]", row.question + row.answer):
            return "it has a brace, which fills in a shop's facts here; write it without"
    return None


def _known(
    group: Mapping[Lang, Row], known: Known, knowledge: Knowledge, alike_too: bool
) -> str | None:
    for lang, row in group.items():
        found = known.nearest(row.question, lang)
        if found is not None and found.same and found.id in knowledge.acts:
            return f"it stands under {found.id} in data/dialogue/acts.yml; take it out there first"
        if found is not None and found.same:
            return f"it is the same as '{found.text}' of {found.id}"
        if found is not None and not alike_too:
            return f"it resembles {found.id} ('{found.text}'); --alike takes it over all the same"
    return None


def _id(told: str | None, topic: str, taken: set[str]) -> str:
    if told and _ID.fullmatch(told) and told not in taken:
        return told
    number = 1
    while f"{topic}_imported_{number}" in taken:
        number += 1
    return f"{topic}_imported_{number}"


def _proposal(id: str, topic: str, group: Mapping[Lang, Row]) -> Proposal:
    return Proposal(
        id,
        tuple(NewExample(row.question, lang, _VARIETY[lang]) for lang, row in group.items()),
        NewQuestion(
            topic,
            {lang: row.question for lang, row in group.items()},
            {lang: row.answer for lang, row in group.items()},
        ),
    )
