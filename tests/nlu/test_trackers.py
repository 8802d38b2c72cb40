"""What Rasa's own tracker store has written is found, handed over and erased by `jawab.privacy.trackers`."""

import asyncio
import sqlite3
from datetime import timedelta

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from jawab.nlu.tracker_store import LiveTrackerStore
from jawab.privacy.trackers import Trackers

PHONE, WORD = "+989121110001", "ژاله‌باران"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rasa-tracker.db"


@pytest.fixture
def rasa(path):
    """Rasa's store, as endpoints.yml names it."""
    return LiveTrackerStore(Domain.empty(), dialect="sqlite", db=str(path))


@pytest.fixture
def trackers(path):
    made = Trackers(f"sqlite:///{path}", patience=timedelta(seconds=5))
    yield made
    made.close()


def talk(rasa, sender, text, *, at):
    events = [UserUttered(text, timestamp=at), SlotSet("phone", PHONE, timestamp=at)]
    events.append(BotUttered(f"نوشتید {text}", timestamp=at))
    tracker = DialogueStateTracker.from_events(sender, events, domain=Domain.empty())
    asyncio.run(rasa.save(tracker))


def test_a_conversation_is_forgotten_and_the_others_are_not(rasa, trackers, path):
    talk(rasa, "pari", WORD, at=100.0)
    talk(rasa, "nour", "زمهرير", at=900.0)
    assert [event["event"] for event in trackers.events(["pari"])] == ["user", "slot", "bot"]
    assert set(trackers.conversations()) == {"pari", "nour"}
    assert trackers.silent_since(500.0, ["pari", "nour"]) == ("pari",)
    assert trackers.erase(["pari"]) == 3
    assert trackers.count(["pari"]) == 0
    assert trackers.leave_no_trace()
    assert asyncio.run(rasa.retrieve("pari")) is None
    assert asyncio.run(rasa.retrieve("nour")).latest_message.text == "زمهرير"
    raw = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert WORD.encode() not in raw
    assert WORD.encode("ascii", "backslashreplace") not in raw


def test_a_rasa_that_never_ran_remembers_nothing(trackers, path):
    assert list(trackers.events(["pari"])) == []
    assert (trackers.count(["pari"]), trackers.erase(["pari"])) == (0, 0)
    assert trackers.leave_no_trace()
    assert not path.exists()


def test_a_rasa_that_writes_is_waited_for_and_then_left(rasa, path):
    talk(rasa, "pari", WORD, at=100.0)
    hasty = Trackers(f"sqlite:///{path}", patience=timedelta(0))
    with sqlite3.connect(path) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not hasty.leave_no_trace()
    hasty.close()
