"""Adding to a file of data/faq as a person would: lines go in where they belong, and every other line stays as it is.

The files are laid out by hand, with comments; reading and writing them by a YAML library would lose both. Their form is that
of every file in data/faq: block texts (`variety: |`) with an example a line.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Sequence

from jawab.knowledge.questions import VARIETIES
from jawab.knowledge.texts import LANGUAGE_NAMES
from jawab.learning.proposal import LearningError, NewExample, Proposal
from jawab.text.language import Lang

_id = re.compile(r"^(\s*)- id:\s*[\"']?([a-z0-9_]+)[\"']?\s*(#.*)?$")


def with_proposal(content: str, proposal: Proposal) -> str:
    """Return the file's text with the proposal's lines; raises `LearningError` when they have no place in it."""
    lines = content.splitlines()
    if proposal.new is not None:
        lines += [""] * bool(lines and _is_spaced(lines)) + _question(
            proposal, _indent_of_ids(lines)
        )
    else:
        for example in proposal.examples:
            lines = _with_example(lines, proposal.question, example)
    return "\n".join(lines) + "\n"


def _with_example(lines: list[str], question: str, example: NewExample) -> list[str]:
    start, end = _question_span(lines, question)
    examples = _key(lines, "examples", start + 1, end, _indent(lines[start]) + 2)
    if examples is None:
        raise LearningError(f"question '{question}' has no examples: to add to")
    end = _end(lines, examples, end)
    lang_indent = _inner(lines, examples, end)
    of_lang = _key(lines, example.lang.value, examples + 1, end, lang_indent)
    if of_lang is None:
        blank = " " * lang_indent
        new = [
            f"{blank}{example.lang.value}:",
            f"{blank}  {example.variety}: |",
            f"{blank}    {example.text}",
        ]
        return [*lines[:end], *new, *lines[end:]]
    lang_end = _end(lines, of_lang, end)
    variety_indent = _inner(lines, of_lang, lang_end)
    block = _key(lines, example.variety, of_lang + 1, lang_end, variety_indent)
    if block is None:
        blank = " " * variety_indent
        new = [f"{blank}{example.variety}: |", f"{blank}  {example.text}"]
        return [*lines[:lang_end], *new, *lines[lang_end:]]
    if not re.search(r":\s*\|[-+]?\s*(#.*)?$", lines[block]):
        raise LearningError(
            f"{question}.examples.{example.lang.value}.{example.variety} is no block of lines; write '{example.variety}: |'"
        )
    block_end = _end(lines, block, lang_end)
    body = [line for line in lines[block + 1 : block_end] if line.strip()]
    if example.text in (line.strip() for line in body):
        return lines
    indent = _indent(body[0]) if body else variety_indent + 2
    return [*lines[:block_end], " " * indent + example.text, *lines[block_end:]]


def _question_span(lines: Sequence[str], question: str) -> tuple[int, int]:
    """The lines of a question: from its id to the next one's, blank lines and comments between left out."""
    starts = [(place, found) for place, line in enumerate(lines) if (found := _id.match(line))]
    for number, (place, found) in enumerate(starts):
        if found[2] == question:
            limit = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
            return place, _trimmed(lines, place, limit, len(found[1]))
    raise LearningError(f"there is no question '{question}' in this file")


def _key(lines: Sequence[str], key: str, start: int, end: int, indent: int) -> int | None:
    wanted = re.compile(rf"^ {{{indent}}}{re.escape(key)}:(\s|$)")
    return next((place for place in range(start, end) if wanted.match(lines[place])), None)


def _end(lines: Sequence[str], place: int, limit: int) -> int:
    """Where the block under a key ends: at the next line indented as the key is, or less."""
    indent = _indent(lines[place])
    for at in range(place + 1, limit):
        if lines[at].strip() and _indent(lines[at]) <= indent:
            return _trimmed(lines, place, at, indent)
    return _trimmed(lines, place, limit, indent)


def _trimmed(lines: Sequence[str], start: int, end: int, indent: int) -> int:
    """The end without blank lines, and without comments that belong to what follows."""
    while end > start + 1:
        last = lines[end - 1]
        if last.strip() and not (last.lstrip().startswith("#") and _indent(last) <= indent):
            break
        end -= 1
    return end


def _inner(lines: Sequence[str], place: int, end: int) -> int:
    for line in lines[place + 1 : end]:
        if line.strip() and not line.lstrip().startswith("#"):
            return _indent(line)
    return _indent(lines[place]) + 2


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _indent_of_ids(lines: Sequence[str]) -> int:
    return next((len(found[1]) for line in lines if (found := _id.match(line))), 2)


def _is_spaced(lines: Sequence[str]) -> bool:
    """Whether the file has blank lines between its questions."""
    return any(_id.match(line) and not before.strip() for before, line in itertools.pairwise(lines))


def _question(proposal: Proposal, indent: int) -> list[str]:
    new = proposal.new
    if new is None:
        raise LearningError("only a new question has a text of its own")
    lines = [f"- id: {proposal.question}", "  title:"]
    lines += [
        f"    {lang.value}: {_plain(new.title[lang])}"
        if lang in new.title
        else _to_do("title", lang)
        for lang in Lang
    ]
    lines.append("  answer:")
    for lang in Lang:
        if lang not in new.answer:
            lines.append(_to_do("answer", lang))
            continue
        lines.append(f"    {lang.value}: |")
        lines += [
            f"      {line.rstrip()}" if line.strip() else ""
            for line in new.answer[lang].strip().splitlines()
        ]
    lines.append("  examples:")
    for lang in Lang:
        if all(example.lang is not lang for example in proposal.examples):
            lines.append(_to_do("examples", lang))
            continue
        lines.append(f"    {lang.value}:")
        for variety in VARIETIES[lang]:
            texts = [e.text for e in proposal.examples if (e.lang, e.variety) == (lang, variety)]
            if texts:
                lines += [f"      {variety}: |", *(f"        {text}" for text in texts)]
    return [" " * indent + line if line else "" for line in lines]


def _to_do(part: str, lang: Lang) -> str:
    """The place of what is still to be written; validation names it as missing."""
    return f"    # to do: {lang.value}, the {part} in {LANGUAGE_NAMES[lang]}"


def _plain(text: str) -> str:
    """A title on its line, in quotes where YAML would read it otherwise."""
    text = " ".join(text.split())
    risky = re.search(
        r"[:#\[\]{}&*!|>'\"%@`,]|^[-?\s]|^(yes|no|on|off|true|false|null|~)$|^[\d.]+$",
        text,
        re.IGNORECASE,
    )
    return json.dumps(text, ensure_ascii=False) if risky else text
