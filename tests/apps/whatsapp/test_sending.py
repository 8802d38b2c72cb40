"""Messages sent to a Cloud API on loopback that refuses what Meta refuses."""

from datetime import timedelta

import anyio
import httpx
import pytest

from jawab.channels.contract import (
    OutgoingFile,
)
from jawab.channels.plan import Addressee, plan
from jawab.channels.whatsapp import WhatsApp
from jawab.support.conversations.message import Author, Button, Message
from jawab.support.deliveries.delivery import Arrived, Held, Later, Never
from jawab.text.language import Lang

from ...fakes.whatsapp import (
    SHOPPER,
)
from .cloud import CHANNEL, NOW, account, deliver, saying


def test_words_arrive_as_plain_text(cloud):
    result = deliver(cloud, saying("سلام *دوست* من\nhttps://shop.example"))
    assert isinstance(result, Arrived)
    assert result.reference.startswith("wamid.OUT")
    (sent,) = cloud.sent
    assert (sent["to"], sent["type"]) == (SHOPPER, "text")
    assert sent["text"] == {"body": "سلام *دوست* من\nhttps://shop.example", "preview_url": False}


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (("بله", "نه"), "button"),
        (("الف", "ب", "پ"), "button"),
        (("بیست‌ویک حرف و بیشتر؟", "نه"), "list"),
        (tuple("0123456789"), "list"),
    ],
    ids=("two", "three", "long", "ten"),
)
def test_buttons_are_shown_as_the_app_can(cloud, titles, kind):
    assert isinstance(deliver(cloud, saying("کدام؟", titles=titles)), Arrived)
    assert cloud.sent[0]["interactive"]["type"] == kind


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize(
    "titles",
    [("نعم", "لا"), ("x" * 25, "y"), tuple(str(n) for n in range(11)), ("چطور پس بدهم؟" * 2,)],
    ids=("short", "too long", "too many", "a question"),
)
def test_whatever_is_planned_for_it_the_app_takes(cloud, titles, lang):
    buttons = tuple(Button(f"41-{place}", title, {}) for place, title in enumerate(titles))
    said = Message(
        id=41,
        conversation_id="c",
        author=Author.BOT,
        text="یک جمله از پاسخی بلند. " * 300,
        lang=lang,
        at=NOW,
        buttons=buttons,
    )
    calls = plan(said, Addressee(SHOPPER, NOW), CHANNEL.capabilities, {})
    results = deliver(cloud, *calls)
    assert all(isinstance(result, Arrived) for result in results)
    shown = [sent for sent in cloud.sent if sent["type"] == "interactive"]
    assert len(shown) == (0 if len(titles) > 10 or len(titles[0]) > 24 else 1)


@pytest.mark.parametrize(
    ("type", "size", "text", "kind"),
    [
        ("image/jpeg", 10, "رسید", "image"),
        ("image/jpeg", 5_000_001, "", "document"),
        ("image/webp", 10, "", "document"),
        ("video/mp4", 10, "ببینید", "video"),
        ("audio/ogg", 10, "", "audio"),
        ("audio/ogg", 10, "گوش کنید", "document"),
        ("application/pdf", 10, "فاکتور", "document"),
    ],
)
def test_files_are_uploaded_and_sent_as_what_they_are(cloud, tmp_path, type, size, text, kind):
    path = tmp_path / "file"
    path.write_bytes(b"x" * size)
    file = OutgoingFile(path, "رسید.jpg", type, size)
    assert isinstance(deliver(cloud, saying(text, file=file)), Arrived)
    (sent,) = cloud.sent
    assert sent["type"] == kind
    assert len(cloud.media[sent[kind]["id"]][0]) == size
    assert sent[kind].get("caption", "") == text


def test_a_file_that_is_gone_from_the_disk_is_tried_again(cloud, tmp_path):
    file = OutgoingFile(tmp_path / "gone", "a.jpg", "image/jpeg", 3)
    assert isinstance(deliver(cloud, saying("", file=file)), Later)


def test_after_a_day_a_template_says_once_that_there_is_an_answer(cloud):
    late = saying("پاسخ شما", heard=timedelta(hours=25))
    held = deliver(cloud, late, late, template="answer_waiting")
    assert held == [Held(), Held()]
    (sent,) = cloud.sent
    assert sent["template"] == {"name": "answer_waiting", "language": {"code": "fa"}}
    assert isinstance(deliver(cloud, saying("پاسخ شما")), Arrived)
    assert cloud.sent[-1]["text"]["body"] == "پاسخ شما"


def test_the_template_speaks_the_conversations_language(cloud):
    late = saying(lang=Lang.AR, heard=timedelta(hours=25))
    deliver(cloud, late, template="answer_waiting", template_langs="fa, ar")
    assert cloud.sent[0]["template"]["language"]["code"] == "ar"


def test_a_window_that_meta_calls_closed_is_closed(cloud):
    cloud.window_open = False
    assert deliver(cloud, saying(), template="answer_waiting") == Held()
    assert cloud.sent[0]["type"] == "template"


def test_without_a_template_what_comes_too_late_never_arrives(cloud):
    result = deliver(cloud, saying(heard=timedelta(hours=25)))
    assert result == Never("the 24 hours are over, and no template is set")
    assert cloud.sent == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (131026, Never("not reachable on WhatsApp")),
        (190, Never("the access token has expired or was taken back")),
        (131053, Never("WhatsApp does not take such a file")),
        (100, Never("WhatsApp error 100")),
        (130429, Later("WhatsApp limit 130429", timedelta(minutes=1))),
        (80007, Later("WhatsApp limit 80007", timedelta(minutes=10))),
        (131056, Later("WhatsApp limit 131056", timedelta(seconds=10))),
        (131000, Later("WhatsApp error 131000")),
        ((429, b"slow down", {"retry-after": "7"}), Later("http 429", timedelta(seconds=7))),
        ((502, b"<html>"), Later("http 502")),
        ((503, b'{"error": {"code": 2, "message": "down"}}'), Later("WhatsApp error 2")),
        ((200, b"<html>a proxy's page</html>"), Later("http 200")),
        ((403, b"<html>a proxy's page</html>"), Later("http 403")),
        ("hang up", Later("http 500")),
    ],
    ids=str,
)
def test_every_refusal_means_what_it_says(cloud, answer, expected):
    cloud.then(answer)
    assert deliver(cloud, saying()) == expected


def test_a_server_that_is_not_there_is_tried_later(cloud):
    async def act(channel):
        return await channel.deliver(saying())

    async def run():
        async with httpx.AsyncClient(trust_env=False) as client:
            return await act(WhatsApp(account("http://127.0.0.1:1"), client, clock=lambda: NOW))

    assert anyio.run(run) == Later("network")
