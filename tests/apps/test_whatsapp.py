"""WhatsApp: its webhooks read, and messages sent to a Cloud API on loopback that refuses what Meta refuses."""

import json
from datetime import datetime, timedelta, timezone

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jawab.channels.account import Account
from jawab.channels.contract import (
    ChannelError,
    FetchFailed,
    Kind,
    Outgoing,
    OutgoingButton,
    OutgoingFile,
    RemoteFile,
)
from jawab.channels.plan import Addressee, plan
from jawab.channels.whatsapp import WhatsApp
from jawab.support.delivery import Arrived, Held, Later, Never
from jawab.support.message import Author, Button, Message
from jawab.text.language import Lang

from ..unit.desk.running import Running
from .fake_whatsapp import (
    APP_SECRET,
    PHONE,
    SHOPPER,
    TOKEN,
    VERIFY,
    FakeWhatsApp,
    message,
    signed,
    webhook,
)

NOW = datetime(2026, 10, 1, 12, tzinfo=timezone.utc)
SECRETS = {"token": TOKEN, "app_secret": APP_SECRET, "verify_token": VERIFY}


def account(url=None, *, secrets=SECRETS, **options):
    known = {"phone_id": PHONE, **options}
    return Account("shop-whatsapp", "whatsapp", "digikala", secrets, known, base_url=url)


CHANNEL = WhatsApp(account(), httpx.AsyncClient())


@pytest.fixture(scope="module")
def _server():
    fake = FakeWhatsApp()
    with Running(fake.app) as server:
        fake.url = server.url
        yield fake


@pytest.fixture
def cloud(_server):
    _server.reset()
    return _server


def with_channel(cloud, act, **options):
    """Run `await act(channel)` with a channel of its own."""
    secrets = options.pop("secrets", SECRETS)

    async def run():
        async with httpx.AsyncClient(trust_env=False) as client:
            return await act(
                WhatsApp(account(cloud.url, secrets=secrets, **options), client, clock=lambda: NOW)
            )

    return anyio.run(run)


def deliver(cloud, *outgoing, **options):
    async def act(channel):
        return [await channel.deliver(each) for each in outgoing]

    results = with_channel(cloud, act, **options)
    return results[0] if len(results) == 1 else results


def saying(
    text="سلام", *, titles=(), lang=Lang.FA, heard=timedelta(hours=1), chat=SHOPPER, file=None
):
    buttons = tuple(OutgoingButton(f"41-{place}", title) for place, title in enumerate(titles))
    return Outgoing("41.0", chat, text, lang, buttons, file, heard_at=NOW - heard)


def read(*messages, **values):
    return CHANNEL.receive(webhook(*messages, **values))


def read_one(type, content, **more):
    (incoming,) = read(message(type, content, **more))
    return incoming


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


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
TYPES = (
    "text",
    "interactive",
    "button",
    "image",
    "contacts",
    "location",
    "edit",
    "revoke",
    "sticker",
)


@given(body=st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_make_it_raise(body):
    assert CHANNEL.receive(body) == ()


@given(type=st.sampled_from(TYPES) | st.text(max_size=12), content=JSON, context=JSON)
def test_whatever_a_message_holds_it_is_never_lost(type, content, context):
    sent = {"from": SHOPPER, "id": "wamid.9", "context": context, "type": type}
    (incoming,) = read({**sent, type: content, "type": type, "from": SHOPPER, "id": "wamid.9"})
    assert (incoming.chat, incoming.id, incoming.update) == (SHOPPER, "wamid.9", "wamid.9")


@given(value=JSON, statuses=JSON, contacts=JSON)
def test_the_rest_of_a_webhook_may_be_anything(value, statuses, contacts):
    body = json.loads(webhook(message("text", {"body": "سلام"})))
    inside = body["entry"][0]["changes"][0]["value"]
    inside.update(statuses=statuses, contacts=contacts, errors=value)
    found = CHANNEL.receive(json.dumps(body).encode())
    assert [incoming.text for incoming in found if incoming.kind is Kind.TEXT] == ["سلام"]


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


async def _fetched(channel, id, limit):
    return b"".join([piece async for piece in channel.fetch(RemoteFile(id), limit=limit)])


def test_a_shoppers_file_is_fetched_with_the_token(cloud):
    id = cloud.keep(b"photo" * 1000, "image/jpeg")
    assert with_channel(cloud, lambda channel: _fetched(channel, id, 5000)) == b"photo" * 1000
    assert cloud.fetched == [f"Bearer {TOKEN}"]


def test_a_file_that_is_too_large_is_not_fetched(cloud):
    id = cloud.keep(b"x" * 5001, "image/jpeg")
    with pytest.raises(FetchFailed, match="too large") as failed:
        with_channel(cloud, lambda channel: _fetched(channel, id, 5000))
    assert failed.value.final
    assert cloud.fetched == []


def test_the_token_is_shown_to_nobody_but_meta(cloud):
    id = cloud.keep(b"photo", "image/jpeg")
    for address in ("https://fbsbx.com.evil.example/x", "http://lookaside.fbsbx.com/x", "//[", ""):
        cloud.file_address = address or "no address"
        with pytest.raises(FetchFailed, match="no address"):
            with_channel(cloud, lambda channel: _fetched(channel, id, 5000))


def test_a_file_that_is_gone_is_not_asked_for_again(cloud):
    with pytest.raises(FetchFailed) as failed:
        with_channel(cloud, lambda channel: _fetched(channel, "404", 5000))
    assert failed.value.final


def test_typing_is_shown_under_the_last_message(cloud):
    async def act(channel):
        await channel.typing(SHOPPER)
        channel.receive(webhook(message("text", {"body": "سلام"}, id="wamid.77")))
        await channel.typing(SHOPPER)

    with_channel(cloud, act)
    assert cloud.seen == ["wamid.77"]


def test_check_tells_who_the_account_is(cloud):
    said = with_channel(cloud, lambda channel: channel.check(), template="answer_waiting")
    assert said == "+98 21 9100 0100 دیجی‌کالا"


def test_check_says_what_is_wrong_with_the_token(cloud):
    wrong = {**SECRETS, "token": "old"}
    with pytest.raises(ChannelError, match="expired"):
        with_channel(cloud, lambda channel: channel.check(), secrets=wrong)


def test_registering_gives_meta_the_address_and_the_token(cloud):
    address = "https://desk.example/channels/shop-whatsapp"
    with_channel(cloud, lambda channel: channel.register(address))
    assert cloud.webhook == {"override_callback_uri": address, "verify_token": VERIFY}
    cloud.then(100)
    assert address in with_channel(cloud, lambda channel: channel.register(address))
    with_channel(cloud, lambda channel: channel.unregister())
    assert cloud.webhook == {"override_callback_uri": ""}


@pytest.mark.parametrize("missing", SECRETS)
def test_without_a_secret_it_does_not_start(missing):
    with pytest.raises(ChannelError, match=missing):
        WhatsApp(account(secrets={**SECRETS, missing: ""}), httpx.AsyncClient())


def test_without_the_numbers_id_it_does_not_start():
    with pytest.raises(ChannelError, match="phone_id"):
        WhatsApp(account(phone_id="+98 21"), httpx.AsyncClient())
