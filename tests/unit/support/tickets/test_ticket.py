"""Where a ticket may go, and how much it presses."""

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jawab.support.errors import IllegalTransition
from jawab.support.tickets.priority import Signals, priority_of
from jawab.support.tickets.ticket import (
    TRANSITIONS,
    UNSOLVED,
    Known,
    Origin,
    Priority,
    Queue,
    Ticket,
    TicketState,
)
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)


def ticket(state=TicketState.NEW):
    return Ticket(
        shop="souq",
        lang=Lang.AR,
        topic="delivery",
        queue=Queue.SHOPPERS,
        name="سارة",
        message="وين طلبي؟",
        origin=Origin.CONVERSATION,
        at=NOW,
        reference="JW-K37-W9F2",
        state=state,
        due_at=NOW,
        updated_at=NOW,
    )


@pytest.mark.parametrize("goal", list(TicketState))
@pytest.mark.parametrize("start", list(TicketState))
def test_the_table_decides_every_move(start, goal):
    if goal in TRANSITIONS[start]:
        assert ticket(start).move_to(goal).state is goal
    else:
        with pytest.raises(IllegalTransition, match="JW-K37-W9F2: no way"):
            ticket(start).move_to(goal)


@given(st.lists(st.sampled_from(TicketState)))
def test_a_closed_ticket_never_opens_again(goals):
    at, was_closed = ticket(), False
    for goal in goals:
        try:
            at = at.move_to(goal)
        except IllegalTransition:
            continue
        assert not was_closed
        was_closed = at.state is TicketState.CLOSED


def test_only_a_solved_ticket_closes():
    assert [s for s in TicketState if TicketState.CLOSED in TRANSITIONS[s]] == [TicketState.SOLVED]
    assert {TicketState.NEW, TicketState.OPEN, TicketState.PENDING} == UNSOLVED


def test_every_reason_raises_the_priority_a_step():
    assert priority_of(Signals()) is Priority.NORMAL
    assert priority_of(Signals(misunderstood=1)) is Priority.NORMAL
    for one in (Signals(angry=True), Signals(misunderstood=2), Signals(unsolved_tickets=1)):
        assert priority_of(one) is Priority.HIGH
    assert priority_of(Signals(angry=True, unsolved_tickets=3)) is Priority.URGENT
    assert priority_of(Signals(True, 5, 9)) is Priority.URGENT


@given(st.booleans(), st.integers(0, 9), st.integers(0, 9), st.booleans())
def test_more_trouble_never_presses_less(angry, misunderstood, tickets, more):
    some = priority_of(Signals(angry, misunderstood, tickets))
    worse = Signals(angry or more, misunderstood + more, tickets + more)
    assert priority_of(worse) >= some


def test_what_is_known_is_told_by_field():
    assert Known(name="سارا", phone="+989121234567").as_values() == {
        "name": "سارا",
        "phone": "+989121234567",
    }
