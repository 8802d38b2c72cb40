"""The fixture that moves the clock moves it in all three processes, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest


def moment_of(message):
    return datetime.fromisoformat(message["at"].replace("Z", "+00:00"))


@pytest.mark.parametrize(
    "moment",
    ["2026-11-24T11:00+03:30", "2027-03-22T12:00+03:30", "2025-01-01T00:00+00:00"],
    ids=["a working day", "Nowruz", "the past"],
)
def test_the_desk_lives_at_the_moment_told(system, clock, moment):
    there = clock.to(moment)
    at = moment_of(system.converse("digikala").greeting[0])
    assert timedelta(0) <= at - there < timedelta(minutes=1)


def test_the_actions_live_at_the_moment_told(system, clock):
    clock.to("2027-03-22T12:00+03:30")
    closed = system.converse("digikala", "en").say("what are your working hours?")[0]["text"]
    assert "Nowruz" in closed
    clock.to("2026-11-24T11:00+03:30")
    opened = system.converse("digikala", "en").say("what are your working hours?")[0]["text"]
    assert "Nowruz" not in opened


def test_rasa_lives_at_the_moment_told(system, clock):
    conversation = system.converse("digikala")
    conversation.say("سلام")
    before = conversation.sessions()
    clock.forward(timedelta(minutes=61))
    conversation.say("سلام")
    assert (before, conversation.sessions()) == (1, 2)


def test_time_goes_on_while_the_clock_is_moved(system, clock):
    clock.to("2026-11-24T11:00+03:30")
    first = system.converse("souq").greeting[0]
    second = system.converse("souq").greeting[0]
    assert moment_of(first) < moment_of(second)


def test_afterwards_the_clock_is_right(system, clock):
    clock.to("2027-03-22T12:00+03:30")
    clock.reset()
    assert abs(moment_of(system.converse("souq").greeting[0]) - clock.now()) < timedelta(minutes=1)
