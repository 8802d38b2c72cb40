"""Amounts of money: «۲ میلیون و ۵۰۰ هزار تومان», «٣ آلاف ريال», "$49.90"."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from jawab.text.entity_names import Item
from jawab.text.lang import Lang

AND: Final = "و"
_MOST_TERMS: Final = 6
_LONGEST_NUMBER: Final = 15
_RIAL: Final = {Lang.FA: "IRR", Lang.AR: "SAR", Lang.EN: "SAR"}


def amounts(items: Sequence[Item], *, lang: Lang) -> Iterator[tuple[str, int, int]]:
    """Yield value, start and end of each amount: a number and its currency's code, "2500000 IRT".

    Toman is IRT. «ریال» is Iran's rial in a Persian message and the Saudi riyal in an Arabic one; a dinar or lira without
    its country stays "dinar" or "lira".
    """
    at = 0
    while at < len(items):
        before = items[at].value if items[at].kind == "currencies" else None
        begin = at + (before is not None)
        number, end = _number(items, begin)
        after = end < len(items) and items[end].kind == "currencies"
        if number is None or not (after or before):
            at += 1
            continue
        currency = items[end].value if after else str(before)
        first = begin if after else at
        last = end if after else end - 1
        code = _RIAL[lang] if currency == "rial" else currency
        yield f"{number:f} {code}", items[first].start, items[last].end
        at = last + 1


def _number(items: Sequence[Item], at: int) -> tuple[Decimal | None, int]:
    """Read terms such as "2 million and 500 thousand" from ``at`` on; return their sum and where they end."""
    total: Decimal | None = None
    for _ in range(_MOST_TERMS):
        term, end = _term(items, at)
        if term is None:
            break
        total, at = (total or Decimal(0)) + term, end
        if not (_is_and(items, at) and _term(items, at + 1)[0] is not None):
            break
        at += 1
    return total, at


def _term(items: Sequence[Item], at: int) -> tuple[Decimal | None, int]:
    term: Decimal | None = None
    if at < len(items) and items[at].kind in ("number", "numbers"):
        term = _decimal(items[at].value)
        at += 1
    while at < len(items) and items[at].kind == "times" and (term is None or term < 10**9):
        term = (Decimal(1) if term is None else term) * Decimal(items[at].value)
        at += 1
    return term, at


def _is_and(items: Sequence[Item], at: int) -> bool:
    return at < len(items) and items[at].value == AND


def _decimal(digits: str) -> Decimal | None:
    """Read digits with separators: a group of three behind a separator counts thousands."""
    if len(digits) > _LONGEST_NUMBER:
        return None
    parts = digits.replace("٬", ",").replace("٫", ".").replace(",", ".").split(".")
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]):
        return Decimal("".join(parts))
    return Decimal(".".join(parts))
