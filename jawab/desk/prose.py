"""Answers as a page shows them: paragraphs and lists, with numbers, codes and addresses set apart.

The same pieces as static/chat/text.js makes: «021-91000100» keeps its order inside right-to-left words.
"""

import re
from dataclasses import dataclass

_DIGIT = "0-9\u06f0-\u06f9\u0660-\u0669"
_APART = re.compile(
    "|".join(
        (
            r"https?://[^\s<>\"'«»،؛)]+[^\s<>\"'«»،؛).,!?؟]",
            r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
            rf"[+#]?[{_DIGIT}](?:[{_DIGIT}:/.,\u066b\u066c-]*[{_DIGIT}])?%?",
            r"@[A-Za-z][\w.]*\w",
            r"[A-Z]{1,5}-?[0-9][A-Z0-9-]*",
        )
    ),
    re.ASCII,
)
_PHONE = re.compile(r"(?:\+|0)[0-9-]{7,}|[0-9]{3,4}(?:-[0-9]{3,4}){2}")
_EMAIL = re.compile(r"[^@]+@[^@]+\.[^@]+")
_POINT = re.compile(r"•\s+(.*)")
_NUMBERED = re.compile(r"([0-9\u06f0-\u06f9\u0660-\u0669]{1,2})[.)]\s+(.*)")


@dataclass(frozen=True)
class Piece:
    """A stretch of text; one that stands apart runs left to right, and may lead somewhere."""

    text: str
    apart: bool = False
    href: str | None = None


@dataclass(frozen=True)
class Block:
    """A paragraph (`p`), a list (`ul`) or a numbered list (`ol`, from `start` on) of lines."""

    kind: str
    lines: tuple[str, ...]
    start: int = 1


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a text.

    >>> [block.kind for block in blocks("برای لغو:" + chr(10) + "1. وارد شوید." + chr(10) + "2. بزنید.")]
    ['p', 'ol']
    >>> blocks("• الهاتف")
    (Block(kind='ul', lines=('الهاتف',), start=1),)
    """
    found: list[Block] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        one = _block(line)
        last = found[-1] if found else None
        if last and last.kind == one.kind != "p" and _follows(last, one):
            found[-1] = Block(last.kind, (*last.lines, *one.lines), last.start)
        else:
            found.append(one)
    return tuple(found)


def pieces(text: str) -> tuple[Piece, ...]:
    """A line's pieces, in order.

    >>> pieces("تلفن 021-91000100")[1]
    Piece(text='021-91000100', apart=True, href='tel:02191000100')
    """
    found, end = [], 0
    for match in _APART.finditer(text):
        found += [Piece(text[end : match.start()]), Piece(match[0], True, _address(match[0]))]
        end = match.end()
    return tuple(piece for piece in (*found, Piece(text[end:])) if piece.text)


def _block(line: str) -> Block:
    if point := _POINT.fullmatch(line):
        return Block("ul", (point[1],))
    if numbered := _NUMBERED.fullmatch(line):
        return Block("ol", (numbered[2],), int(numbered[1]))
    return Block("p", (line,))


def _follows(last: Block, one: Block) -> bool:
    return one.kind == "ul" or one.start == last.start + len(last.lines)


def _address(piece: str) -> str | None:
    if piece.startswith(("http://", "https://")):
        return piece
    if _EMAIL.fullmatch(piece):
        return f"mailto:{piece}"
    return f"tel:{piece.replace('-', '')}" if _PHONE.fullmatch(piece) else None
