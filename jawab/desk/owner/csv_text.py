"""CSV that a spreadsheet opens as it is meant: UTF-8 with a byte-order mark, and no cell that is run as a formula.

A cell that begins as a formula does (OWASP, "CSV Injection") gets an apostrophe in front, which spreadsheets show as text.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from jawab.support.texts import unturned

BYTE_ORDER_MARK = "\ufeff"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def head(names: Sequence[str]) -> bytes:
    """The beginning of a file: byte-order mark and the line of names."""
    return BYTE_ORDER_MARK.encode() + lines([names])


def lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as CSV (RFC 4180)."""
    text = StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return text.getvalue().encode()


def cell(value: Any) -> Any:
    """What stands in a cell: numbers as they are, moments in ISO 8601, nothing for None, texts that start no formula.

    >>> cell("=1+1")
    "'=1+1"
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if not isinstance(value, str):
        return value
    value = unturned(value)
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULAS) else value
