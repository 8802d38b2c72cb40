"""The questions of a saved web page, as schema.org's FAQPage tells them to search engines (JSON-LD).

https://schema.org/FAQPage: `mainEntity` holds questions, each with `name` and `acceptedAnswer.text`, which may hold HTML.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

_TYPE: Final = "application/ld+json"
_NEW_LINE: Final = frozenset({"p", "br", "li", "div", "ul", "ol", "tr", "h2", "h3", "h4"})
_UNREAD: Final = frozenset({"script", "style"})


@dataclass(frozen=True)
class Page:
    """What a page says of itself: its language if it names one, and the questions with their answers."""

    lang: str | None
    questions: tuple[tuple[str, str], ...]


def read_page(text: str) -> Page:
    """Return the questions of a page's FAQPage data; data that cannot be read is passed over."""
    found = _Scripts()
    found.feed(text)
    found.close()
    documents = [document for each in found.scripts if (document := _json(each)) is not None]
    return Page(found.lang, tuple(pair for each in documents for pair in questions_in(each)))


def questions_in(document: Any) -> Iterator[tuple[str, str]]:
    """Go through JSON-LD, however deep, and give each question of an FAQPage with its answer as plain text."""
    if isinstance(document, list):
        for each in document:
            yield from questions_in(each)
    elif isinstance(document, dict):
        if _is(document, "Question"):
            answer = document.get("acceptedAnswer")
            first = answer[0] if isinstance(answer, list) and answer else answer
            told = first.get("text") if isinstance(first, dict) else None
            yield plain(str(document.get("name") or "")), plain(str(told or ""))
        else:
            for value in document.values():
                yield from questions_in(value)


def plain(html: str) -> str:
    """Return the text of a piece of HTML, a line for each of its blocks: "<p>a</p><p>b&amp;c</p>" is "a\\nb&c"."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


def _is(document: dict[str, Any], kind: str) -> bool:
    named = document.get("@type")
    return kind in named if isinstance(named, list) else named == kind


def _json(text: str) -> Any:
    try:
        return json.loads(text, strict=False)  # pages have bare line breaks within texts
    except (ValueError, RecursionError):
        return None


@dataclass
class _Scripts(HTMLParser):
    lang: str | None = None
    scripts: list[str] = field(default_factory=list)
    inside: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html" and given.get("lang"):
            self.lang = str(given["lang"]).lower()[:2]
        if tag == "script" and (given.get("type") or "").strip().lower() == _TYPE:
            self.inside = True
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.scripts[-1] += data


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in _UNREAD
        if tag in _NEW_LINE:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("• ")

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in _UNREAD
        if tag in _NEW_LINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.parts.append(data)
