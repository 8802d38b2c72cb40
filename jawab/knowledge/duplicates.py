"""Examples that stand twice: under two ids no classifier can tell them apart, under one they teach nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jawab.knowledge.questions import Example
from jawab.knowledge.report import Report
from jawab.text.folding import fold
from jawab.text.language import Lang


@dataclass(frozen=True)
class Labelled:
    """The examples of one id and the report of the file they stand in."""

    id: str
    examples: tuple[Example, ...]
    report: Report


def folded(example: Example) -> str:
    """What the assistant sees of an example; emoji and bare punctuation fold to nothing and stay as they are."""
    return fold(example.text, lang=example.lang) or example.text


def as_written(example: Example) -> str:
    """The example but for case and blanks; a hundred times quicker than folding."""
    return " ".join(example.text.casefold().split())


def check(sources: Iterable[Labelled], form: Callable[[Example], str]) -> None:
    """Report every example whose form, `folded` or `as_written`, an earlier one of its language has.

    Under another id that is an error: «پولم كي برميگرده» and «پولم کی برمی‌گرده؟» are one text to the
    assistant, so one of the ids would never be answered. Within one id the very same line is an error
    (a slip of copying), and one that differs only in what folding removes is a warning: it does no
    harm, and noisy spellings are written on purpose.
    """
    seen: dict[tuple[Lang, str], tuple[Labelled, Example]] = {}
    for source in sources:
        for example in source.examples:
            key = (example.lang, form(example))
            first, earlier = seen.setdefault(key, (source, example))
            if earlier is not example:
                _report(source, example, first, earlier)


def _report(source: Labelled, example: Example, first: Labelled, earlier: Example) -> None:
    place = source.report.about(source.id)
    line = f"the example '{example.text}' ({example.lang.value}.{example.variety})"
    if first.id != source.id:
        other = f"'{first.id}' in {first.report.file} ('{earlier.text}')"
        place.error(f"has {line} that also stands under {other}", "keep it under one of the two")
    elif example.text == earlier.text:
        place.error(f"has {line} twice", "delete one of the two")
    else:
        place.warning(
            f"has {line}, which is to the assistant the same as '{earlier.text}'", "delete one"
        )
