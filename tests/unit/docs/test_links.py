"""Links between the project's pages lead somewhere, and the site names every page."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from .pages import ROOT, anchors, links, markdown_files

DOCS = ROOT / "docs"
SITE = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))


def named(nav):
    for entry in nav:
        if isinstance(entry, str):
            yield entry
        else:
            for below in entry.values():
                yield from named(below if isinstance(below, list) else [below])


@pytest.mark.parametrize("page", markdown_files(), ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_is_dead(page):
    dead = []
    for link in links(page):
        if re.match(r"[a-z]+:|/", link):  # other hosts, or the desk's own addresses
            continue
        path, _, anchor = unquote(link).partition("#")
        goal = (page.parent / path).resolve() if path else page
        if not goal.exists() or (anchor and goal.suffix == ".md" and anchor not in anchors(goal)):
            dead.append(link)
    assert not dead


def test_links_are_found_at_all():
    found = {link for page in markdown_files() for link in links(page)}
    assert {
        "docs/architecture.md",
        "architecture.md",
        "docs/screenshots/cover.png",
    } <= found


def test_the_site_names_every_page_of_docs_once():
    pages = sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))
    assert sorted(named(SITE["nav"])) == pages, "name the page under nav in mkdocs.yml"


def test_the_site_asks_nothing_of_other_hosts_for_its_letters():
    assert SITE["theme"]["font"] is False


@pytest.mark.parametrize("pages", ["agents/{}.md", "owner/{}/index.md", "owner/{}/daily.md"])
def test_what_is_there_in_one_language_is_there_in_all(pages):
    texts = [(DOCS / pages.format(lang)).read_text("utf-8") for lang in ("fa", "ar", "en")]
    assert len({len(re.findall(r"^## ", text, re.M)) for text in texts}) == 1
    assert len({text.count("```") for text in texts}) == 1


def test_a_link_may_be_a_picture_of_html(tmp_path):
    page = Path(tmp_path / "page.md")
    page.write_text(
        '<img src="a.png" width="3">\n`[no](b.md)` [yes](c.md)\n```\n[no](d.md)\n```\n', "utf-8"
    )
    assert list(links(page)) == ["a.png", "c.md"]
