"""What a short question means after an answer: data/dialogue/followups.yml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from jawab.knowledge import shapes
from jawab.knowledge.references import check_ids
from jawab.knowledge.report import Place, Report, did_you_mean
from jawab.knowledge.texts import frozen

_NOTHING: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class FollowUps:
    """Which question answers a short one, by the question answered last and the side of it that is asked for.

    ``sides`` are the questions that ask for one side by their nature (``{"time": ("delivery_time", …)}``), ``after`` the
    answers (``{"returns_how": {"time": "refund_time"}}``). The words of ``sharper`` sides go before those of others.
    An answer is gone on from for ``turns`` turns and ``lasting``.
    """

    sides: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    after: Mapping[str, Mapping[str, str]] = _NOTHING
    sharper: tuple[str, ...] = ()
    turns: int = 3
    lasting: timedelta = timedelta(minutes=30)


def followups_file(content: object, report: Report) -> FollowUps:
    """Read the content of data/dialogue/followups.yml; whatever is wrong goes to `report`."""
    place = report.about(None)
    table = None if content is None else shapes.mapping(content, "its content", place)
    required = ("memory", "sides", "after")
    if table is None or not shapes.keys(table, "", place, required=required, optional=("sharper",)):
        return FollowUps()
    memory = shapes.mapping(table["memory"], "memory", place) or {}
    shapes.keys(memory, "memory", place, required=("turns", "minutes"))
    sides = shapes.mapping(table["sides"], "sides", place) or {}
    after = shapes.mapping(table["after"], "after", place) or {}
    return FollowUps(
        sides=frozen(
            {
                side: shapes.identifiers(questions, f"sides.{side}", place) or ()
                for side, questions in sides.items()
            }
        ),
        after=frozen(
            {question: _answers(row, report.about(question)) for question, row in after.items()}
        ),
        sharper=shapes.given(shapes.identifiers, table, "sharper", place) or (),
        turns=shapes.given(shapes.whole_number, memory, "turns", place) or 0,
        lasting=timedelta(minutes=shapes.given(shapes.whole_number, memory, "minutes", place) or 0),
    )


def _answers(row: object, place: Place) -> Mapping[str, str]:
    found = shapes.mapping(row, "its answers", place) or {}
    checked = {side: shapes.identifier(id, side, place) for side, id in found.items()}
    return frozen({side: id for side, id in checked.items() if id is not None})


def check_followups(followups: FollowUps, known: Collection[str], report: Report) -> None:
    """Report ids that no question has and sides that are not named."""
    place = report.about(None)
    for side, questions in followups.sides.items():
        check_ids(questions, known, f"sides.{side}", place)
    for side in followups.sharper:
        _check_side(side, followups, place)
    check_ids(followups.after, known, "after", place)
    for question, answers in followups.after.items():
        at = report.about(question)
        for side, answer in answers.items():
            check_ids([answer], known, side, at)
            _check_side(side, followups, at)


def _check_side(side: str, followups: FollowUps, place: Place) -> None:
    if side not in followups.sides:
        place.error(f"has the unknown side '{side}'", did_you_mean(side, followups.sides))
