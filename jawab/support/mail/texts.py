"""The words of the e-mails, read from data/dialogue/mail.yml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jawab.knowledge import InvalidKnowledge, Problem, Texts, shapes, yaml_file
from jawab.knowledge.report import Place, Report
from jawab.knowledge.texts import frozen
from jawab.support.deliveries.notices import Notice

FILE = "data/dialogue/mail.yml"
CLOSING = "closing"
FROM_FAQ = "from_faq"
TAKEN_UP = "taken_up"


@dataclass(frozen=True)
class Letter:
    """One notice's subject and text, as templates."""

    subject: Texts
    text: Texts


@dataclass(frozen=True)
class MailTexts:
    """All notices, what ends each of them, and what mails are answered with."""

    letters: Mapping[Notice, Letter]
    closing: Texts
    from_faq: Texts
    """The answer to a mail that the FAQ answers."""
    taken_up: Texts
    """The answer to any other mail."""


def load(root: Path) -> MailTexts:
    """Read the texts below `root`; raises InvalidKnowledge with everything that is wrong."""
    texts, found = read(root)
    if found or texts is None:
        raise InvalidKnowledge(found)
    return texts


def read(root: Path) -> tuple[MailTexts | None, tuple[Problem, ...]]:
    """The texts, if they could be read, and what is wrong with the file."""
    report = Report(FILE)
    content = yaml_file.read(root / FILE, report)
    texts = None if content is None else _texts(content, report)
    return texts, tuple(report.problems)


def _texts(content: object, report: Report) -> MailTexts | None:
    place = report.about(None)
    top = shapes.mapping(content, "its content", place)
    if top is None or not shapes.keys(top, "", place, required=("mail",)):
        return None
    table = shapes.mapping(top["mail"], "mail", place)
    alone = (CLOSING, FROM_FAQ, TAKEN_UP)
    wanted = (*(notice.value for notice in Notice), *alone)
    if table is None or not shapes.keys(table, "mail", place, required=wanted):
        return None
    letters = {
        notice: _letter(table[notice.value], report.about(notice.value)) for notice in Notice
    }
    texts = [shapes.templates(table[key], key, place) for key in alone]
    closing, from_faq, taken_up = texts
    whole = {notice: letter for notice, letter in letters.items() if letter is not None}
    if not (closing and from_faq and taken_up and len(whole) == len(letters)):
        return None
    return MailTexts(frozen(whole), closing, from_faq, taken_up)


def _letter(value: object, place: Place) -> Letter | None:
    table = shapes.mapping(value, "its content", place)
    if table is None or not shapes.keys(table, "", place, required=("subject", "text")):
        return None
    subject = shapes.templates(table["subject"], "subject", place)
    text = shapes.templates(table["text"], "text", place)
    return Letter(subject, text) if subject and text else None
