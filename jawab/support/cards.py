"""Numbers of bank cards in what a shopper writes: nobody here needs one, so none is kept.

A card's number has 16 to 19 digits and a check digit (ISO/IEC 7812-1, annex B: the Luhn formula). About every tenth other number
of that length has a right check digit too, so what can be no card is left alone: numbers with a leading zero or a plus
(phones), and the shop's own order numbers.
"""

import re

from jawab.text.characters import ascii_digits
from jawab.text.entities import ORDER_NUMBER

SHORTEST, LONGEST = 16, 19
MASK = "•••• "
_SHOWN = 4
_LONGEST_GROUP = 6  # of several: longer ones are numbers of their own, as orders and phones are
# Groups of digits with at most three blanks, dashes or invisible marks in between.
_run = re.compile(r"(?<!\d)\d+(?:[\s\-\u2010-\u2015\u2212\u0640._/\u200b-\u200f\u2060]{1,3}\d+)*")
_group = re.compile(r"\d+")


def masked(text: str, *, order_number: str | re.Pattern[str] = ORDER_NUMBER) -> str:
    """The text with the last four digits alone of each card's number, in linear time.

    >>> masked("کارتم ۶۰۳۷-۹۹۱۱-۱۱۱۱-۱۱۱۲ هست")
    'کارتم •••• ۱۱۱۲ هست'
    >>> masked("بطاقتي ٤١١١ ١١١١ ١١١١ ١١١١")
    'بطاقتي •••• ١١١١'
    >>> masked("order 12345678, phone 0912 123 4567")
    'order 12345678, phone 0912 123 4567'
    """
    plain = ascii_digits(text)
    pattern = re.compile(order_number)
    pieces: list[str] = []
    done = 0
    for run in _run.finditer(plain):
        for start, end in _cards(plain, run.start(), run.end(), pattern):
            pieces += [text[done:start], MASK, _last(text, start, end)]
            done = end
    return "".join([*pieces, text[done:]])


def _cards(
    plain: str, start: int, end: int, order_number: re.Pattern[str]
) -> list[tuple[int, int]]:
    groups = [group.span() for group in _group.finditer(plain, start, end)]
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(groups):
        last = _end_of_card(plain, groups, first, order_number)
        if last is None:
            first += 1
        else:
            found.append((groups[first][0], groups[last][1]))
            first = last + 1
    return found


def _end_of_card(
    plain: str, groups: list[tuple[int, int]], first: int, order_number: re.Pattern[str]
) -> int | None:
    """The last group of the longest card that begins with this one."""
    begin = groups[first][0]
    if plain[begin] == "0" or plain[max(begin - 1, 0)] == "+":
        return None
    digits, found = "", None
    for last in range(first, len(groups)):
        start, end = groups[last]
        alone = first == last and end - start >= SHORTEST
        if end - start > (LONGEST if alone else _LONGEST_GROUP):
            break
        digits += plain[start:end]
        if len(digits) > LONGEST:
            break
        if len(digits) >= SHORTEST and checks(digits) and not order_number.fullmatch(digits):
            found = last
    return found


def checks(digits: str) -> bool:
    """Whether the last digit is the check digit of those before.

    >>> checks("4111111111111111"), checks("4111111111111112")
    (True, False)
    """
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0


def _last(text: str, start: int, end: int) -> str:
    """The last digits as they were typed, without what stood between them."""
    return "".join(each for each in text[start:end] if each.isdigit())[-_SHOWN:]
