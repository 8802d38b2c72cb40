"""Marks and trials on every database: all that was decided is kept, and one trial runs at a time."""

from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.agents.agent import Agent, Role
from jawab.support.errors import TrialRunning, UnknownMark
from jawab.support.learning.mark import MarkKind, NewMark
from jawab.support.learning.mark_store import MarkStore
from jawab.support.learning.trial import LEASE, TrialState
from jawab.support.learning.trial_store import TrialStore

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
LATER = NOW + timedelta(seconds=1)
OWNER = Agent(id=7, login="sara", name="سارا", role=Role.OWNER)
DRAFT = {"topic": "returns", "title": {"fa": "گوشی کارکرده", "ar": "هاتف", "en": "Phone"}}
NEW = NewMark(MarkKind.NEW, (1, 2), ("souq",), (1,), "used_phones", DRAFT)


@pytest.fixture
def marks(database):
    return MarkStore(database)


@pytest.fixture
def trials(database):
    return TrialStore(database)


@pytest.fixture
def mark(marks):
    return marks.add(NEW, by=OWNER, now=NOW)


def test_a_decision_is_kept_as_it_was_made(marks):
    made = [
        marks.add(each, by=OWNER, now=NOW) for each in (NEW, NewMark(MarkKind.IGNORED, (3,), ()))
    ]
    assert list(marks.all()) == made
    assert marks.get(made[0].id) == made[0]
    assert (made[0].who, made[0].made.draft) == ("سارا", DRAFT)


def test_an_unknown_decision_is_told(marks):
    with pytest.raises(UnknownMark):
        marks.get(99)


def test_that_a_change_was_written_is_kept_with_its_author(marks, mark):
    marks.applied(mark.id, by=OWNER, now=LATER)
    found = marks.get(mark.id)
    assert (found.applied_at, found.applied_by, found.made) == (LATER, "سارا", NEW)


def begin(trials, mark, now=NOW):
    return trials.begin(mark.id, control=True, who="سارا", now=now)


def test_one_trial_runs_at_a_time_and_another_when_it_has_ended(trials, mark):
    first = begin(trials, mark)
    with pytest.raises(TrialRunning):
        begin(trials, mark)
    assert trials.running() == first
    trials.end(first.id, TrialState.DONE, now=LATER, result={"won": []})
    assert trials.running() is None
    found = trials.latest(mark.id)
    assert (found.state, found.result, found.ended_at) == (TrialState.DONE, {"won": []}, LATER)
    assert begin(trials, mark).id != first.id


def test_a_trial_tells_how_far_it_is(trials, mark):
    trial = begin(trials, mark)
    assert trials.beat(trial.id, step="before", done=50, of=2400, now=LATER)
    found = trials.get(trial.id)
    assert (found.step, found.done, found.of, found.seen_at) == ("before", 50, 2400, LATER)


def test_who_wants_it_to_end_is_heard_at_the_next_beat(trials, mark):
    trial = begin(trials, mark)
    trials.ask_to_stop(mark.id, now=NOW)
    assert trials.latest(mark.id).state is TrialState.STOPPING
    assert not trials.beat(trial.id, step="before", done=1, of=2, now=LATER)
    trials.end(trial.id, TrialState.STOPPED, now=LATER)
    assert trials.latest(mark.id).state is TrialState.STOPPED


def test_a_trial_whose_desk_has_gone_is_lost_and_makes_room(trials, mark):
    forsaken = begin(trials, mark)
    with pytest.raises(TrialRunning):
        begin(trials, mark, NOW + LEASE)
    assert trials.get(forsaken.id).is_forsaken(NOW + LEASE + timedelta(seconds=1))
    begin(trials, mark, NOW + LEASE + timedelta(seconds=1))
    assert trials.get(forsaken.id).state is TrialState.LOST
    trials.end(forsaken.id, TrialState.DONE, now=LATER)
    assert trials.get(forsaken.id).state is TrialState.LOST


def test_the_last_trial_of_a_mark_is_its_own(trials, marks, mark):
    trial = begin(trials, mark)
    other = marks.add(NEW, by=OWNER, now=NOW)
    assert trials.latest(other.id) is None
    assert trials.latest(mark.id) == trial
