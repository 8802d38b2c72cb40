"""What the store of hand-overs promises, on every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from jawab.support.agent import NewAgent, Presence, Role
from jawab.support.agent_store import AgentStore
from jawab.support.conversation import Owner, begin
from jawab.support.errors import (
    AgentAway,
    AlreadyClaimed,
    ClientIdReused,
    NoHandover,
    NotYours,
)
from jawab.support.handover import Due, Ending, HandoverState, Reason
from jawab.support.handover_statements import Call
from jawab.support.handover_store import HandoverStore
from jawab.support.message import Arrival, Author, Draft
from jawab.support.note_store import NoteStore
from jawab.support.reply_store import ReplyStore
from jawab.support.store import Store
from jawab.support.ticket import Queue
from jawab.support.turn import TurnState
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)
PRESENCE = timedelta(seconds=60)
PASSWORD = "صندلی-سبز-پنجره"


def said(handover, standing):
    return Draft(f"{handover.state.value} {standing.place}", handover.lang)


@pytest.fixture
def store(database):
    return Store(database)


@pytest.fixture
def handovers(database):
    return HandoverStore(database, presence=PRESENCE)


@pytest.fixture
def notes(database):
    return NoteStore(database)


@pytest.fixture
def replies(database):
    return ReplyStore(database)


@pytest.fixture
def people(database):
    return AgentStore(database)


@pytest.fixture
def sara(people):
    return people.add(NewAgent("sara", "سارا"), PASSWORD, now=NOW)


@pytest.fixture
def ali(people):
    return people.add(NewAgent("ali", "علی"), PASSWORD, now=NOW)


def called(store, *, at=NOW, shop="souq", reason=Reason.ASKED):
    """A conversation whose shopper waits for a person."""
    conversation = begin(shop=shop, lang=Lang.AR, now=at)
    store.open_conversation(conversation, Draft("أهلا", Lang.AR))
    message = store.accept(conversation.id, Arrival("c", text="أريد موظفًا"), now=at).message
    turn = store.turn(message.id).sent()
    store.keep(turn)
    call = Call(reason, said, PRESENCE)
    store.finish(turn.answered({}), (Draft("حالًا", Lang.AR),), now=at, call=call)
    return conversation.id


def texts(store, chat):
    return [m.text for m in store.messages_after(chat, 0, limit=1000)]


def write(store, chat, text, *, at=NOW):
    return store.accept(chat, Arrival(f"c-{text}", text=text), now=at).message


def test_replies_owner_place_and_handover_are_stored_together(store, handovers):
    first, second = called(store), called(store, at=NOW + MINUTE)
    assert texts(store, first)[-2:] == ["حالًا", "waiting 1"]
    assert texts(store, second)[-1] == "waiting 2"
    assert store.conversation(first).owner is Owner.HUMAN
    handover = handovers.open_of(first)
    assert (handover.state, handover.reason, handover.asked_at) == (
        HandoverState.WAITING,
        Reason.ASKED,
        NOW,
    )
    assert [one.conversation_id for one in handovers.waiting()] == [first, second]


def test_the_bot_is_silent_while_a_person_is_awaited(store):
    chat = called(store)
    message = write(store, chat, "هل من أحد؟")
    assert store.turn(message.id) is None
    assert store.next_turn(chat) is None


def test_a_turn_on_its_way_is_waived_when_a_person_was_called_before_it_ended(store):
    conversation = begin(shop="souq", lang=Lang.AR, now=NOW)
    store.open_conversation(conversation, Draft("أهلا", Lang.AR))
    first, second = write(store, conversation.id, "1"), write(store, conversation.id, "2")
    for message, call in ((first, Call(Reason.ASKED, said, PRESENCE)), (second, None)):
        turn = store.turn(message.id).sent()
        store.keep(turn)
        store.finish(turn.answered({}), (Draft("جواب", Lang.AR),), now=NOW, call=call)
    assert store.turn(second.id).state is TurnState.WAIVED
    assert texts(store, conversation.id).count("جواب") == 1


def test_one_of_twenty_who_claim_at_once_wins(store, handovers, people):
    crowd = [people.add(NewAgent(f"agent{n}", f"Agent {n}"), PASSWORD, now=NOW) for n in range(20)]
    chat = called(store)

    def claim(agent):
        try:
            return handovers.claim(chat, agent, now=NOW, said=said).handover.agent_id
        except AlreadyClaimed as error:
            return error.agent_name

    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(claim, crowd))
    (winner,) = [result for result in results if isinstance(result, int)]
    name = next(agent.name for agent in crowd if agent.id == winner)
    assert results.count(name) == 19
    assert texts(store, chat).count("active 0") == 1


def test_claiming_again_is_no_error_and_says_nothing_twice(store, handovers, sara):
    chat = called(store)
    first = handovers.claim(chat, sara, now=NOW, said=said)
    again = handovers.claim(chat, sara, now=NOW + MINUTE, said=said)
    assert again.handover == first.handover
    assert again.message is None


def test_nothing_is_claimed_where_the_bot_answers(store, handovers, sara, replies):
    conversation = begin(shop="souq", lang=Lang.AR, now=NOW)
    store.open_conversation(conversation, Draft("أهلا", Lang.AR))
    with pytest.raises(NoHandover):
        handovers.claim(conversation.id, sara, now=NOW, said=said)
    with pytest.raises(NoHandover):
        replies.write(conversation.id, sara, client_id="1", text="x", now=NOW)


def test_an_agents_answer_is_stored_once_and_signed(store, handovers, sara, replies):
    chat = called(store)
    handovers.claim(chat, sara, now=NOW, said=said)
    message, fresh = replies.write(chat, sara, client_id="c", text="كيف أساعدكم؟", now=NOW)
    again, doubled = replies.write(chat, sara, client_id="c", text="كيف أساعدكم؟", now=NOW)
    assert (fresh, doubled, again) == (True, False, message)
    assert (message.author, message.agent_id, message.signature) == (
        Author.AGENT,
        sara.id,
        "سارا",
    )
    with pytest.raises(ClientIdReused):
        replies.write(chat, sara, client_id="c", text="شيء آخر", now=NOW)
    assert store.messages_after(chat, 0, limit=100)[-1] == message


def test_only_the_holder_answers(store, handovers, sara, ali, replies):
    chat = called(store)
    with pytest.raises(NotYours):
        replies.write(chat, sara, client_id="1", text="x", now=NOW)
    handovers.claim(chat, sara, now=NOW, said=said)
    with pytest.raises(NotYours):
        replies.write(chat, ali, client_id="1", text="x", now=NOW)
    answer, fresh = replies.write(
        chat, ali, client_id="1", text="عن تذكرتكم", now=NOW, holding=False
    )
    assert fresh
    assert answer.signature == "علی"


def test_the_agents_clock_runs_from_the_first_unanswered_message(store, handovers, sara, replies):
    chat = called(store)
    handovers.claim(chat, sara, now=NOW, said=said)
    replies.write(chat, sara, client_id="1", text="نعم؟", now=NOW)
    assert handovers.open_of(chat).unanswered_since is None
    write(store, chat, "أولًا", at=NOW + MINUTE)
    write(store, chat, "ثانيًا", at=NOW + 2 * MINUTE)
    assert handovers.open_of(chat).unanswered_since == NOW + MINUTE


def test_a_transfer_goes_to_a_colleague_who_is_there_or_to_the_front_of_a_queue(
    store, handovers, people, sara, ali
):
    earlier, chat = called(store), called(store, at=NOW + MINUTE)
    handovers.claim(chat, sara, now=NOW, said=said)
    with pytest.raises(AgentAway):
        handovers.transfer(chat, sara, ali, now=NOW, said=said)
    people.be(ali.id, Presence.ONLINE, now=NOW)
    with pytest.raises(NotYours):
        handovers.transfer(chat, ali, ali, now=NOW, said=said)
    moved = handovers.transfer(chat, sara, ali, now=NOW, said=said)
    assert moved.handover.agent_id == ali.id
    back = handovers.transfer(chat, ali, Queue.SHOPPERS, now=NOW, said=said)
    assert (back.handover.state, back.standing.place) == (HandoverState.WAITING, 1)
    assert [one.conversation_id for one in handovers.waiting()] == [chat, earlier]


def test_one_who_waits_is_given_to_a_colleague_by_anybody(store, handovers, people, sara, ali):
    chat = called(store)
    with pytest.raises(AgentAway):
        handovers.transfer(chat, sara, ali, now=NOW, said=said)
    people.be(ali.id, Presence.ONLINE, now=NOW)
    given = handovers.transfer(chat, sara, ali, now=NOW, said=said).handover
    assert (given.agent_id, given.first_claimed_at) == (ali.id, NOW)
    with pytest.raises(NotYours):  # too late: it is in somebody's hands
        handovers.transfer(chat, sara, ali, now=NOW, said=said)


def test_a_chat_that_is_over_is_taken_up_again_by_one(store, handovers, sara, ali):
    chat = called(store)
    with pytest.raises(NoHandover):
        handovers.reopen(chat, sara, now=NOW, said=said)
    handovers.claim(chat, sara, now=NOW, said=said)
    handovers.finish(chat, sara, Ending.CLOSED, now=NOW, said=said)
    again = handovers.reopen(chat, ali, now=NOW, said=said).handover
    assert (again.state, again.agent_id) == (HandoverState.ACTIVE, ali.id)
    assert again.first_claimed_at is None  # nobody waited
    assert store.conversation(chat).owner is Owner.HUMAN
    assert handovers.reopen(chat, ali, now=NOW, said=said).handover == again
    with pytest.raises(AlreadyClaimed):
        handovers.reopen(chat, sara, now=NOW, said=said)


def test_where_no_person_was_called_there_is_nothing_to_reopen(store, handovers, sara):
    chat = begin(shop="souq", lang=Lang.EN, now=NOW)
    store.open_conversation(chat, Draft("hello", Lang.EN))
    with pytest.raises(NoHandover):
        handovers.reopen(chat.id, sara, now=NOW, said=said)


def test_a_note_goes_along_with_the_transfer_or_not_at_all(
    store, handovers, people, sara, ali, notes
):
    chat = called(store)
    handovers.claim(chat, sara, now=NOW, said=said)
    with pytest.raises(AgentAway):
        handovers.transfer(chat, sara, ali, now=NOW, said=said, note="لطفاً پیگیری کن")
    assert notes.of_conversation(chat) == ()
    handovers.transfer(chat, sara, Queue.SELLERS, now=NOW, said=said, note="لطفاً پیگیری کن")
    assert [note.text for note in notes.of_conversation(chat)] == ["لطفاً پیگیری کن"]


def test_a_lead_may_move_what_others_hold(store, handovers, people, sara):
    lead = people.add(NewAgent("lead", "Lead", Role.LEAD), PASSWORD, now=NOW)
    chat = called(store)
    handovers.claim(chat, sara, now=NOW, said=said)
    assert (
        handovers.finish(chat, lead, Ending.RETURNED, now=NOW, said=said).handover.ending
        is Ending.RETURNED
    )


@pytest.mark.parametrize("ending", [Ending.RETURNED, Ending.CLOSED])
def test_the_bot_answers_again_when_the_agent_is_through(store, handovers, sara, ending):
    chat = called(store)
    handovers.claim(chat, sara, now=NOW, said=said)
    handovers.finish(chat, sara, ending, now=NOW + MINUTE, said=said)
    assert store.conversation(chat).owner is Owner.BOT
    assert handovers.open_of(chat) is None
    message = write(store, chat, "وماذا بعد؟")
    assert store.turn(message.id).state is TurnState.QUEUED
    assert [one.ending for one in handovers.of_conversation(chat)] == [ending]


def test_who_stops_waiting_is_back_with_the_bot_once(store, handovers):
    chat = called(store)
    message = write(store, chat, "لا أريد الانتظار")
    change = handovers.leave(chat, message, Ending.STOPPED, now=NOW, said=said)
    assert change.message.in_reply_to == message.id
    assert handovers.leave(chat, message, Ending.STOPPED, now=NOW, said=said) is None
    assert texts(store, chat)[-1] == "ended 0"
    assert store.conversation(chat).owner is Owner.BOT


def test_a_word_said_before_the_call_does_not_end_the_waiting(store, handovers):
    chat = called(store, at=NOW + MINUTE)
    early = store.messages_after(chat, 0, limit=1)[0]
    old = write(store, chat, "قديم", at=NOW)
    assert early.at == NOW + MINUTE
    assert handovers.leave(chat, old, Ending.STOPPED, now=NOW, said=said) is None
    assert handovers.open_of(chat) is not None


def test_who_leaves_for_a_ticket_is_put_to_the_bot(store, handovers):
    chat = called(store)
    message = write(store, chat, "تذكرة")
    handovers.leave(chat, message, Ending.TICKET, now=NOW, said=None)
    assert store.next_turn(chat)[0].message_id == message.id
    assert handovers.leave(chat, message, Ending.TICKET, now=NOW, said=None) is None


def test_who_waits_on_is_answered_once(store, handovers):
    chat = called(store)
    message = write(store, chat, "سأنتظر")
    later = NOW + 5 * MINUTE
    assert handovers.wait_on(chat, message, now=later, said=said).handover.waiting_since == later
    assert handovers.wait_on(chat, message, now=later, said=said) is None


def test_what_is_due_is_done_once_and_not_when_something_changed(store, handovers, sara):
    chat = called(store)
    seen = handovers.open_of(chat)
    late = handovers.settle(seen, Due.LATE, now=NOW + MINUTE, said=said)
    assert late.handover.told_at == NOW + MINUTE
    assert handovers.settle(seen, Due.NOBODY, now=NOW + MINUTE, said=said) is None
    handovers.claim(chat, sara, now=NOW + MINUTE, said=said)
    taken = handovers.open_of(chat)
    back = handovers.settle(taken, Due.GONE, now=NOW + 3 * MINUTE, said=said).handover
    assert (back.state, back.front, back.agent_id) == (HandoverState.WAITING, True, None)
    handovers.settle(back, Due.NOBODY, now=NOW + 30 * MINUTE, said=said)
    assert store.conversation(chat).owner is Owner.BOT
    (missed,) = handovers.ended(Ending.NOBODY, before=None, limit=10)
    assert missed.conversation_id == chat
    assert handovers.ended(Ending.NOBODY, before=missed.id, limit=10) == ()


def test_the_expected_wait_comes_from_the_shops_latest_waits(store, handovers, people, sara):
    people.be(sara.id, Presence.ONLINE, now=NOW)
    for _ in range(3):
        handovers.claim(called(store), sara, now=NOW + 2 * MINUTE, said=said)
    people.seen(sara.id, now=NOW + 2 * MINUTE)
    chat = called(store, at=NOW + 2 * MINUTE)
    where = handovers.standing(handovers.open_of(chat), now=NOW + 2 * MINUTE)
    assert (where.place, where.wait) == (1, 2 * MINUTE)
    elsewhere = called(store, at=NOW + 2 * MINUTE, shop="digikala")
    where = handovers.standing(handovers.open_of(elsewhere), now=NOW + 2 * MINUTE)
    assert (where.place, where.wait) == (1, None)


def test_the_watchdog_sees_every_open_one_with_its_agents_last_sign(store, handovers, people, sara):
    waits, held = called(store), called(store)
    handovers.claim(held, sara, now=NOW, said=said)
    people.seen(sara.id, now=NOW + MINUTE)
    watched = {one.handover.conversation_id: one.agent_seen_at for one in handovers.watched()}
    assert watched == {waits: None, held: NOW + MINUTE}
    assert [one.conversation_id for one in handovers.held_by(sara.id)] == [held]


def test_notes_are_kept_in_order_with_their_writers(store, handovers, sara, ali, notes):
    chat = called(store)
    notes.add(chat, sara, "مشتری ناراحت است", now=NOW)
    notes.add(chat, ali, "باشه", now=NOW)
    assert [(n.agent_name, n.text) for n in notes.of_conversation(chat)] == [
        ("سارا", "مشتری ناراحت است"),
        ("علی", "باشه"),
    ]
    assert "باشه" not in texts(store, chat)


def test_two_open_handovers_of_one_conversation_cannot_be(store, database):
    chat = called(store)
    with pytest.raises(Exception, match=r"(?i)unique"), database.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO handovers (conversation_id, shop, lang, reason, queue, state, asked_at,"
                " waiting_since, front) SELECT conversation_id, shop, lang, reason, queue, state,"
                " asked_at, waiting_since, front FROM handovers WHERE conversation_id = :id"
            ),
            {"id": chat},
        )
