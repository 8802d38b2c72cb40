"""/widget.js, the one script a shop embeds: the files of widget/ as one, with the style sheet and the words put in.

/widget-ticket.js is made the same way: the ticket form, which /widget.js fetches when a shopper first wants it.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from fastapi import APIRouter, Request, Response

from jawab.desk.failures import DeskError
from jawab.text.language import Lang

FOLDER = Path("widget")
MARKER = "const BAKED = null; // the desk puts its version, the words and the style sheet here"
_INCLUDE = re.compile(r"^/\* include: ([a-z]+\.js) \*/$", re.MULTILINE)
# Comments, whole lines and ends of lines, and what indents a line: the files keep them, the wire need not.
_COMMENT_LINE = re.compile(r"^[ ]*(?://.*|/\*(?:(?!\*/).)*(?:\*/)?|\*(?:[ ].*|/)?)\n", re.MULTILINE)
_COMMENT_END = re.compile(
    r"(?<=[;,{}()\]])[ ]+// [^\n\"'`]*$", re.MULTILINE
)  # quotes: perhaps no comment
_INDENT = re.compile(r"^[ ]+", re.MULTILINE)
MEDIA_TYPE = "text/javascript; charset=utf-8"
# The address stays the same for ever, so a copy is fresh for five minutes only. An older one is shown while the
# next is fetched, for a week when the desk is away; it stays right, for the API it speaks keeps its form.
CACHE_CONTROL = "public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800"


@dataclass(frozen=True)
class Source:
    """Where a script's frame, its style sheet and its words lie, below the project's folder."""

    script: Path
    style: Path
    words: Path


CHAT = Source(FOLDER / "widget.js", FOLDER / "widget.css", Path("data", "dialogue", "widget.yml"))
TICKET = Source(
    FOLDER / "ticket" / "form.js",
    FOLDER / "ticket" / "form.css",
    Path("data", "dialogue", "widget_ticket.yml"),
)


@dataclass(frozen=True)
class Widget:
    """A script as it is served; `version` changes with every change of the code or of the words."""

    version: str
    plain: bytes
    zipped: bytes

    def etag(self, *, zipped: bool) -> str:
        """The strong validator of one of the two forms."""
        return f'"{self.version}-gzip"' if zipped else f'"{self.version}"'


def baked(root: Path, source: Source = CHAT) -> Widget:
    """Read a script's files below the project's folder; raises DeskError, saying what to mend."""
    frame, style = _read(root / source.script), _read(root / source.style)
    table = _table(_read(root / source.words), source.words)
    if frame.count(MARKER) != 1:
        raise DeskError(f"{source.script} must hold the line '{MARKER}' once; put it back")
    code = _INCLUDE.sub(lambda found: _read(root / FOLDER / found[1]), frame)
    words = {lang.value: {key: texts[lang.value] for key, texts in table.items()} for lang in Lang}
    version = hashlib.sha256("".join((code, style, _json(words))).encode()).hexdigest()[:12]
    put_in = _json({"version": version, "words": words, "style": _lean(style)})
    plain = _lean(code.replace(MARKER, f"const BAKED = {put_in};")).encode()
    return Widget(version, plain, gzip.compress(plain, 9, mtime=0))


def router(root: Path) -> APIRouter:
    """The routes that serve the scripts; they are read and checked now, once."""
    chat, ticket = baked(root), baked(root, TICKET)
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/widget.js", methods=["GET", "HEAD"])
    async def script(request: Request) -> Response:
        return _served(chat, request)

    @routes.api_route("/widget-ticket.js", methods=["GET", "HEAD"])
    async def ticket_form(request: Request) -> Response:
        return _served(ticket, request)

    return routes


def _served(widget: Widget, request: Request) -> Response:
    zipped = _takes_gzip(request.headers.get("accept-encoding", ""))
    etag = widget.etag(zipped=zipped)
    headers = {
        "ETag": etag,
        "Cache-Control": CACHE_CONTROL,
        "Vary": "Accept-Encoding",
        # A public file for every shop's page, also for one that isolates itself or checks the script's integrity.
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if _matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    body = widget.zipped if zipped else widget.plain
    return Response(body, media_type=MEDIA_TYPE, headers=headers)


def _lean(code: str) -> str:
    return _INDENT.sub("", _COMMENT_END.sub("", _COMMENT_LINE.sub("", code)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(
            f"{path} cannot be read ({error}); put the file of this version there"
        ) from error


def _table(content: str, where: Path) -> Mapping[str, Mapping[str, str]]:
    try:
        table = yaml.safe_load(content)["words"]
        for key, texts in table.items():
            for lang in Lang:
                if not str(texts.get(lang.value) or "").strip():
                    raise DeskError(f"{where}: '{key}' has no {lang.value}; add it")
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise DeskError(f"{where} must be a table `words:` of key → fa, ar, en; mend it") from error
    return {
        key: {lang: str(text).strip() for lang, text in texts.items()}
        for key, texts in table.items()
    }


def _takes_gzip(header: str) -> bool:
    for part in header.lower().split(","):
        name, _, quality = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _matches(header: str, etag: str) -> bool:
    given = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in given or etag in given
