"""What the store promises of conversations and messages, on every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone

import pytest

from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Author, Draft
from jawab.support.conversations.turn import TurnState
from jawab.support.errors import (
    ClientIdReused,
    UnknownButton,
    UnknownConversation,
)
from jawab.text.language import Lang

from .chats import MIXED, NOW, opened, say, texts


def test_a_conversation_comes_back_as_it_was_stored(store):
    conversation = begin(shop="souq", lang=Lang.AR, now=NOW, channel="telegram")
    greeting = store.open_conversation(conversation, Draft(MIXED, Lang.AR))
    assert store.conversation(conversation.id) == conversation
    assert store.messages_after(conversation.id, 0, limit=10) == (greeting,)
    assert (greeting.text, greeting.author, greeting.at) == (MIXED, Author.BOT, NOW)


def test_moments_are_kept_in_utc_whatever_zone_they_come_in(store, chat):
    tehran = timezone(timedelta(hours=3, minutes=30))
    at = NOW.astimezone(tehran)
    message = store.accept(chat, Arrival("c", text="سلام"), now=at).message
    assert message.at == NOW
    assert message.at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(store, chat):
    with pytest.raises(Exception, match="time zone"):
        store.accept(chat, Arrival("c", text="سلام"), now=NOW.replace(tzinfo=None))


def test_an_unknown_conversation_is_told(store):
    with pytest.raises(UnknownConversation):
        store.conversation("nowhere")
    with pytest.raises(UnknownConversation):
        store.accept("nowhere", Arrival("c", text="سلام"), now=NOW)


def test_a_message_and_its_turn_are_stored_together(store, chat):
    message = say(store, chat, "کجاست؟")
    turn = store.turn(message.id)
    assert (turn.state, turn.attempts, turn.queued_at) == (TurnState.QUEUED, 0, NOW)
    assert store.next_turn(chat) == (turn, message, store.conversation(chat))


def test_ids_grow_and_a_cursor_reads_on(store, chat):
    ids = [say(store, chat, str(n)).id for n in range(5)]
    assert ids == sorted(set(ids))
    assert texts(store, chat, after=ids[2]) == ["3", "4"]
    assert store.last_message_id(chat) == ids[-1]
    assert len(store.messages_after(chat, 0, limit=2)) == 2


def test_a_client_id_counts_once_in_its_conversation(store, chat):
    first = store.accept(chat, Arrival("c", text="سلام"), now=NOW)
    again = store.accept(chat, Arrival("c", text="سلام"), now=NOW + timedelta(hours=1))
    assert (first.fresh, again.fresh) == (True, False)
    assert first.message == again.message
    elsewhere = store.accept(opened(store), Arrival("c", text="سلام"), now=NOW)
    assert elsewhere.fresh


@pytest.mark.parametrize("other", [Arrival("c", text="نه"), Arrival("c", button="1-0")])
def test_a_client_id_with_other_content_is_refused(store, chat, other):
    store.accept(chat, Arrival("c", text="سلام"), now=NOW)
    with pytest.raises(ClientIdReused):
        store.accept(chat, other, now=NOW)
    assert texts(store, chat) == ["سلام", "سلام"]


def test_a_pressed_button_becomes_its_title_and_keeps_its_meaning(store, chat):
    button = store.messages_after(chat, 0, limit=1)[0].buttons[1]
    message = store.accept(chat, Arrival("c", button=button.id), now=NOW).message
    assert (message.text, message.pressed.meaning) == ("ساعت", {"intent": "contact_hours"})
    assert store.accept(chat, Arrival("c", button=button.id), now=NOW).message == message


def test_a_button_of_elsewhere_is_unknown(store, chat):
    theirs = store.messages_after(opened(store), 0, limit=1)[0].buttons[0].id
    with pytest.raises(UnknownButton):
        store.accept(chat, Arrival("c", button=theirs), now=NOW)


def test_duplicates_at_the_same_moment_are_stored_once(store, chat):
    with ThreadPoolExecutor(8) as pool:
        got = list(
            pool.map(lambda _: store.accept(chat, Arrival("c", text="x"), now=NOW), range(16))
        )
    assert len({accepted.message.id for accepted in got}) == 1
    assert sum(accepted.fresh for accepted in got) == 1


def test_writers_at_the_same_moment_never_make_a_reader_miss_a_message(store, chat):
    seen, last = [], 0
    with ThreadPoolExecutor(6) as pool:
        writing = [pool.submit(say, store, chat, str(n)) for n in range(30)]
        while not all(w.done() for w in writing) or store.last_message_id(chat) > last:
            for message in store.messages_after(chat, last, limit=1000):
                seen.append(message.id)
                last = message.id
    assert seen == [m.id for m in store.messages_after(chat, 0, limit=1000)]
    assert len(seen) == 31
