"""What the inbox, the chats and the order of the outbox promise, on every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.apps.chat import Chat, Fate
from jawab.support.apps.inbox import ALBUM_PAUSE, InboxStore, Post
from jawab.support.apps.store import ChatStore
from jawab.support.conversations.conversation import Owner, begin
from jawab.support.conversations.message import Author, Draft
from jawab.support.conversations.store import Store
from jawab.support.deliveries import outbox
from jawab.support.deliveries.delivery import Carrier, Parcel
from jawab.support.deliveries.store import DeliveryStore
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, tzinfo=timezone.utc)
LEASE = timedelta(minutes=5)


@pytest.fixture
def inbox(database):
    return InboxStore(database)


@pytest.fixture
def chats(database):
    return ChatStore(database)


def enter(chats, chat="42", account="bot"):
    conversation = begin(shop="souq", lang=Lang.AR, now=NOW, channel="telegram")
    return chats.enter(
        Chat(account, chat, conversation.id, "42", "نور", heard_at=NOW), conversation
    )


def test_an_update_is_kept_once(inbox):
    post = Post("1", "42", {"text": "سلام"})
    assert inbox.put("bot", [post], now=NOW) == ("42",)
    assert inbox.put("bot", [post], now=NOW) == ()
    assert inbox.put("other", [post], now=NOW) == ("42",)
    (item,) = inbox.take("bot", "42", now=NOW, lease=LEASE)
    assert item.post.body == {"text": "سلام"}
    assert inbox.take("bot", "42", now=NOW, lease=LEASE) == ()
    inbox.done([item])
    assert inbox.put("bot", [post], now=NOW) == ()
    assert inbox.due(["bot", "other"], now=NOW + LEASE, limit=9) == (("other", "42"),)


def test_those_who_bring_it_at_once_bring_it_once(inbox):
    with ThreadPoolExecutor(6) as pool:
        post = [Post("1", "42", {"text": "x"})]
        fresh = list(pool.map(lambda _: inbox.put("bot", post, now=NOW), range(12)))
    assert sorted(fresh) == [()] * 11 + [("42",)]


def test_a_chat_is_taken_in_order_and_left_alone_while_it_waits(inbox):
    inbox.put("bot", [Post(str(n), "42", {"n": n}) for n in range(3)], now=NOW)
    first = inbox.take("bot", "42", now=NOW, lease=LEASE)
    inbox.postpone(first, NOW + timedelta(seconds=9))
    assert inbox.take("bot", "42", now=NOW, lease=LEASE) == ()
    again = inbox.take("bot", "42", now=NOW + timedelta(seconds=9), lease=LEASE)
    assert [(item.post.body["n"], item.attempts) for item in again] == [(0, 2)]
    inbox.done(again)
    (second,) = inbox.take("bot", "42", now=NOW, lease=LEASE)
    assert second.post.body["n"] == 1


def test_an_album_is_taken_whole(inbox):
    inbox.put("bot", [Post("1", "42", {"n": 1}, album="g")], now=NOW)
    later = NOW + ALBUM_PAUSE / 2
    inbox.put("bot", [Post("2", "42", {"n": 2}, album="g")], now=later)
    assert inbox.take("bot", "42", now=NOW + ALBUM_PAUSE, lease=LEASE) == ()
    whole = inbox.take("bot", "42", now=later + ALBUM_PAUSE, lease=LEASE)
    assert [item.post.body["n"] for item in whole] == [1, 2]


def test_neither_what_is_put_off_nor_an_account_that_is_gone_hides_what_is_due(inbox):
    for chat in ("1", "2"):
        inbox.put("gone", [Post(f"1{chat}", chat, {"n": 1})], now=NOW)
        inbox.put("bot", [Post(f"{n}{chat}", chat, {"n": n}) for n in range(2)], now=NOW)
        inbox.postpone(inbox.take("bot", chat, now=NOW, lease=LEASE), NOW + LEASE)
    inbox.put("bot", [Post("3", "3", {"n": 3})], now=NOW)
    assert inbox.due(["bot"], now=NOW, limit=2) == (("bot", "3"),)
    assert inbox.due(["bot"], now=NOW + LEASE, limit=2) == (("bot", "1"), ("bot", "2"))


def test_what_needs_nothing_and_offsets_are_kept_too(inbox):
    assert inbox.offset("bot") is None
    assert inbox.put("bot", [Post("1", "", None)], now=NOW, offset="2") == ()
    inbox.put("bot", [], now=NOW, offset="7")
    assert inbox.offset("bot") == "7"
    assert inbox.due(["bot"], now=NOW, limit=9) == ()
    assert inbox.tidy(before=NOW + timedelta(days=1)) == 1


def test_a_chat_is_one_conversation(chats, database):
    first, again = enter(chats), enter(chats)
    assert first.conversation_id == again.conversation_id
    assert enter(chats, account="other").conversation_id != first.conversation_id
    assert Store(database).conversation(first.conversation_id).channel == "telegram"


def test_a_note_is_kept_once_and_answered_only_by_the_bot(chats, database):
    id = enter(chats).conversation_id
    note = {"client_id": "1", "text": "〔x〕", "reply": Draft("لطيف", Lang.AR), "now": NOW}
    assert chats.note(id, **note).text == "〔x〕"
    assert chats.note(id, **note) is None
    assert [m.author for m in chats.unanswered(id)] == [Author.BOT]
    Store(database).hand_to(id, Owner.HUMAN)
    chats.note(id, **{**note, "client_id": "2"})
    assert chats.unanswered(id) == ()


def test_only_what_the_bot_and_agents_say_in_a_chat_leaves_for_it(chats, database):
    id = enter(chats).conversation_id
    chats.note(id, client_id="1", text="x", reply=Draft("لطيف", Lang.AR), now=NOW)
    (said,) = chats.unanswered(id)
    sent = [d.parcel for d in DeliveryStore(database).of(id) if d.parcel.carrier is Carrier.CHANNEL]
    assert [parcel.data for parcel in sent] == [{"message": said.id}]
    site = begin(shop="souq", lang=Lang.AR, now=NOW)
    Store(database).open_conversation(site, Draft("أهلا", Lang.AR))
    assert all(d.parcel.carrier is not Carrier.CHANNEL for d in DeliveryStore(database).of(site.id))


def test_nothing_overtakes_within_a_chat(database):
    deliveries = DeliveryStore(database)
    with database.writing() as connection:
        for subject, number in (("a", 1), ("a", 2), ("b", 3)):
            parcel = Parcel(Carrier.CHANNEL, "message", subject, {"message": number}, NOW)
            outbox.put(connection, [parcel])

    def take(at=NOW):
        taken = deliveries.take([Carrier.CHANNEL], now=at, lease=LEASE, limit=9)
        return {d.parcel.data["message"]: d for d in taken}

    first = take()
    assert sorted(first) == [1, 3]
    deliveries.progress(first[1], until=NOW + LEASE, arrived=1)
    deliveries.postpone(first[1], NOW + timedelta(seconds=9), "http 500")
    assert take() == {}
    (again,) = take(NOW + timedelta(seconds=9)).values()
    assert again.parcel.data == {"message": 1, "arrived": 1}
    deliveries.give_up(again, "blocked", now=NOW)
    assert list(take()) == [2]
    assert ChatStore(database).undelivered("a") == {1: "blocked"}


def test_a_message_came_as_far_as_its_slowest_part_and_nothing_is_taken_back(chats):
    id = enter(chats).conversation_id
    chats.note(id, client_id="1", text="x", reply=Draft("لطيف", Lang.AR), now=NOW)
    (said,) = chats.unanswered(id)
    assert chats.fates(()) == {}
    assert chats.fates((id,)) == {id: {}}
    for part in ("1", "2"):
        chats.went("bot", "42", part, said)
    assert chats.reached("bot", "42", "1", "read") == id
    assert chats.fates((id,)) == {id: {}}
    assert chats.reached("bot", "42", "2", "delivered") == id
    assert chats.reached("bot", "42", "2", "delivered") is None  # told again, as apps do
    assert chats.fates((id,)) == {id: {said.id: Fate.DELIVERED}}
    chats.reached("bot", "42", "2", "read")
    assert chats.reached("bot", "42", "2", "delivered") is None
    assert chats.fates((id,)) == {id: {said.id: Fate.READ}}
    chats.failed("bot", "42", "2", "131047")
    assert chats.fates((id,)) == {id: {said.id: Fate.LOST}}


def test_a_failure_that_is_told_afterwards_is_kept(chats):
    id = enter(chats).conversation_id
    chats.note(id, client_id="1", text="x", reply=Draft("لطيف", Lang.AR), now=NOW)
    (said,) = chats.unanswered(id)
    chats.went("bot", "42", "wamid.1", said)
    assert chats.failed("bot", "43", "wamid.1", "x") is None
    assert chats.failed("bot", "42", "wamid.1", "131047") == id
    assert chats.undelivered(id) == {said.id: "131047"}
