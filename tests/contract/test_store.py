"""What every store promises, on every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.attachment import Attached, Attachment, new_id
from jawab.support.attachment_store import AttachmentStore
from jawab.support.conversation import Owner, begin
from jawab.support.errors import (
    ClientIdReused,
    TooManyAttachments,
    UnknownAttachment,
    UnknownButton,
    UnknownConversation,
    UnknownMessage,
)
from jawab.support.feedback import Feedback, Reason, Verdict
from jawab.support.feedback_store import FeedbackStore
from jawab.support.message import Arrival, Author, Choice, Draft, Form, Picked
from jawab.support.store import Store
from jawab.support.turn import TurnState
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, 456000, tzinfo=timezone.utc)
MIXED = "سلام 👋 a\u200cb"


@pytest.fixture
def store(database):
    return Store(database)


@pytest.fixture
def chat(store):
    return opened(store)


FORM = Form("ticket", "phone", "tel", 3, 7)


def opened(store):
    conversation = begin(shop="digikala", lang=Lang.FA, now=NOW)
    choices = (
        Choice("مرجوعی", {"intent": "returns_how"}),
        Choice("ساعت", {"intent": "contact_hours"}),
    )
    store.open_conversation(conversation, Draft("سلام", Lang.FA, choices))
    return conversation.id


def say(store, chat, text, client_id=None):
    return store.accept(chat, Arrival(client_id or f"c-{text}", text=text), now=NOW).message


def sent(store, message):
    turn = store.turn(message.id).sent()
    assert store.keep(turn)
    return turn


def texts(store, chat, after=0):
    return [m.text for m in store.messages_after(chat, after, limit=1000)]


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


def test_replies_and_the_turns_end_are_stored_together(store, chat):
    message = say(store, chat, "سلام")
    turn = sent(store, message)
    report = {"intent": "greet", "confidence": 0.9, "outcome": "said", "more": ["x"]}
    replies = store.finish(
        turn.answered(report),
        [
            Draft("یک", Lang.AR),
            Draft("دو", Lang.AR, (Choice("ج", {"intent": "x"}),), FORM),
        ],
        lang=Lang.AR,
        now=NOW,
    )
    assert store.replies(message.id) == replies
    assert [r.in_reply_to for r in replies] == [message.id] * 2
    assert replies[1].buttons[0].id == f"{replies[1].id}-0"
    assert [r.form for r in store.replies(message.id)] == [None, FORM]
    assert store.turn(message.id).state is TurnState.ANSWERED
    assert store.turn(message.id).result == report
    assert store.conversation(chat).lang is Lang.AR
    assert store.messages_after(chat, 0, limit=9)[1].lang is Lang.AR
    assert store.next_turn(chat) is None


def test_a_turn_ends_once(store, chat):
    turn = sent(store, say(store, chat, "سلام"))
    assert len(store.finish(turn.answered({}), [Draft("یک", Lang.FA)], now=NOW)) == 1
    assert store.finish(turn.answered({}), [Draft("دو", Lang.FA)], now=NOW) == ()
    assert store.finish(turn.apologised("x"), [Draft("سه", Lang.FA)], now=NOW) == ()
    assert not store.keep(turn.postponed(NOW))
    assert texts(store, chat) == ["سلام", "سلام", "یک"]


def test_ends_at_the_same_moment_leave_one_answer(store, chat):
    turn = sent(store, say(store, chat, "سلام"))
    with ThreadPoolExecutor(4) as pool:
        list(
            pool.map(
                lambda n: store.finish(turn.answered({}), [Draft(str(n), Lang.FA)], now=NOW),
                range(8),
            )
        )
    assert len(texts(store, chat)) == 3


def test_the_oldest_open_turn_is_next(store, chat):
    first, second = say(store, chat, "یک"), say(store, chat, "دو")
    assert store.next_turn(chat)[1] == first
    store.finish(sent(store, first).apologised("timeout"), [Draft("ببخشید", Lang.FA)], now=NOW)
    assert store.next_turn(chat)[1] == second


def test_a_turn_keeps_when_it_is_to_be_tried_again(store, chat):
    turn = sent(store, say(store, chat, "سلام")).postponed(NOW + timedelta(seconds=6))
    assert store.keep(turn)
    assert store.next_turn(chat)[0] == turn


def test_who_is_owed_an_answer_is_known_after_a_restart(store):
    waiting, served, silent = (opened(store) for _ in range(3))
    say(store, served, "یک")
    say(store, waiting, "دو")
    turn = sent(store, store.next_turn(served)[1])
    store.finish(turn.answered({}), [Draft("پاسخ", Lang.FA)], now=NOW)
    open_ones = store.conversations_with_open_turns()
    assert waiting in open_ones
    assert served not in open_ones
    assert silent not in open_ones


def test_while_a_person_owns_the_conversation_no_turn_is_made(store, chat):
    assert store.hand_to(chat, Owner.HUMAN).owner is Owner.HUMAN
    message = say(store, chat, "کسی هست؟")
    assert store.turn(message.id) is None
    store.hand_to(chat, Owner.BOT)
    assert store.turn(say(store, chat, "سلام").id) is not None


def test_an_answer_after_a_person_took_over_is_dropped(store, chat):
    message = say(store, chat, "سلام")
    turn = sent(store, message)
    store.hand_to(chat, Owner.HUMAN)
    assert store.finish(turn.answered({}), [Draft("نه", Lang.FA)], now=NOW) == ()
    assert store.turn(message.id).state is TurnState.WAIVED
    assert texts(store, chat) == ["سلام", "سلام"]


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_texts_that_no_database_holds_are_mended(store, chat, text):
    turn = sent(store, say(store, chat, "سلام"))
    choice = Choice(text, {"intent": text, text: [text]})
    (reply,) = store.finish(turn.answered({"x": text}), [Draft(text, Lang.FA, (choice,))], now=NOW)
    assert store.messages_after(chat, reply.id - 1, limit=1) == (reply,)
    assert "\x00" not in reply.text
    reply.text.encode("utf-8")


@pytest.mark.parametrize("confidence", [0.5, 1, True, "high", None, [1]])
def test_a_report_of_any_shape_is_kept(store, chat, confidence):
    message = say(store, chat, "سلام")
    turn = sent(store, message)
    report = {"confidence": confidence, "intent": "x" * 200, "outcome": 7}
    store.finish(turn.answered(report), [Draft("پاسخ", Lang.FA)], now=NOW)
    assert store.turn(message.id).result == report


def test_everything_is_counted(store, chat):
    before = store.counts()
    turn = sent(store, say(store, chat, "سلام"))
    store.finish(turn.answered({}), [Draft("پاسخ", Lang.FA)], now=NOW)
    after = store.counts()
    assert after.messages - before.messages == 2
    assert after.turns[TurnState.ANSWERED] - before.turns.get(TurnState.ANSWERED, 0) == 1


@pytest.fixture
def files(database):
    return AttachmentStore(database)


def taken(files, chat, name="عکس.jpg"):
    shown = Attached(new_id(), name, "image/jpeg", 1234)
    files.add(Attachment(shown, chat, "a" * 64, NOW), limit=5)
    return shown


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
