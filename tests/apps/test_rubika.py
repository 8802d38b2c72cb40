"""Rubika: its updates read, and messages sent to a Bot API on loopback that answers in Rubika's words."""

import json
from datetime import timedelta

import anyio
import httpx
import pytest
from hypothesis import example, given
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
from jawab.channels.rubika import Rubika
from jawab.support.deliveries.delivery import Arrived, Later, Never
from jawab.text.language import Lang

from ..fakes.rubika import SECRET, TOKEN, FakeRubika, RubikaCustomer
from ..unit.desk.running import Running

SECRETS = {"token": TOKEN, "secret": SECRET}


def account(url=None, *, secrets=SECRETS):
    return Account(
        "shop-rubika", "rubika", "digikala", secrets, {"username": "jawab_bot"}, base_url=url
    )


CHANNEL = Rubika(account(), httpx.AsyncClient())
SARA = RubikaCustomer(FakeRubika(), None, 1)


@pytest.fixture(scope="module")
def server():
    fake = FakeRubika()
    with Running(fake.app) as running:
        fake.url = running.url
        yield fake


@pytest.fixture
def api(server):
    server.reset()
    return server


def with_channel(api, act, *, secrets=SECRETS):
    async def run():
        async with httpx.AsyncClient(trust_env=False) as client:
            return await act(Rubika(account(api.url, secrets=secrets), client))

    return anyio.run(run)


def deliver(api, text="سلام", *, buttons=(), file=None):
    shown = tuple(OutgoingButton(f"41-{place}", title) for place, title in enumerate(buttons))
    outgoing = Outgoing("41.0", "b0sara", text, Lang.FA, shown, file)
    return with_channel(api, lambda channel: channel.deliver(outgoing))


def read(update):
    return CHANNEL.receive(json.dumps({"update": update}).encode())


def test_the_secret_in_the_address_is_the_only_key():
    for path in (SECRET, f"{SECRET}/receiveUpdate", f"{SECRET}/ReceiveInlineMessage"):
        assert CHANNEL.verify({}, b"", path)
    for path in ("", SECRET[:-1], f"{SECRET}x", f"{SECRET}/elsewhere", "سلام", "\udce9"):
        assert not CHANNEL.verify({}, b"", path)


def test_stopping_the_bot_is_blocking_it_and_starting_it_waits_for_start():
    (stopped,) = read(SARA.update("StoppedBot"))
    (started,) = read(SARA.update("StartedBot"))
    assert (stopped.kind, started.kind) == (Kind.BLOCKED, Kind.NOTHING)


def test_what_bots_and_channels_say_is_nobodys_question():
    bot = SARA.update("NewMessage", new_message=SARA.message(text="x", sender_type="Bot"))
    channel = {**SARA.update("NewMessage", new_message=SARA.message(text="x")), "chat_id": "c0x"}
    assert [read(each)[0].kind for each in (bot, channel)] == [Kind.NOTHING] * 2


def test_a_shared_contact_is_not_vouched_for():
    contact = {"phone_number": "989121234567", "first_name": "x"}
    (incoming,) = read(SARA.update("NewMessage", new_message=SARA.message(contact_message=contact)))
    assert (incoming.kind, incoming.phone, incoming.own_phone) == (
        Kind.CONTACT,
        "989121234567",
        False,
    )


def test_each_edit_of_a_message_is_an_update_of_its_own():
    edits = [
        SARA.update("UpdatedMessage", updated_message=SARA.message(id="7", text=text))
        | {"update_time": 1}
        for text in ("یک", "دو", "دو")
    ]
    first, second, again = (read(each)[0] for each in edits)
    assert first.update != second.update == again.update
    assert first.id == "7"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = ("text", "aux_data", "file", "sticker", "location", "contact_message", "poll", "sender_id")


@given(body=st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_make_it_raise(body):
    assert CHANNEL.receive(body) == ()


@given(content=st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_whatever_a_message_holds_it_is_never_lost(content):
    message = {**SARA.message(id="9"), **content}
    (incoming,) = read(SARA.update("NewMessage", new_message=message))
    assert (incoming.chat, incoming.id, incoming.update) == (SARA.chat, "9", f"{SARA.chat}:9")


@example(type="\x1f", content=None)  # nothing of it can be stored
@given(type=st.text(max_size=12) | st.just("UpdatedMessage"), content=JSON)
def test_every_other_update_is_known_when_it_comes_again(type, content):
    update = {"type": type, "chat_id": "b0sara", "updated_message": content, "x": content}
    first, again = read(update), read(update)
    assert [each.update for each in first] == [each.update for each in again]
    assert len(first) == 1


def test_words_arrive_with_a_keypad_below_the_chat(api):
    assert isinstance(deliver(api, "کدام؟", buttons=("بله", "نه")), Arrived)
    (sent,) = api.sent
    assert (sent["chat_id"], sent["text"]) == ("b0sara", "کدام؟")
    assert [row["buttons"][0]["id"] for row in sent["chat_keypad"]["rows"]] == ["41-0", "41-1"]


@pytest.mark.parametrize(
    ("type", "kind"),
    [("image/jpeg", "Image"), ("video/mp4", "Video"), ("application/pdf", "File")],
)
def test_files_go_the_way_of_three_calls(api, tmp_path, type, kind):
    path = tmp_path / "x"
    path.write_bytes(b"content")
    file = OutgoingFile(path, "رسید.jpg", type, 7)
    assert isinstance(deliver(api, "ببینید", file=file), Arrived)
    assert list(api.uploads.values()) == [kind]
    assert api.files[api.sent[0]["file_id"]] == b"content"
    assert [method for method, _ in api.asked] == ["requestSendFile", "sendFile"]


def test_a_file_goes_to_no_address_but_a_safe_one(api, tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"content")
    api.upload_address = "http://10.0.0.1/upload"
    result = deliver(api, file=OutgoingFile(path, "a.jpg", "image/jpeg", 7))
    assert result == Later("no address for the file")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("INVALID_INPUT", Never("Rubika does not take this message")),
        ("INVALID_ACCESS", Never("no access to this chat")),
        ("TOO_REQUESTS", Later("Rubika TOO_REQUESTS", timedelta(seconds=10))),
        ("SERVER_ERROR", Later("Rubika SERVER_ERROR")),
        ((502, b"<html>"), Later("http 502")),
        ((200, b"<html>"), Later("http 200")),
        ((403, b'{"status": 3}'), Later("http 403")),
    ],
    ids=str,
)
def test_every_refusal_means_what_it_says(api, answer, expected):
    api.then(answer)
    assert deliver(api) == expected


def test_a_server_that_is_not_there_is_tried_later(api):
    async def run():
        async with httpx.AsyncClient(trust_env=False) as client:
            channel = Rubika(account("http://127.0.0.1:1"), client)
            return await channel.deliver(Outgoing("1.0", "b0", "سلام", Lang.FA))

    assert anyio.run(run) == Later("network ConnectError")


async def fetched(channel, id, limit):
    return b"".join([piece async for piece in channel.fetch(RemoteFile(id), limit=limit)])


def test_a_shoppers_file_is_fetched_within_the_limit(api):
    id = api.keep(b"x" * 5000)
    assert with_channel(api, lambda channel: fetched(channel, id, 5000)) == b"x" * 5000
    for file, limit in ((id, 4999), ("gone", 5000)):
        with pytest.raises(FetchFailed) as failed:
            with_channel(api, lambda channel: fetched(channel, file, limit))  # noqa: B023
        assert failed.value.final


def test_check_and_registering_say_what_was_done(api):
    assert with_channel(api, lambda channel: channel.check()) == "@jawab_bot"
    with_channel(api, lambda channel: channel.register("https://desk.example/channels/r"))
    address = f"https://desk.example/channels/r/{SECRET}"
    assert api.endpoints == {"ReceiveUpdate": address, "ReceiveInlineMessage": address}
    with pytest.raises(ChannelError, match="token is wrong"):
        with_channel(api, lambda channel: channel.check(), secrets={**SECRETS, "token": "another"})


@pytest.mark.parametrize("missing", SECRETS)
def test_without_a_secret_it_does_not_start(missing):
    with pytest.raises(ChannelError, match=missing):
        Rubika(account(secrets={**SECRETS, missing: ""}), httpx.AsyncClient())
