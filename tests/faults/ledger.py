"""What was promised to everybody, held against what is there when all is calm again."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from jawab.support.conversations.store import Store
from jawab.support.conversations.turn import TurnState
from jawab.support.database import Database
from jawab.support.deliveries.delivery import Carrier, DeliveryState
from jawab.support.deliveries.tables import deliveries
from jawab.support.tables import tickets, turns

from .people import FILED, Accepted, Agent, Door

PAGE = 200
# What goes to the outside of these tests; without a team nobody takes what is meant for one.
OUTSIDE = (Carrier.WEBHOOK.value, Carrier.MAIL.value)


@dataclass(frozen=True)
class Verdict:
    """Numbers for the report; what must not be has failed before."""

    conversations: int
    messages: int
    repeated: int
    turns: Counter[TurnState]
    tickets: int
    agents_messages: int
    webhooks: int
    mails: int

    def __str__(self) -> str:
        """One line a number."""
        ended = {state.value: number for state, number in self.turns.items()}
        return (
            f"{self.conversations} conversations, {self.messages} messages accepted "
            f"({self.repeated} sendings repeated), 0 lost, 0 doubled; turns {ended}; "
            f"{self.tickets} tickets, {self.agents_messages} messages of agents, "
            f"{self.webhooks} webhooks and {self.mails} mails arrived"
        )


def transcript(door: Door, accepted: Accepted) -> list[dict]:
    """Everything said in a conversation, as its shopper reads it."""
    found: list[dict] = []
    while True:
        answer = door.insist(
            "GET",
            f"/api/v1/conversations/{accepted.conversation}/messages",
            params={"after": found[-1]["id"]} if found else {},
            headers=accepted.headers,
        )
        assert answer.status_code == 200, answer.text
        found += answer.json()["messages"]
        if not answer.json()["more"]:
            return found


def check(door: Door, database: Database, everybody: list[Accepted], agents: list[Agent], outside):
    """Fail on anything lost, doubled, out of order or unanswered; the numbers otherwise."""
    ended: Counter[TurnState] = Counter()
    store = Store(database)
    for one in everybody:
        said = transcript(door, one)
        own = [(int(m["id"]), m["text"]) for m in said if m["author"] == "shopper"]
        # A form of the widget leaves no message of the shopper; every other accepted word is there, once, in order.
        assert own == one.messages, f"{one.conversation}: {own} instead of {one.messages}"
        ids = [int(message["id"]) for message in said]
        assert ids == sorted(set(ids))
        by_message = {turn.message_id: turn for turn in store.turns_of(one.conversation)}
        for number, _ in one.messages:
            turn = by_message.get(number)
            if turn is None:  # it was written to a person
                continue
            ended[turn.state] += 1
            _check_turn(store, turn)
    for agent in agents:
        for conversation, text in agent.said:
            owner = next(one for one in everybody if one.conversation == conversation)
            heard = [m["text"] for m in transcript(door, owner) if m["author"] == "agent"]
            assert heard.count(text) == 1, (
                f"{conversation}: {text} stands {heard.count(text)} times"
            )
    opened = _check_tickets(database, everybody)
    webhooks, mails = _check_deliveries(database, outside)
    return Verdict(
        conversations=len(everybody),
        messages=sum(len(one.messages) for one in everybody),
        repeated=sum(one.repeated for one in everybody),
        turns=ended,
        tickets=opened,
        agents_messages=sum(len(agent.said) for agent in agents),
        webhooks=webhooks,
        mails=mails,
    )


def _check_turn(store: Store, turn) -> None:
    where = f"message {turn.message_id} of {turn.conversation_id}"
    assert not turn.is_open, f"{where} is still {turn.state.value}"
    replies = [reply.text for reply in store.replies(turn.message_id)]
    if turn.state is TurnState.WAIVED:
        return
    assert replies, f"{where} is {turn.state.value} without a word"
    assert len(replies) == len(set(replies)), f"{where} was answered twice: {replies}"
    if turn.state is TurnState.APOLOGISED:
        assert len(replies) == 1


def _check_tickets(database: Database, everybody: list[Accepted]) -> int:
    with database.reading() as connection:
        rows = connection.execute(select(tickets)).all()
    by_reference = Counter(row.reference for row in rows)
    by_form = Counter(row.conversation_id for row in rows if not row.message.startswith(FILED))
    for one in everybody:
        for reference in (*one.tickets.values(), *one.told):
            number = by_reference[reference]
            assert number == 1, f"ticket {reference} is there {number} times"
        # Whoever was apologised to may have opened one all the same; no confirmation opens two.
        assert len(one.told) <= by_form[one.conversation] <= one.confirmed, one.conversation
    told = sum(len(one.tickets) for one in everybody)
    filed = sum(row.message.startswith(FILED) for row in rows)
    assert filed == told, f"{filed} tickets of {told} forms"
    assert max(by_reference.values(), default=1) == 1
    return len(rows)


def _check_deliveries(database: Database, outside) -> tuple[int, int]:
    with database.reading() as connection:
        rows = connection.execute(select(deliveries).where(deliveries.c.carrier.in_(OUTSIDE))).all()
    assert {row.state for row in rows} <= {DeliveryState.SENT.value}
    got = {json.loads(request["body"])["id"] for request in outside.receiver.got}
    hooks = [str(row.id) for row in rows if row.carrier == Carrier.WEBHOOK.value]
    assert set(hooks) <= got, f"webhooks {set(hooks) - got} never arrived"
    mailed = Counter(reference_of(mail) for mail in outside.mail.box.mails)
    wanted = [row.subject for row in rows if row.carrier == Carrier.MAIL.value]
    for subject in wanted:
        assert mailed[subject] >= 1, f"the mail about {subject} never arrived"
    return len(hooks), len(wanted)


def reference_of(mail) -> str:
    """The ticket that a notice is about."""
    words = mail["Subject"].replace("(", " ").replace(")", " ").split()
    return next((word for word in words if word.startswith("JW-")), "")


def turns_open(database: Database) -> int:
    """How many messages are still owed an answer."""
    with database.reading() as connection:
        states = connection.execute(select(turns.c.state)).scalars()
        return sum(TurnState(state) in (TurnState.QUEUED, TurnState.SENT) for state in states)


def deliveries_open(database: Database) -> int:
    """How many deliveries are on their way."""
    waiting = select(deliveries.c.id).where(
        deliveries.c.state == DeliveryState.WAITING.value, deliveries.c.carrier.in_(OUTSIDE)
    )
    with database.reading() as connection:
        return len(connection.execute(waiting).all())
