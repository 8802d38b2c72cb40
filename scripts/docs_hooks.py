"""What MkDocs does beside building: pages of one language are in it and turned, and nothing comes from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.exceptions import PluginError

LANGUAGES = ("fa", "ar", "en")
# [words](../outside/docs) or ![…](…) is never rewritten where it points into docs.
_OUTSIDE = re.compile(r"\[([^\]]+)\]\(((?:\.\./)+[^)#\s]+)(?:#[^)\s]*)?\)")


def on_page_markdown(markdown: str, *, page: Any, config: Any, **_: Any) -> str:
    """Name files of the project that lie outside docs, as a site has no address for them."""
    docs = Path(config["docs_dir"])
    here = (docs / page.file.src_uri).parent

    def named(link: re.Match[str]) -> str:
        goal = (here / link[2]).resolve()
        if goal.is_relative_to(docs):
            return link[0]
        path = goal.relative_to(docs.parent).as_posix()
        return f"`{path}`" if link[1].strip("`") == path else f"{link[1]} (`{path}`)"

    return _OUTSIDE.sub(named, markdown)


def on_page_context(context: Any, *, page: Any, config: Any, **_: Any) -> Any:
    """Give a page its language, and with it the direction and the theme's own words."""
    path = PurePosixPath(page.file.src_uri)
    spoken = [part for part in (*path.parent.parts, path.stem) if part in LANGUAGES]
    config["theme"]["language"] = spoken[0] if spoken else "en"
    return context


class _Loaded(HTMLParser):
    """Everything that a page makes the browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what is loaded; where a reader may go by a click is no load."""
        for name, value in attrs:
            if name in ("src", "srcset", "poster") or (name == "href" and tag == "link"):
                self.addresses.append(value or "")


def on_post_build(config: Any, **_: Any) -> None:
    """Refuse a site that loads anything from another host."""
    for file in sorted(Path(config["site_dir"]).rglob("*.html")):
        page = _Loaded()
        page.feed(file.read_text("utf-8"))
        foreign = [each for each in page.addresses if re.match(r"(?:[a-z]+:)?//", each)]
        if foreign:
            raise PluginError(f"{file.name} loads {foreign[0]} from elsewhere; keep it in docs/")
