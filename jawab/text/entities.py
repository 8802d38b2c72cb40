"""What a message names: order numbers, ticket references, phones, e-mails, amounts, dates and cities."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from jawab.text.amounts import amounts
from jawab.text.characters import ascii_digits
from jawab.text.dates import dates
from jawab.text.entity_names import items
from jawab.text.entity_rules import DASHES, matches
from jawab.text.lang import Lang
from jawab.text.reference import PATTERN, canonical, sound

ORDER_NUMBER: Final = "[0-9]{8,9}"
LONGEST_TEXT: Final = 4_000
"""Characters that are searched; what follows them is left alone."""

KINDS: Final = (
    "email",
    "ticket_reference",
    "phone",
    "date",
    "amount",
    "order_number",
    "city",
)

_MOST_GROUPS: Final = 6

_word = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
    r"|[0-9]+|[^\W\d_]+|\S"
)
_iranian = re.compile(r"(?:\+98|0098|98)0?(9[0-9]{9})|0(9[0-9]{9})")
_saudi = re.compile(r"(?:\+966|00966|966)0?(5[0-9]{8})|0(5[0-9]{8})")
_other_line = re.compile(r"(?:\+98|0098|0)[1-8][0-9]{9}|(?:\+966|00966|0)1[0-9]{8}|\+[0-9]{7,15}")
_numeric = re.compile("[0-9@]")
_surrogate = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Entity:
    """Something named in the raw text at ``[start:end]``; ``value`` is its one written form."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Run:
    """Groups of digits with nothing but blanks, dashes, dots and brackets between them."""

    text: str
    groups: tuple[tuple[int, int], ...]
    labelled: bool
    """Whether a word such as "order number" stands right before."""
    counted: bool
    """Whether the name of a currency stands right behind."""

    def digits(self, first: int, last: int) -> str:
        plus = "+" if self.text[max(self.start(first) - 1, 0)] == "+" else ""
        return plus + "".join(self.text[start:end] for start, end in self.groups[first:last])

    def start(self, first: int) -> int:
        return self.groups[first][0]

    def between(self, first: int, last: int) -> str:
        pairs = zip(self.groups[first : last - 1], self.groups[first + 1 : last], strict=True)
        return "".join(self.text[left[1] : right[0]] for left, right in pairs)


def extract(
    text: str, *, lang: Lang, order_number: str = ORDER_NUMBER, today: date | None = None
) -> tuple[Entity, ...]:
    """Return what is found in the first 4,000 characters, in order, without overlaps.

    Where two lie over each other, the kind named first in ``KINDS`` stays. ``order_number`` (8 or 9 digits): the shop's
    own pattern, value in ASCII digits without blanks and dashes. ``ticket_reference``: value as stored. ``phone``:
    Iranian and Saudi mobile numbers, value in E.164; land lines are left alone. ``email``: value in lower case.
    ``amount``: "2500000 IRT". ``date``: an ISO date; «دیروز» and dates without a year need ``today``. ``city``: its
    English name. Digits of all three scripts are read. People mix languages around numbers, so the words of all three
    are known whatever ``lang``.

    >>> extract("سفارش ۱۲۳۴۵۶۷۸ به 0912 123 4567", lang=Lang.FA)[1].value
    '+989121234567'
    >>> extract("رقم الطلب #١٢٣٤٥٦٧٨٩", lang=Lang.AR)[0]
    Entity(kind='order_number', value='123456789', start=11, end=20)
    """
    text = _surrogate.sub("\ufffd", ascii_digits(text[:LONGEST_TEXT]))
    found = [*_references(text), *_named(text, lang, today)]
    if _numeric.search(text):
        found += _found(text, re.compile(order_number))
    found.sort(key=lambda entity: (KINDS.index(entity.kind), entity.start, -entity.end))
    kept: list[Entity] = []
    for entity in found:
        if all(entity.end <= other.start or entity.start >= other.end for other in kept):
            kept.append(entity)
    return tuple(sorted(kept, key=lambda entity: entity.start))


def _references(text: str) -> Iterator[Entity]:
    for hit in PATTERN.finditer(text):
        reference = canonical(hit[0])
        if reference is not None and sound(reference):
            yield Entity("ticket_reference", reference, *hit.span())


def _named(text: str, lang: Lang, today: date | None) -> Iterator[Entity]:
    parts = items(text)
    for value, start, end in dates(parts, lang=lang, today=today):
        yield Entity("date", value, start, end)
    for value, start, end in amounts(parts, lang=lang):
        yield Entity("amount", value, start, end)
    for part in parts:
        if part.kind == "cities":
            yield Entity("city", part.value.replace("_", " "), part.start, part.end)


def _found(text: str, order_number: re.Pattern[str]) -> Iterator[Entity]:
    words = list(_word.finditer(text))
    taken: list[tuple[int, int]] = []
    for kind, first, last, labelled, counted in matches([word[0] for word in words]):
        start, end = words[first].start(), words[last - 1].end()
        if kind == "email":
            yield Entity(kind, text[start:end].lower(), start, end)
            taken.append((start, end))
            continue
        groups = tuple(word.span() for word in words[first:last] if word[0].isdigit())
        for entity in _numbers(_Run(text, groups, labelled, counted), order_number):
            taken.append((entity.start, entity.end))
            if entity.kind:
                yield entity
    # A shop's own pattern may hold letters, which the runs of digits do not.
    whole = re.compile(rf"(?<![A-Za-z0-9])(?:{order_number.pattern})(?![A-Za-z0-9])")
    for hit in whole.finditer(text):
        if hit[0] and all(hit.end() <= start or hit.start() >= end for start, end in taken):
            yield Entity("order_number", hit[0], *hit.span())


def _numbers(run: _Run, order_number: re.Pattern[str]) -> Iterator[Entity]:
    """Read a run from left to right, the longest number first; kind "" is a number to leave alone."""
    first, count = 0, len(run.groups)
    while first < count:
        for last in range(min(count, first + _MOST_GROUPS), first, -1):
            if entity := _number(run, first, last, order_number):
                yield entity
                first = last
                break
        else:
            first += 1


def _number(run: _Run, first: int, last: int, order_number: re.Pattern[str]) -> Entity | None:
    digits = run.digits(first, last)
    start, end = run.start(first) - digits.startswith("+"), run.groups[last - 1][1]
    if mobile := _iranian.fullmatch(digits):
        return Entity("phone", "+98" + (mobile[1] or mobile[2]), start, end)
    if mobile := _saudi.fullmatch(digits):
        return Entity("phone", "+966" + (mobile[1] or mobile[2]), start, end)
    if _other_line.fullmatch(digits):
        return Entity("", digits, start, end)
    if run.counted and last == len(run.groups):
        return Entity("", digits, start, end)
    between = set(run.between(first, last))
    if last - first > 1 and not (
        between <= set(DASHES) or (run.labelled and between <= set(DASHES + " "))
    ):
        return None
    glued = run.text[max(start - 1, 0) : start] + run.text[end : end + 1]
    if order_number.fullmatch(digits) and not re.search("[A-Za-z0-9]", glued):
        return Entity("order_number", digits, start, end)
    return None
