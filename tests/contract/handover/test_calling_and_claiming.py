"""A person is called, one agent takes the conversation and answers, on every database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from jawab.support.agents.agent import NewAgent
from jawab.support.conversations.conversation import Owner, begin
from jawab.support.conversations.message import Author, Draft
from jawab.support.conversations.turn import TurnState
from jawab.support.errors import (
    AlreadyClaimed,
    ClientIdReused,
    NoHandover,
    NotYours,
)
from jawab.support.handovers.handover import HandoverState, Reason
from jawab.support.handovers.statements import Call
from jawab.text.language import Lang

from .calls import MINUTE, NOW, PASSWORD, PRESENCE, called, said, texts, write


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
