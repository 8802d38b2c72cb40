"""Checks that need all files at once: ids, references, placeholders, examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jawab.knowledge import duplicates
from jawab.knowledge.duplicates import Labelled
from jawab.knowledge.files import Files
from jawab.knowledge.followups import check_followups
from jawab.knowledge.questions import Example
from jawab.knowledge.references import Profiles, check_ids
from jawab.knowledge.report import Report


def check(files: Files, *, form: Callable[[Example], str]) -> None:
    """Add to the files' reports what is wrong between them; `form` is that in which examples are compared."""
    _check_ids(files)
    _check_placeholders(files)
    duplicates.check(
        [
            *(
                Labelled(q.id, q.examples, at)
                for found, at in files.topics
                for q in found.questions
            ),
            *(Labelled(act.id, act.examples, at) for act, at in files.acts),
        ],
        form,
    )


def _check_ids(files: Files) -> None:
    questions = [(id, report) for found, report in files.topics for id in found.ids]
    _unique((found.topic.id, report) for found, report in files.topics)
    _unique((shop.id, report) for shop, report in files.shops)
    _unique([*questions, *((act.id, report) for act, report in files.acts)])
    if files.every_topic_read:  # else any id may stand in the file that could not be read
        _check_references(files, known=[id for id, _ in questions])


def _check_references(files: Files, *, known: list[str]) -> None:
    for found, report in files.topics:
        for question in found.questions:
            place = report.about(question.id)
            check_ids(question.related, known, "related", place)
            if question.id in question.related:
                place.error("names itself in related", "delete it there")
    for shop, report in files.shops:
        check_ids(shop.top_questions, known, "top_questions", report.about(shop.id))
        check_ids(shop.answers, known, "answers", report.about(shop.id))
    followups, report = files.followups
    check_followups(followups, known, report)


def _unique(named: Iterable[tuple[str, Report]]) -> None:
    first: dict[str, str] = {}
    for id, report in named:
        if id in first:
            report.about(id).error(f"is an id already taken in {first[id]}", "rename one of them")
        first.setdefault(id, report.file)


def _check_placeholders(files: Files) -> None:
    if not files.every_shop_read:
        return  # what a broken profile would have filled cannot be known
    profiles = Profiles({report.file: shop for shop, report in files.shops})
    for found, report in files.topics:
        for question in found.questions:
            profiles.check_answer(question, report.about(question.id))
    for shop, report in files.shops:
        profiles.check_own_answers(shop, report.about(shop.id))
    for key, texts, report in files.words:
        profiles.check_words(texts, report.about(key))
