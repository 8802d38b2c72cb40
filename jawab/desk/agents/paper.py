"""A transcript on A4: a head with facts, then entry after entry, each from the side its language is read from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from jawab.text.printing import lines, printable, reads_rightwards

MARGIN_MM = 18.0
BODY_PT, SMALL_PT, TITLE_PT = 10.5, 8.5, 15.0
_LINE = 0.353 * 1.5  # of a point in mm, and air
_INK, _GREY, _RULE, _NOTE = (25, 25, 25), (95, 95, 95), (200, 200, 200), (255, 244, 214)


@dataclass(frozen=True)
class Entry:
    """Something said: by whom and when (`under` the words), and the files that came along. `note`: among colleagues."""

    who: str
    at: str
    text: str
    files: tuple[str, ...] = ()
    note: bool = False


@dataclass(frozen=True)
class Sheet:
    """What is printed. `rightwards`: the page's own words are read from left to right. `page` names a page's number,
    which `number` writes; `file` names an attachment.
    """

    title: str
    facts: Sequence[tuple[str, str]]
    entries: Sequence[Entry]
    page: str
    file: str
    number: Callable[[int], str]
    rightwards: bool


def pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF file. Never raises for what people wrote; what the font lacks is named or boxed."""
    return _Paper(sheet).drawn()


class _Paper(FPDF):
    def __init__(self, sheet: Sheet) -> None:
        super().__init__(format="A4")
        self._sheet = sheet
        self.set_auto_page_break(True, margin=MARGIN_MM)
        self.set_margin(MARGIN_MM)
        for style, file in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
            self.add_font("dejavu", style, str(_fonts() / file))
        self._known = _known_signs()
        self.set_title(printable(sheet.title, self._known))
        self.set_creator("Jawab")

    def drawn(self) -> bytes:
        sheet = self._sheet
        self.add_page()
        self._write(sheet.title, size=TITLE_PT, style="B", rightwards=sheet.rightwards)
        self.ln(1)
        for label, value in sheet.facts:
            self._write(f"{label}: {value}", size=SMALL_PT, ink=_GREY, rightwards=sheet.rightwards)
        self.ln(2)
        for entry in sheet.entries:
            self._entry(entry)
        return bytes(self.output())

    def footer(self) -> None:
        """The page's number, under everything."""
        self.set_y(-MARGIN_MM + 5)
        foot = f"{self._sheet.page} {self._sheet.number(self.page_no())}"
        self.set_font("dejavu", "", SMALL_PT)
        self.set_text_color(*_GREY)
        for line in lines(printable(foot, self._known), self.epw, self.get_string_width):
            self.cell(0, 4, line, align="C")

    def _entry(self, entry: Entry) -> None:
        if self.will_page_break(12):
            self.add_page()
        self.set_draw_color(*_RULE)
        self.line(self.l_margin, self.get_y(), self.l_margin + self.epw, self.get_y())
        self.ln(1.5)
        head = f"{entry.who} · {entry.at}"
        side = self._sheet.rightwards
        self._write(head, size=SMALL_PT, style="B", ink=_GREY, rightwards=side, fill=entry.note)
        for paragraph in entry.text.split("\n") if entry.text else ():
            self._write(paragraph, size=BODY_PT, fill=entry.note)
        for file in entry.files:
            named = f"{self._sheet.file}: {file}"
            self._write(named, size=SMALL_PT, ink=_GREY, rightwards=side, fill=entry.note)
        self.ln(1.5)

    def _write(
        self,
        text: str,
        *,
        size: float,
        style: str = "",
        ink: tuple[int, int, int] = _INK,
        rightwards: bool | None = None,
        fill: bool = False,
    ) -> None:
        text = printable(text, self._known)
        if rightwards is None:
            rightwards = reads_rightwards(text)
        self.set_fill_color(*_NOTE)
        self.set_font("dejavu", style, size)
        self.set_text_color(*ink)
        for line in lines(text, self.epw - 2, self.get_string_width, rightwards=rightwards):
            self.cell(
                0,
                size * _LINE,
                line,
                align="L" if rightwards else "R",
                fill=fill,
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
            )


def _fonts() -> Path:
    """DejaVu Sans comes with matplotlib, which is not imported for it."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise FileNotFoundError("matplotlib, whose fonts are printed with, is not installed")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


@lru_cache(maxsize=1)
def _known_signs() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(_fonts() / "DejaVuSans.ttf").getBestCmap())
