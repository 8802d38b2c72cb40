"""The tables of a spreadsheet (XLSX, as Excel, LibreOffice and Google Sheets save it), read as text and within bounds.

A small file can unpack to gigabytes, or name a cell in row 99,999,999: what is unpacked, and how many rows and columns are
looked at, has its limit. Macros and links to other files are never looked at, and XML entities are refused (defusedxml).
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from jawab.onboarding.errors import OnboardingError

_UNPACKED: Final = 50_000_000  # bytes of all parts together
_SHEETS: Final = 50
_ROWS: Final = 50_000  # of a sheet; an FAQ has a hundredth of it
_COLUMNS: Final = 60
_HEAD_WITHIN: Final = 20  # rows; titles and notes may stand above the columns' names
_OLD_FORM: Final = b"\xd0\xcf\x11\xe0"  # what .xls files and those with a password begin with
_AGAIN: Final = "open it in a spreadsheet program and save it again as XLSX, or as 'CSV UTF-8'"


def tables(
    content: bytes, *, named: Callable[[str], bool]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Go through the rows below the columns' names on every sheet that is not hidden: where each stands, and its texts by column.

    `named` tells whether a text is the name of a column that is wanted; two of them in one row are the head of a table.
    Raises `OnboardingError` for what is no spreadsheet, is too large, or holds a cell whose look is Excel's alone
    (a date, a percentage, a formula never reckoned) where a text is wanted.
    """
    _check(content)
    try:
        with warnings.catch_warnings():  # of extensions, which are of no interest here
            warnings.simplefilter("ignore")
            yield from _tables(content, named)
    except OnboardingError:
        raise
    except Exception as error:  # whatever the reader of a damaged file stumbles over
        raise OnboardingError(f"is no XLSX that can be read ({_short(error)}); {_AGAIN}") from error


def _check(content: bytes) -> None:
    if content.startswith(_OLD_FORM):
        raise OnboardingError(
            "has a password or is of the old form XLS; save it as XLSX without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise OnboardingError(f"is no XLSX ({_short(error)}); {_AGAIN}") from error
    if unpacked > _UNPACKED:
        limit = _UNPACKED // 1_000_000
        raise OnboardingError(
            f"is larger than {limit} MB when unpacked; copy its questions into a new file, without pictures"
        )


def _tables(
    content: bytes, named: Callable[[str], bool]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    from openpyxl import load_workbook

    # A formula's value is what the program that saved the file reckoned; which cells are formulas only a second look tells.
    shown = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    typed = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    if len(shown.worksheets) > _SHEETS:
        raise OnboardingError(f"has more than {_SHEETS} sheets; keep those with questions")
    for sheet, same in zip(shown.worksheets, typed.worksheets, strict=True):
        if sheet.sheet_state == "visible":
            yield from _table(sheet, same, named)


def _table(
    sheet: Any, same: Any, named: Callable[[str], bool]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    head: dict[int, str] = {}
    for number, (values, formulas) in enumerate(zip(_rows(sheet), _rows(same), strict=True), 1):
        if not head:
            names = {at: str(cell.value).strip() for at, cell in enumerate(values) if cell.value}
            wanted = {at: name for at, name in names.items() if named(name)}
            if len(wanted) >= 2:
                head = wanted
            elif number >= _HEAD_WITHIN:
                return
            continue
        cells = {name: (values[at], formulas[at]) for at, name in head.items() if at < len(values)}
        if any(shown.value is not None for shown, _ in cells.values()):
            place = f"sheet '{sheet.title}', row {number}"
            yield place, {name: _text(*both, place, name) for name, both in cells.items()}


def _rows(sheet: Any) -> Iterator[Any]:
    sheet.reset_dimensions()  # what the file says of its size is not believed
    for number, row in enumerate(sheet.iter_rows(max_col=_COLUMNS), 1):
        if number > _ROWS:
            raise OnboardingError(
                f"sheet '{sheet.title}' goes on below row {_ROWS}; copy its questions into a new sheet"
            )
        yield row


def _text(shown: Any, typed: Any, place: str, column: str) -> str:
    """What stands in a cell, where that can be told without Excel."""
    value = shown.value
    if value is None:
        if typed.value is not None:
            raise OnboardingError(
                f"{place}: the formula under '{column}' has no value; open the file in a spreadsheet program and save it, "
                "or put the text itself there"
            )
        return ""
    if isinstance(value, str) and shown.data_type != "e":
        return value
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if number and shown.number_format == "General" and value == int(value):
        return str(int(value))
    raise OnboardingError(
        f"{place}: what stands under '{column}' is no text ({value}); make the cell's format 'Text' and type it as shoppers shall read it"
    )


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
