"""HTML as plain text: nothing is run, nothing is fetched; what is quoted begins with ">"."""

import re
from html.parser import HTMLParser

LONGEST = 1_000_000

_DROPPED = frozenset(("script", "style", "head", "title", "template", "noscript", "svg", "object"))
_BLOCKS = frozenset(
    (
        *("p", "div", "table", "tr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
        *("blockquote", "pre", "section", "article", "header", "footer", "center", "address"),
        *("dl", "dt", "dd", "form", "fieldset", "figure", "body"),
    )
)
_SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))
_VOID = frozenset(("br", "hr", "img", "meta", "link", "input", "col", "wbr", "base", "area"))
_QUOTES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix-body")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def html_text(html: str) -> str:
    """The text that a reader sees, a line for each block.

    >>> html_text("<p>سلام</p><p>کفشم <b>نرسیده</b></p>")
    'سلام\\n\\nکفشم نرسیده'
    >>> html_text("مرحبا<br>وين طلبي؟<blockquote>أهلًا</blockquote>")
    'مرحبا\\nوين طلبي؟\\n> أهلًا'
    """
    reader = _Reader()
    reader.feed(html[:LONGEST])
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._line_quoted = 0
        self._open: list[tuple[str, bool]] = []
        self._dropped = 0
        self._quoted = 0
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._end_line(always=True)
            return
        if tag in _BLOCKS:
            self._end_block(tag)
        values = {name: value or "" for name, value in attrs}
        if tag == "img" and not self._dropped:
            self._line += values.get("alt", "")
        if tag in _VOID:
            return
        quotes = tag == "blockquote" or any(name in values.get("class", "") for name in _QUOTES)
        self._open.append((tag, quotes))
        self._dropped += tag in _DROPPED
        self._quoted += quotes
        if tag == "li":
            self._line += "• "
        if tag == "a" and values.get("href", "").startswith(("http://", "https://")):
            self._link = values["href"], len(self._line)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            address, start = self._link
            if self._line[start:].strip() not in (address, address.rstrip("/")):
                self._line += f" ({address})"
            self._link = None
        if not any(tag == name for name, _ in self._open):
            return
        if tag in _BLOCKS:
            self._end_block(tag)
        while self._open:  # what was left open inside ends with it
            name, quotes = self._open.pop()
            self._dropped -= name in _DROPPED
            self._quoted -= quotes
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        if not self._line:
            self._line_quoted = self._quoted
        self._line += _BLANKS.sub(" ", data)

    def text(self) -> str:
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip()

    def _end_block(self, tag: str) -> None:
        self._end_line()
        if tag in _SPACED and self._lines and self._lines[-1]:
            self._lines.append("")

    def _end_line(self, *, always: bool = False) -> None:
        line = self._line.strip(" ")
        if line or always:
            self._lines.append(f"{'> ' * min(self._line_quoted, 9)}{line}".rstrip(" "))
        self._line = ""
        self._line_quoted = self._quoted
        self._link = None
