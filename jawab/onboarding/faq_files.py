"""Questions and answers from files of others: spreadsheets and CSV, JSON, and saved web pages."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jawab.onboarding.errors import OnboardingError
from jawab.onboarding.faq_page import questions_in, read_page
from jawab.onboarding.faq_sheets import tables
from jawab.text.language import Lang

_LARGEST: Final = 10_000_000  # bytes; an FAQ is a hundredth of it
_DELIMITERS: Final = ",;\t"
_COLUMNS: Final = "name the columns question and answer (with lang and id, or question_fa, answer_fa, question_ar, … if you have them)"
# What spreadsheets call their columns, in the three languages.
_NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("question", "q", "title", "پرسش", "سوال", "سؤال", "السؤال"), "question"),
    **dict.fromkeys(("answer", "a", "پاسخ", "جواب", "الجواب", "الإجابة", "إجابة"), "answer"),
    **dict.fromkeys(("lang", "language", "زبان", "اللغة", "لغة"), "lang"),
    **dict.fromkeys(("id", "key", "شناسه", "المعرف"), "id"),
}
_OF_LANGUAGE: Final = re.compile(r"[\s_-](fa|ar|en)$")
# Marks of reading direction and invisible ones, which texts copied from pages are full of and data/faq refuses.
_INVISIBLE: Final = re.compile(
    "[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\ud800-\udfff\u0000-\u0008\u000b-\u001f\u007f]"
)


@dataclass(frozen=True)
class Row:
    """One question with its answer in one language; rows of one id are one question in several.

    `lang` is None where the file names none; `place` tells where in the file it stands.
    """

    question: str
    answer: str
    lang: Lang | None
    id: str | None
    place: str


def read_rows(file: Path) -> tuple[Row, ...]:
    """Return the questions and answers of a file; `OnboardingError` with a remedy when it has none."""
    kind = file.suffix.lower()
    if kind in (".xls", ".xlsb", ".ods", ".numbers"):
        raise OnboardingError(
            f"{file}: of spreadsheets XLSX is read; save it as that, or as 'CSV UTF-8'"
        )
    reader = _KINDS.get(kind)
    if reader is None:
        known = ", ".join(sorted(_KINDS))
        raise OnboardingError(f"{file}: not a kind of file that is read; save it as one of {known}")
    try:
        rows = tuple(reader(_content(file)))
    except OnboardingError as error:
        raise OnboardingError(f"{file}: {error}") from error
    if not any(row.question and row.answer for row in rows):
        raise OnboardingError(f"{file}: has no question with an answer; {_ADVICE[kind]}")
    return rows


def cleaned(text: str) -> str:
    """Return a text without invisible marks, its blanks plain, a line for a line."""
    lines = (" ".join(_INVISIBLE.sub("", line).split()) for line in text.splitlines())
    return "\n".join(lines).strip()


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
    except OSError as error:
        raise OnboardingError(
            f"cannot be read ({error.strerror}); name a file that is there"
        ) from error
    if not content.strip():
        raise OnboardingError("is empty; save it again with its questions")
    if len(content) > _LARGEST:
        raise OnboardingError("is larger than 10 MB; split it")
    return content


def _text(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"is no text in UTF-8 (byte {error.start}); save it as 'CSV UTF-8' or with that encoding"
        raise OnboardingError(message) from error
    if "\0" in text:
        raise OnboardingError("is no text; save it as XLSX, CSV, JSON or a web page")
    return text


def _csv(content: bytes) -> Iterable[Row]:
    text = _text(content)
    first = text.lstrip("\r\n").splitlines()[0]
    if re.fullmatch(r"sep=.", first.strip()):  # Excel's own line
        text = text.lstrip("\r\n")[len(first) :]
        first = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        lines = csv.DictReader(
            io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=delimiter, strict=True
        )
        for each in lines:
            yield from _rows(each, f"line {lines.line_num}")
    except csv.Error as error:
        raise OnboardingError(f"is no CSV ({error}); save it again as 'CSV UTF-8'") from error


def _sheets(content: bytes) -> Iterable[Row]:
    for place, table in tables(content, named=lambda name: _column(name) is not None):
        yield from _rows(table, place)


def _json(content: bytes) -> Iterable[Row]:
    text = _text(content)
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OnboardingError(f"is no JSON ({error}); {_ADVICE['.json']}") from error
    told = tuple(questions_in(document))
    if told:
        yield from _pairs(told, None)
        return
    if isinstance(document, dict):
        document = next((value for value in document.values() if isinstance(value, list)), [])
    for number, each in enumerate(document if isinstance(document, list) else (), start=1):
        if isinstance(each, dict):
            yield from _rows(each, f"no. {number}")


def _html(content: bytes) -> Iterable[Row]:
    page = read_page(_text(content))
    yield from _pairs(page.questions, _lang(page.lang or ""))


def _pairs(pairs: Sequence[tuple[str, str]], lang: Lang | None) -> Iterable[Row]:
    for number, (question, answer) in enumerate(pairs, start=1):
        yield Row(" ".join(cleaned(question).split()), cleaned(answer), lang, None, f"no. {number}")


def _rows(table: Mapping[Any, Any], place: str) -> Iterable[Row]:
    """The row of a table, or its rows, where question and answer have columns for each language."""
    found: dict[Lang | None, dict[str, str]] = {}
    for key, value in table.items():
        column = _column(key) if isinstance(key, str) and isinstance(value, (str, int)) else None
        if column is not None:
            name, lang = column
            found.setdefault(lang, {})[name] = cleaned(str(value))
    whole = found.pop(None, {})
    id = whole.get("id") or (place if found else None)
    for lang, texts in [(_lang(whole.get("lang", "")), whole), *found.items()]:
        question, answer = texts.get("question", ""), texts.get("answer", "")
        if question or answer:
            yield Row(" ".join(question.split()), answer, lang, id, place)


def _column(told: str) -> tuple[str, Lang | None] | None:
    """What a column's name stands for, and of which language it is: "Question AR" is the question in Arabic."""
    column = " ".join(told.lower().split())
    named = _OF_LANGUAGE.search(column)
    name = _NAMES.get(column[: named.start()].rstrip(" _-") if named else column)
    return None if name is None else (name, Lang(named[1]) if named else None)


def _lang(code: str) -> Lang | None:
    names = {"fa": Lang.FA, "ar": Lang.AR, "en": Lang.EN}
    return names.get(code.strip().lower()[:2])


_KINDS: Final = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), _csv),
    **dict.fromkeys((".xlsx", ".xlsm"), _sheets),
    ".json": _json,
    **dict.fromkeys((".html", ".htm"), _html),
}
_ADVICE: Final = {
    **dict.fromkeys((".csv", ".tsv", ".txt", ".xlsx", ".xlsm"), _COLUMNS),
    ".json": 'write it as [{"question": "…", "answer": "…", "lang": "fa"}, …]',
    **dict.fromkeys(
        (".html", ".htm"),
        "the page needs schema.org's FAQPage in a script of the type application/ld+json; else copy its questions into a CSV",
    ),
}
