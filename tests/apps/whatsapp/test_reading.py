"""WhatsApp's webhooks: checked and read."""

import pytest

from jawab.channels.contract import (
    Kind,
    RemoteFile,
)
from jawab.support.deliveries.delivery import Arrived

from ...fakes.whatsapp import (
    SHOPPER,
    VERIFY,
    message,
    signed,
    webhook,
)
from .cloud import CHANNEL, deliver, read, read_one, saying


def test_the_handshake_answers_whoever_knows_the_token():
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    assert CHANNEL.handshake(asked, "") == "1158201444"


@pytest.mark.parametrize(
    "change",
    [
        {"hub.verify_token": "guessed"},
        {"hub.verify_token": ""},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": "<script>"},
        {"hub.challenge": ""},
    ],
    ids=str,
)
def test_every_other_handshake_is_refused(change):
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    assert CHANNEL.handshake({**asked, **change}, "") is None


def test_a_signature_holds_for_these_very_bytes_only():
    body = webhook(message("text", {"body": "سلام"}))
    assert CHANNEL.verify(signed(body), body, "")
    assert not CHANNEL.verify(signed(body), body + b" ", "")
    assert not CHANNEL.verify(signed(body), body, "elsewhere")
    assert not CHANNEL.verify(signed(body, "another secret"), body, "")
    assert not CHANNEL.verify({}, body, "")
    assert not CHANNEL.verify({"x-hub-signature-256": "sha256=\xff"}, body, "")


def test_a_text_comes_with_its_writer_whose_number_is_vouched_for():
    incoming = read_one("text", {"body": "سفارشم کجاست؟"}, context={"id": "wamid.0"})
    assert (incoming.kind, incoming.text, incoming.name) == (Kind.TEXT, "سفارشم کجاست؟", "سارا")
    assert (incoming.chat, incoming.id, incoming.update) == (SHOPPER, "wamid.1", "wamid.1")
    assert (incoming.phone, incoming.own_phone) == ("+989121234567", True)
    assert incoming.reply_to == "wamid.0"


@pytest.mark.parametrize("reply", ["button_reply", "list_reply"])
def test_pressed_buttons_and_chosen_rows_come_with_their_ids(reply):
    content = {"type": reply, reply: {"id": "41-1", "title": "نه"}}
    incoming = read_one("interactive", content)
    assert (incoming.kind, incoming.button) == (Kind.BUTTON, "41-1")


@pytest.mark.parametrize("kind", ["image", "video", "audio", "document"])
def test_files_come_with_what_is_told_of_them(kind):
    content = {"id": "7", "mime_type": "x/y; codecs=opus", "caption": "شکسته", "filename": "a.pdf"}
    incoming = read_one(kind, content)
    assert incoming.kind is Kind.FILES
    assert incoming.text == "شکسته"
    assert incoming.files == (RemoteFile("7", name="a.pdf", type="x/y"),)


def test_a_voice_note_is_known_as_one():
    assert read_one("audio", {"id": "7", "mime_type": "audio/ogg", "voice": True}).files[0].voice


@pytest.mark.parametrize(
    ("type", "content", "kind", "text"),
    [
        ("sticker", {"id": "9", "mime_type": "image/webp"}, Kind.STICKER, ""),
        (
            "location",
            {"latitude": 35.7, "longitude": 51.4},
            Kind.LOCATION,
            "35.70000, 51.40000",
        ),
        ("reaction", {"message_id": "wamid.0", "emoji": "👍"}, Kind.NOTHING, ""),
        ("system", {"body": "changed number"}, Kind.NOTHING, ""),
        ("unsupported", {}, Kind.UNSUPPORTED, ""),
        ("order", {"catalog_id": "1"}, Kind.UNSUPPORTED, ""),
        ("request_welcome", {}, Kind.START, ""),
        ("text", {"body": "/start "}, Kind.START, "/start "),
        ("button", {"payload": "p", "text": "دیدن پاسخ"}, Kind.TEXT, "دیدن پاسخ"),
        ("text", {"body": ""}, Kind.UNSUPPORTED, ""),
        (
            "edit",
            {"original_message_id": "wamid.0", "message": {"type": "text", "text": {"body": "نو"}}},
            Kind.EDITED,
            "نو",
        ),
        ("revoke", {"original_message_id": "wamid.0"}, Kind.REMOVED, ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_type_is_known_for_what_it_is(type, content, kind, text):
    incoming = read_one(type, content)
    assert (incoming.kind, incoming.text) == (kind, text)


@pytest.mark.parametrize(("wa_id", "own"), [(SHOPPER, True), ("966512345678", False)])
def test_a_shared_contact_is_ones_own_only_where_it_is_the_sender(wa_id, own):
    phones = [{"phone": "+98 912 123 4567", "wa_id": wa_id}]
    (incoming,) = read(message("contacts", {}, contacts=[{"phones": phones}]))
    assert (incoming.kind, incoming.phone) == (Kind.CONTACT, "+98 912 123 4567")
    assert incoming.own_phone is own


def test_a_shopper_without_a_visible_number_is_known_by_their_id(cloud):
    hidden = message("text", {"body": "مرحبا"}, from_user_id="SA.134912086553027")
    del hidden["from"]
    (incoming,) = read(hidden)
    assert (incoming.chat, incoming.phone) == ("SA.134912086553027", None)
    assert isinstance(deliver(cloud, saying(chat=incoming.chat)), Arrived)
    assert cloud.sent[0]["recipient"] == "SA.134912086553027"


def test_a_message_that_failed_and_one_that_was_read_are_told_of():
    failed = {
        "id": "wamid.OUT1",
        "status": "failed",
        "recipient_id": SHOPPER,
        "errors": [{"code": 131026, "title": "Message undeliverable"}],
    }
    first, second = read(
        statuses=[failed, {"id": "wamid.OUT1", "status": "read", "recipient_id": SHOPPER}]
    )
    assert (first.kind, first.reply_to) == (Kind.UNDELIVERED, "wamid.OUT1")
    assert first.problem == "not reachable on WhatsApp"
    assert (second.kind, second.update) == (Kind.REACHED, "wamid.OUT1:read")
    assert (second.reply_to, second.state) == ("wamid.OUT1", "read")


def test_what_goes_to_another_number_of_the_same_app_is_not_ours():
    assert read(message("text", {"body": "سلام"}), phone="999") == ()


def test_several_messages_in_one_webhook_keep_their_order():
    found = read(*(message("text", {"body": str(n)}, id=f"wamid.{n}") for n in range(5)))
    assert [incoming.text for incoming in found] == ["0", "1", "2", "3", "4"]
