"""The pure parts of messaging apps: splitting, numbering, planning, pacing."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.channels.contract import Capabilities, OutgoingFile
from jawab.channels.numbered import chosen
from jawab.channels.pace import Pace
from jawab.channels.plan import Addressee, plan
from jawab.channels.splitting import split, units
from jawab.support.attachments.attachment import Attached
from jawab.support.conversations.message import Author, Button, Form, Message
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, tzinfo=timezone.utc)
LINK = "https://shop.example/" + "a" * 60
FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("سلام. خوبید؟ ممنون", 12, ("سلام. خوبید؟", "ممنون")),
        ("أهلًا بكم! كيف أخدمكم؟", 15, ("أهلًا بكم!", "كيف أخدمكم؟")),
        ("یک\n\nدو سه", 6, ("یک", "دو سه")),
        ("one two three", 8, ("one two", "three")),
        (f"ببینید {LINK} را", 84, ("ببینید", f"{LINK} را")),
        (FAMILY * 2, 8, (FAMILY, FAMILY)),
        ("🇮🇷🇸🇦", 6, ("🇮🇷", "🇸🇦")),
        ("  ", 5, ()),
    ],
    ids=["fa", "ar", "paragraph", "words", "address", "family", "flags", "blank"],
)
def test_it_is_cut_where_a_reader_would(text, limit, pieces):
    assert split(text, limit) == pieces


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(alphabet="ab گ.؟!\n👨\u200d👩\u0651\u200c", max_size=200), st.integers(12, 40))
def test_nothing_is_lost_and_every_piece_fits(text, limit):
    pieces = split(text, limit)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece and units(piece) <= limit for piece in pieces)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        *(("2", 1), ("۲", 1), ("٢", 1), (" ۲. ", 1), ("(2)", 1), ("0", None), ("4", None)),
        *(("123", None), ("2 تا", None), ("", None), ("x", None)),
    ],
)
def test_a_number_of_any_script_chooses(text, place):
    assert chosen(text, 3) == place


def message(text="سلام", *, titles=(), files=(), name=None):
    buttons = tuple(Button(f"7-{n}", title, {}) for n, title in enumerate(titles))
    attached = tuple(Attached(id, id, "image/png", 9) for id in files)
    author = Author.AGENT if name else Author.BOT
    return Message(
        7, "c", author, text, Lang.FA, NOW, buttons=buttons, attachments=attached, signature=name
    )


def planned(message, tmp_path, **capabilities):
    files = {f.id: OutgoingFile(tmp_path, f.name, f.type, f.size) for f in message.attachments}
    known = Capabilities(**{"text": 40, "caption": 20, **capabilities})
    return plan(message, Addressee("42"), known, files, "شماره من")


@pytest.mark.parametrize(
    ("input", "asks_number", "share"),
    [("tel", True, "شماره من"), ("tel", False, ""), ("email", True, "")],
)
def test_the_key_for_ones_number_stands_under_the_last_words_of_its_question_only(
    tmp_path, input, asks_number, share
):
    asked = replace(message("یک جملهٔ بلندتر از همه. " * 3), form=Form("f", "x", input, 1, 2))
    *before, last = planned(asked, tmp_path, asks_number=asks_number)
    assert [part.share for part in before] == [""] * len(before) != []
    assert last.share == share


def test_an_app_without_buttons_gets_a_numbered_list(tmp_path):
    (only,) = planned(message(titles=("بله", "نه")), tmp_path)
    assert only.text == "سلام\n\n۱. بله\n۲. نه"
    assert only.buttons == ()


def test_buttons_go_under_the_last_words(tmp_path):
    long = "یک جمله. " * 8
    parts = planned(message(long, titles=("بله",)), tmp_path, buttons=3, button_title=20)
    assert [len(part.buttons) for part in parts] == [0] * (len(parts) - 1) + [1]
    assert [part.key for part in parts] == [f"7.{n}" for n in range(len(parts))]


def test_short_words_are_the_caption_of_an_only_file(tmp_path):
    (only,) = planned(message(files=("a",), name="سارا"), tmp_path)
    assert (only.text, only.file.name) == ("سارا:\nسلام", "a")


def test_several_files_follow_the_words(tmp_path):
    words, *files = planned(message(files=("a", "b")), tmp_path)
    assert (words.text, words.file) == ("سلام", None)
    assert [(part.text, part.file.name) for part in files] == [("", "a"), ("", "b")]


def test_a_chat_has_its_pause_and_others_do_not_wait_for_it():
    now = [0.0]
    pace = Pace(
        Capabilities(text=1, per_second=10, chat_pause=timedelta(seconds=1)), clock=lambda: now[0]
    )
    assert pace.reserve("a") == 0
    assert pace.reserve("a") == pytest.approx(1)
    assert pace.reserve("b") == pytest.approx(0.2)
    pace.hold("c", timedelta(seconds=5))
    assert pace.reserve("c") == pytest.approx(5)
    now[0] = 10
    assert pace.reserve("a") == 0
