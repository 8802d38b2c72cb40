"""A hand-over goes only where the table lets it, and nobody is left waiting without a word."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from jawab.support.errors import IllegalTransition
from jawab.support.handovers.handover import (
    Due,
    Ending,
    Handover,
    HandoverState,
    Patience,
    Reason,
    due,
    expected_wait,
    in_order,
    place,
)
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)
PATIENCE = Patience(promised=MINUTE, limit=15 * MINUTE, silence=5 * MINUTE, absence=2 * MINUTE)


def asked(id=1, at=NOW, **more):
    return Handover(
        id,
        f"c{id}",
        "souq",
        Lang.AR,
        Reason.ASKED,
        Queue.SHOPPERS,
        asked_at=at,
        waiting_since=at,
        **more,
    )


def at(minutes):
    return NOW + minutes * MINUTE


def due_at(handover, minutes, *, chat_open=True, seen=None):
    return due(
        handover, now=at(minutes), patience=PATIENCE, chat_open=chat_open, agent_seen_at=seen
    )


@pytest.mark.parametrize("ending", list(Ending))
@pytest.mark.parametrize("state", list(HandoverState))
def test_only_who_waits_stops_and_only_who_has_taken_it_returns_it(state, ending):
    handover = {
        HandoverState.WAITING: asked(),
        HandoverState.ACTIVE: asked().claimed(7, now=NOW),
        HandoverState.ENDED: asked().ended(Ending.STOPPED, now=NOW),
    }[state]
    allowed = {
        HandoverState.WAITING: {Ending.STOPPED, Ending.TICKET, Ending.NOBODY},
        HandoverState.ACTIVE: {Ending.RETURNED, Ending.CLOSED},
        HandoverState.ENDED: set(),
    }[state]
    if ending in allowed:
        ended = handover.ended(ending, now=at(1))
        assert (ended.state, ended.ending, ended.ended_at) == (HandoverState.ENDED, ending, at(1))
    else:
        with pytest.raises(IllegalTransition, match="no way"):
            handover.ended(ending, now=at(1))


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, None), (0.9, None), (1, Due.LATE), (14.9, Due.LATE), (15, Due.NOBODY), (600, Due.NOBODY)],
)
def test_who_waits_is_told_after_the_promised_minute_and_not_kept_for_ever(minutes, expected):
    assert due_at(asked(), minutes) is expected


def test_the_shopper_is_told_once_that_it_takes_longer():
    assert due_at(asked().told(now=at(1)), 2) is None
    assert due_at(asked().told(now=at(1)), 15) is Due.NOBODY


def test_who_waits_on_has_the_whole_patience_again():
    waits = asked().told(now=at(1)).waits_on(now=at(14))
    assert due_at(waits, 15) is None
    assert due_at(waits, 28) is None
    assert due_at(waits, 29) is Due.NOBODY


def test_when_the_chat_closes_nobody_is_kept_waiting_but_a_talk_goes_on():
    assert due_at(asked(), 0.1, chat_open=False) is Due.NOBODY
    assert due_at(asked().claimed(7, now=NOW), 0.1, chat_open=False, seen=NOW) is None


def test_an_agent_who_says_nothing_or_is_gone_is_noticed():
    taken = asked().claimed(7, now=NOW)
    assert due_at(taken, 1.9, seen=NOW) is None
    assert due_at(taken, 2, seen=NOW) is Due.GONE
    assert due_at(taken, 5, seen=at(5)) is Due.SILENT
    answered = taken.answered()
    assert due_at(answered, 60, seen=at(60)) is None
    spoken = answered.spoken_to(now=at(60)).spoken_to(now=at(64))
    assert due_at(spoken, 64.9, seen=at(64)) is None
    assert due_at(spoken, 65, seen=at(64)) is Due.SILENT


def test_an_agent_last_heard_of_before_taking_it_is_not_gone_at_once():
    taken = asked().claimed(7, now=at(10))
    assert due_at(taken, 11, seen=NOW) is None
    assert due_at(taken, 12, seen=NOW) is Due.GONE


def test_an_ended_handover_is_left_alone():
    assert due_at(asked().ended(Ending.STOPPED, now=NOW), 600) is None


def test_who_was_talked_to_before_goes_to_the_front_of_the_queue():
    first, second, third = asked(1), asked(2, at(1)), asked(3, at(2))
    back = third.claimed(7, now=at(3)).queued_again(now=at(4))
    assert [one.id for one in in_order([second, back, first])] == [3, 1, 2]
    assert place(back, [first, second, back]) == 1
    assert place(second, [first, second, back]) == 3
    assert (back.agent_id, back.told_at, back.waiting_since) == (None, None, at(4))


def test_a_transfer_keeps_the_first_wait_and_starts_the_agents_clock():
    moved = asked().claimed(7, now=at(1)).answered().transferred(8, now=at(9))
    assert (moved.agent_id, moved.first_claimed_at, moved.unanswered_since) == (8, at(1), at(9))
    with pytest.raises(IllegalTransition):
        asked().transferred(8, now=NOW)
    with pytest.raises(IllegalTransition):
        moved.claimed(9, now=at(10))


@pytest.mark.parametrize(
    ("place", "waits", "agents", "minutes"),
    [
        (1, [], 1, None),
        (1, [30, 30], 1, None),
        (1, [30, 30, 30], 0, None),
        (1, [30, 30, 30], 1, 1),
        (3, [90, 90, 900], 1, 5),
        (3, [90, 90, 900], 3, 2),
        (1, [0, 0, 0], 1, 1),
    ],
)
def test_the_expected_wait_comes_from_the_latest_ones_or_is_not_told(place, waits, agents, minutes):
    recent = [timedelta(seconds=wait) for wait in waits]
    expected = None if minutes is None else minutes * MINUTE
    assert expected_wait(place, recent, agents=agents) == expected


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20, unique=True))
def test_places_are_a_permutation(ids):
    waiting = [asked(id, at(id % 5), front=id % 3 == 0) for id in ids]
    assert sorted(place(one, waiting) for one in waiting) == list(range(1, len(ids) + 1))


class AHandoverWithAWatchdog(RuleBasedStateMachine):
    """Everybody does what they may, time passes, and a watchdog looks after every minute."""

    def __init__(self):
        super().__init__()
        self.handover = asked()
        self.now = NOW
        self.seen = NOW
        self.uninformed = timedelta(0)
        self.history = [self.handover]

    def _to(self, handover):
        self.handover = handover
        self.history.append(handover)

    @rule(agent=st.integers(1, 3))
    @precondition(lambda self: self.handover.state is HandoverState.WAITING)
    def claim(self, agent):
        self.seen = self.now
        self._to(self.handover.claimed(agent, now=self.now))

    @rule(agent=st.integers(1, 3))
    @precondition(lambda self: self.handover.state is HandoverState.ACTIVE)
    def transfer(self, agent):
        self.seen = self.now
        self._to(self.handover.transferred(agent, now=self.now))

    @rule()
    @precondition(lambda self: self.handover.state is HandoverState.ACTIVE)
    def agent_writes(self):
        self.seen = self.now
        self._to(self.handover.answered())

    @rule()
    @precondition(lambda self: self.handover.state is HandoverState.ACTIVE)
    def agents_page_is_heard_of(self):
        self.seen = self.now

    @rule()
    def shopper_writes(self):
        self._to(self.handover.spoken_to(now=self.now))

    @rule()
    @precondition(lambda self: self.handover.state is HandoverState.WAITING)
    def shopper_waits_on(self):
        self._to(self.handover.waits_on(now=self.now))

    @rule(ending=st.sampled_from(Ending))
    def somebody_ends_it(self, ending):
        try:
            self._to(self.handover.ended(ending, now=self.now))
        except IllegalTransition:
            assert self.handover.state is not HandoverState.WAITING or ending in (
                Ending.RETURNED,
                Ending.CLOSED,
            )

    @rule(minutes=st.integers(1, 30), chat_open=st.booleans())
    def time_passes(self, minutes, chat_open):
        for _ in range(minutes):
            self.now += MINUTE
            todo = due(
                self.handover,
                now=self.now,
                patience=PATIENCE,
                chat_open=chat_open,
                agent_seen_at=self.seen,
            )
            match todo:
                case Due.LATE:
                    self._to(self.handover.told(now=self.now))
                case Due.NOBODY:
                    self._to(self.handover.ended(Ending.NOBODY, now=self.now))
                case Due.SILENT | Due.GONE:
                    self._to(self.handover.queued_again(now=self.now))

    @invariant()
    def an_agent_is_there_exactly_while_it_is_active(self):
        if self.handover.state is HandoverState.ACTIVE:
            assert self.handover.agent_id is not None
            assert self.handover.claimed_at is not None
        if self.handover.state is HandoverState.WAITING:
            assert self.handover.agent_id is None
            assert self.handover.unanswered_since is None

    @invariant()
    def nobody_waits_longer_than_promised_without_a_word(self):
        waited = self.now - self.handover.waiting_since
        if self.handover.state is HandoverState.WAITING:
            assert waited < PATIENCE.limit
            assert self.handover.told_at is not None or waited < PATIENCE.promised + MINUTE

    @invariant()
    def no_answer_is_owed_longer_than_the_patience(self):
        since = self.handover.unanswered_since
        assert since is None or self.now - since < PATIENCE.silence + MINUTE

    @invariant()
    def what_has_ended_stays_ended(self):
        ended = [one for one in self.history if not one.is_open]
        assert all(one.spoken_to(now=self.now) == ended[0] for one in ended)

    @invariant()
    def the_moment_of_asking_never_changes(self):
        assert {one.asked_at for one in self.history} == {NOW}


TestAHandoverWithAWatchdog = AHandoverWithAWatchdog.TestCase


def test_a_handover_is_a_value():
    handover = asked()
    assert replace(handover) == handover
    assert handover.claimed(7, now=NOW) != handover
    assert handover.state is HandoverState.WAITING
