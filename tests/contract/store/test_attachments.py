"""What the stores of attachments and verdicts promise, on every database."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from jawab.support.attachments.attachment import Attachment
from jawab.support.conversations.feedback import Feedback, Reason, Verdict
from jawab.support.conversations.feedback_store import FeedbackStore
from jawab.support.conversations.message import Arrival, Picked
from jawab.support.errors import (
    ClientIdReused,
    TooManyAttachments,
    UnknownAttachment,
    UnknownConversation,
    UnknownMessage,
)

from .chats import MIXED, NOW, opened, say, taken


def test_an_attachment_comes_back_as_it_was_stored(files, chat):
    shown = taken(files, chat, MIXED)
    assert files.get(shown.id) == Attachment(shown, chat, "a" * 64, NOW)
    assert files.count(chat) == 1


def test_a_message_carries_its_attachments_in_their_order(store, files, chat):
    shown = [taken(files, chat, str(n)) for n in range(3)]
    ids = tuple(each.id for each in reversed(shown))
    message = store.accept(chat, Arrival("c", text="", attachments=ids), now=NOW).message
    assert message.attachments == tuple(reversed(shown))
    assert store.messages_after(chat, 0, limit=9)[-1] == message
    again = store.accept(chat, Arrival("c", text="", attachments=ids), now=NOW)
    assert (again.fresh, again.message) == (False, message)
    assert store.next_turn(chat)[1] == message


def test_an_attachment_is_carried_once_and_in_its_conversation(store, files, chat):
    id = taken(files, chat).id
    for where, ids in ((opened(store), (id,)), (chat, (id, "none")), (chat, ("none",))):
        with pytest.raises(UnknownAttachment):
            store.accept(where, Arrival("c", text="", attachments=ids), now=NOW)
    store.accept(chat, Arrival("c", text="", attachments=(id,)), now=NOW)
    with pytest.raises(UnknownAttachment):
        store.accept(chat, Arrival("d", text="", attachments=(id,)), now=NOW)


def test_two_messages_at_the_same_moment_do_not_share_an_attachment(store, files, chat):
    id = taken(files, chat).id

    def send(number):
        try:
            store.accept(chat, Arrival(str(number), text="", attachments=(id,)), now=NOW)
        except UnknownAttachment:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(8))) == 1


def test_a_conversation_has_so_many_attachments_at_most(store, files, chat):
    def add(_):
        try:
            taken(files, chat)
        except TooManyAttachments:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(12))) == 5
    assert files.count(chat) == 5
    taken(files, opened(store))


def test_attachments_of_nowhere_are_told(files):
    with pytest.raises(UnknownAttachment):
        files.get("nothing")
    with pytest.raises(UnknownConversation):
        files.count("nowhere")
    with pytest.raises(UnknownConversation):
        taken(files, "nowhere")


def test_a_picked_question_is_stored_by_its_title_and_meaning(store, chat):
    def pick(title):
        return store.accept(chat, Arrival("c", question=Picked("returns_how", title)), now=NOW)

    message = pick("مرجوعی").message
    assert (message.text, message.pressed.meaning) == ("مرجوعی", {"intent": "returns_how"})
    assert pick("Returns").message == message
    with pytest.raises(ClientIdReused):
        store.accept(chat, Arrival("c", text="مرجوعی"), now=NOW)


def test_the_last_verdict_on_a_message_counts(store, database, chat):
    verdicts, said = FeedbackStore(database), store.messages_after(chat, 0, limit=1)[0].id
    assert verdicts.of(said) is None
    up = Feedback(chat, said, Verdict.UP, NOW)
    down = Feedback(chat, said, Verdict.DOWN, NOW, Reason.UNCLEAR, MIXED)
    for given in (up, down):
        verdicts.keep(given)
        assert verdicts.of(said) == given
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(verdicts.keep, [up, down] * 8))
    assert verdicts.of(said) in (up, down)


def test_only_the_bots_messages_of_the_conversation_are_judged(store, database, chat):
    verdicts = FeedbackStore(database)
    own, other = say(store, chat, "سلام").id, opened(store)
    elsewhere = store.messages_after(other, 0, limit=1)[0].id
    for message in (own, elsewhere, 10**9):
        with pytest.raises(UnknownMessage):
            verdicts.keep(Feedback(chat, message, Verdict.UP, NOW))
    with pytest.raises(UnknownConversation):
        verdicts.keep(Feedback("nowhere", elsewhere, Verdict.UP, NOW))
