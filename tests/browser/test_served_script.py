"""/widget.js as the desk serves it: complete, small, cached rightly, and of honest means."""

import gzip
import re
import shutil

import pytest
import yaml

from jawab.desk.failures import DeskError
from jawab.desk.widget import CHAT, MARKER, TICKET, baked
from jawab.settings import PROJECT
from jawab.text.language import Lang

MOST_BYTES = 25_000
SOURCES = sorted((PROJECT / "widget").glob("**/*.js"))
CODE = "\n".join(path.read_text("utf-8") for path in SOURCES)
TABLES = {
    source: yaml.safe_load((PROJECT / source.words).read_text("utf-8"))["words"]
    for source in (CHAT, TICKET)
}
WORDS = {
    f"{source.words.stem}:{key}": texts
    for source, table in TABLES.items()
    for key, texts in table.items()
}


@pytest.fixture
def copy(tmp_path):
    """The project's files of the widget, to be changed."""
    shutil.copytree(PROJECT / "widget", tmp_path / "widget")
    (tmp_path / "data" / "dialogue").mkdir(parents=True)
    for source in TABLES:
        shutil.copy(PROJECT / source.words, tmp_path / "data" / "dialogue")
    return tmp_path


def test_the_script_weighs_little(desk):
    response = desk.http.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) <= MOST_BYTES
    assert MARKER not in response.text


def test_without_gzip_it_is_the_same_script(desk):
    plain = desk.http.get("/widget.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == gzip.decompress(baked(PROJECT).zipped)
    refused = desk.http.get("/widget.js", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


def test_a_copy_is_asked_after_and_kept(desk):
    first = desk.http.get("/widget.js")
    assert "max-age=300" in first.headers["cache-control"]
    assert first.headers["vary"] == "Accept-Encoding"
    again = desk.http.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    stale = desk.http.get("/widget.js", headers={"If-None-Match": '"old"'})
    assert stale.status_code == 200


def test_every_shops_page_may_load_it(desk):
    headers = desk.http.get("/widget.js").headers
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["x-content-type-options"] == "nosniff"


def test_another_word_is_another_version(copy):
    before = baked(copy).version
    path = copy / "data" / "dialogue" / "widget.yml"
    path.write_text(path.read_text("utf-8").replace("Send\n", "Go\n"), "utf-8")
    assert baked(copy).version != before


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("data/dialogue/widget.yml", ("    en: Send\n", ""), "'send' has no en"),
        ("data/dialogue/widget.yml", ("words:", "wörds:"), "key → fa, ar, en"),
        ("widget/widget.js", ("const BAKED", "let BAKED"), "put it back"),
        ("widget/widget.js", ("api.js", "gone.js"), "gone.js cannot be read"),
    ],
)
def test_what_is_wrong_is_said_when_the_desk_starts(copy, file, change, said):
    path = copy / file
    path.write_text(path.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(DeskError, match=re.escape(said)):
        baked(copy)


@pytest.mark.parametrize("key", WORDS)
def test_every_word_is_there_in_every_language(key):
    assert {lang for lang, text in WORDS[key].items() if text.strip()} == {
        one.value for one in Lang
    }
    names = [sorted(re.findall(r"\{(\w+)\}", text)) for text in WORDS[key].values()]
    assert names[0] == names[1] == names[2]


@pytest.mark.parametrize("source", TABLES, ids=lambda source: source.words.stem)
def test_every_word_said_is_in_the_table_and_none_is_there_for_nothing(source):
    files = sorted((PROJECT / source.script).parent.glob("*.js"))
    code = "\n".join(path.read_text("utf-8") for path in files)
    quoted = set(re.findall(r'"(\w+)"', code))
    said = {
        name
        for call in re.findall(r"\b#?say\(([^()]*)", code)
        for name in re.findall(r'"(\w+)"', call)
    }
    reasons = {key for key in TABLES[source] if key.startswith("reason_")}
    assert said - {"human", "up", "waiting"} <= set(TABLES[source])
    assert set(TABLES[source]) - reasons <= quoted


def test_the_ticket_form_is_fetched_only_when_wanted(desk):
    form = desk.http.get("/widget-ticket.js", headers={"Accept-Encoding": "gzip"})
    assert form.headers["access-control-allow-origin"] == "*"
    assert int(form.headers["content-length"]) <= 6_000
    assert "TicketForm {" not in desk.http.get("/widget.js").text


def test_persian_and_arabic_use_their_own_letters():
    persian = " ".join(texts["fa"] for texts in WORDS.values())
    assert not re.search("[كيىة]", persian)
    arabic = " ".join(texts["ar"] for texts in WORDS.values())
    assert not re.search("[کیپچژگ]", arabic)


def test_texts_go_in_as_text_and_styles_as_a_sheet():
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|<style|cssText|addEventListener\(\"message\".*window"
    assert not re.search(forbidden, CODE)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg|desk\.example)", CODE)


def test_directions_are_logical_in_the_style_sheet():
    style = "\n".join((PROJECT / source.style).read_text("utf-8") for source in TABLES)
    assert not re.search(
        r"(?:margin|padding|border)-(?:left|right)|[^-\w](?:left|right)\s*:|text-align:\s*(?:left|right)",
        style,
    )
    assert "url(" not in style


def test_each_file_is_short_enough_to_read():
    assert all(len(path.read_text("utf-8").splitlines()) <= 300 for path in SOURCES)
