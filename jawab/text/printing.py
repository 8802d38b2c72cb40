"""Text for paper, whose renderers neither join Arabic letters nor order them: lines as they are to be drawn.

Lines are broken where the text is still in reading order, by the width of what will be drawn, and each line is ordered
by itself (UAX #9, rule L1 and after): a line ordered before it is broken would begin with its end.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator

_controls = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_invisible = re.compile(
    "[\u00ad\u061c\u200b\u200d-\u200f\u2028-\u202e\u034f\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_marks = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]{3,}"
)  # piled up, as pranks are
# Signs that look the other way where they are read from right to left.
_TURNED = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")
_pairs = re.compile(r"[()\[\]{}<>«»‹›≤≥]")
_MARK = "\u034f"  # invisible, and ordered as a mark on the sign before it: it comes first where that was turned
_marked = re.compile(rf"{_pairs.pattern}{_MARK}|{_MARK}{_pairs.pattern}")
_SKIN = range(0x1F3FB, 0x1F400)
_UNKNOWN = "\u25a1"


def reads_rightwards(text: str) -> bool:
    """Whether the first letter with a direction is one of a left-to-right script.

    >>> reads_rightwards("12 سلام hello"), reads_rightwards("Order سلام")
    (False, True)
    """
    found = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind == "L" for kind in found if kind in ("L", "R", "AL")), True)


def printable(text: str, known: Container[int]) -> str:
    """The text without tricks of direction, every sign that the font does not know replaced by its name or by a box.

    `known` holds the font's code points.

    >>> printable("ok\u202e 🧾", range(0x250))
    'ok [receipt]'
    """
    text = text.replace("\r\n", "\n").encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", _invisible.sub("", _controls.sub(" ", text)))
    text = _marks.sub(lambda found: found[0][:2], text).replace("\u06c0", "\u0647\u0654")
    return "".join(_drawable(sign, known) for sign in text)


def lines(
    text: str,
    width: float,
    measure: Callable[[str], float],
    *,
    rightwards: bool | None = None,
) -> Iterator[str]:
    """Break printable text into lines no wider than `width`, each joined and ordered for drawing from left to right.

    `measure` gives the width of a drawn line, in the unit of `width`. A word that is wider than a line is broken.
    A paragraph is read in the direction of its first letter where `rightwards` does not say it.
    """
    from arabic_reshaper import ArabicReshaper  # builds large tables when imported
    from bidi import get_display  # orders, but leaves brackets as they were

    # Marks stay; the ligature of four letters is in few fonts.
    reshape = ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False}).reshape

    for paragraph in text.split("\n"):
        way = reads_rightwards(paragraph) if rightwards is None else rightwards
        base = "L" if way else "R"

        def drawn(part: str, base: str = base) -> str:
            ordered = get_display(_pairs.sub(rf"\g<0>{_MARK}", reshape(part)), base_dir=base)
            return _marked.sub(_turned, ordered).replace("\u200c", "")

        yield from map(drawn, _broken(paragraph, lambda part: measure(drawn(part)) <= width))


def _broken(paragraph: str, fits: Callable[[str], bool]) -> Iterator[str]:
    line = ""
    for word in paragraph.split(" "):
        longer = f"{line} {word}" if line else word
        if fits(longer):
            line = longer
            continue
        if line:
            yield line
        *full, line = _pieces(word, fits)
        yield from full
    yield line


def _pieces(word: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """A word in parts that fit; found by halving, since a word may have thousands of letters."""
    while not fits(word):
        low, high = 1, len(word)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if fits(word[:middle]) else (low, middle)
        yield word[:low]
        word = word[low:]
    yield word


def _turned(found: re.Match[str]) -> str:
    sign = found[0].strip(_MARK)
    return sign.translate(_TURNED) if found[0].startswith(_MARK) else sign


def _drawable(sign: str, known: Container[int]) -> str:
    code = ord(sign)
    if sign == "\n" or sign == "\u200c" or code in known:
        return sign
    if code in _SKIN:
        return ""
    name = unicodedata.name(sign, "")
    return f"[{name.lower()}]" if unicodedata.category(sign) == "So" and name else _UNKNOWN
