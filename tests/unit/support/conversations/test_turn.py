"""A turn goes only where the table lets it, and is tried only as long as the policy lets it."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jawab.settings import PROJECT, Settings
from jawab.support.conversations.turn import OPEN, TRANSITIONS, RetryPolicy, Turn, TurnState
from jawab.support.errors import IllegalTransition

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
POLICY = RetryPolicy(3, timedelta(seconds=2), 3.0, timedelta(seconds=20))


def turn(state=TurnState.QUEUED, attempts=0):
    return Turn(1, "c", state, attempts, NOW)


@pytest.mark.parametrize("goal", list(TurnState))
@pytest.mark.parametrize("start", list(TurnState))
def test_the_table_decides_every_move(start, goal):
    if goal in TRANSITIONS[start]:
        assert turn(start).move_to(goal).state is goal
    else:
        with pytest.raises(IllegalTransition, match="no way"):
            turn(start).move_to(goal)


def test_a_turn_is_open_until_somebody_answered_apologised_or_took_over():
    assert {TurnState.QUEUED, TurnState.SENT} == OPEN


@given(st.lists(st.sampled_from(["sent", "answered", "apologised", "waived", "postponed"])))
def test_a_turn_that_is_over_never_opens_again(moves):
    at, was_over = turn(), False
    for move in moves:
        arguments = {"answered": ({},), "apologised": ("x",), "postponed": (NOW,)}.get(move, ())
        try:
            at = getattr(at, move)(*arguments)
        except IllegalTransition:
            continue
        assert not was_over
        was_over = not at.is_open


def test_an_unasked_bot_cannot_have_answered():
    with pytest.raises(IllegalTransition):
        turn().answered({})


def test_pauses_grow_and_end():
    delays = [
        POLICY.next_attempt(turn(TurnState.SENT, attempts), since=NOW, now=NOW)
        for attempts in (1, 2, 3)
    ]
    assert delays == [NOW + timedelta(seconds=2), NOW + timedelta(seconds=6), None]


def test_no_attempt_is_planned_beyond_the_patience():
    late = NOW + timedelta(seconds=19)
    assert POLICY.next_attempt(turn(TurnState.SENT, 1), since=NOW, now=late) is None
    assert POLICY.next_attempt(turn(TurnState.SENT, 1), since=late, now=late) is not None


def test_each_time_the_bot_is_asked_counts_as_an_attempt():
    assert turn().sent().postponed(NOW).sent().attempts == 2


@pytest.mark.parametrize(("told", "at_least", "at_most"), [(False, 7, 9), (True, 45, 60)])
def test_a_restart_of_rasa_is_waited_for_as_long_as_docs_scaling_says(told, at_least, at_most):
    """The docs name what is given up by default, and the settings that wait for a minute."""
    page = (PROJECT / "docs" / "scaling.md").read_text("utf-8")
    named = dict(re.findall(r"JAWAB_(ATTEMPTS|DELAY_FACTOR|GIVE_UP_AFTER)=(\d+)", page))
    assert len(named) == 3
    chosen = Settings(
        _env_file=None, **({name.lower(): value for name, value in named.items()} if told else {})
    )
    policy = RetryPolicy(
        chosen.attempts, chosen.first_delay, chosen.delay_factor, chosen.give_up_after
    )
    tried, now = turn().sent(), NOW
    while (at := policy.next_attempt(tried, since=NOW, now=now)) is not None:
        tried, now = tried.postponed(at).sent(), at
    assert at_least <= (now - NOW).total_seconds() <= at_most
