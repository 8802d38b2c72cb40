"""The live tracker store keeps what Rasa's own SQL store keeps, and gives back the same trackers."""

import asyncio
import json
import sqlite3
import time

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import EventVerbosity

from jawab.nlu.history import CANDIDATES, MOST
from jawab.nlu.tracker_store import AT_HAND, FORGOTTEN, LiveTrackerStore

from .conversations import form_begins, form_ends, form_goes_on, session, turn

WHO = "c1"


@pytest.fixture(scope="module")
def domain(root):
    return Domain.load(str(root / "domain.yml"))


@pytest.fixture
def file(tmp_path):
    return str(tmp_path / "tracker.db")


@pytest.fixture
def store(domain, file):
    return LiveTrackerStore(domain, db=file)


@pytest.fixture
def rasas(domain, file):
    """Rasa's own store on the same file."""
    return SQLTrackerStore(domain, db=file)


def wait(coroutine):
    return asyncio.run(coroutine)


def happen(store, events, sender=WHO):
    """What a turn does: the tracker is taken, events come, it is saved."""

    async def one_turn():
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        for event in events:
            tracker.update(event, store.domain)
        await store.save(tracker)

    wait(one_turn())


def state(tracker):
    return tracker.current_state(EventVerbosity.ALL)


TURNS = [
    pytest.param([[*session(), *turn(1)], turn(2), turn(3)], id="questions"),
    pytest.param(
        [[*session(), *turn(1)], form_begins(), form_goes_on(1), form_ends(), turn(2)], id="a form"
    ),
    pytest.param([[*session(), *form_begins()], turn(2), form_goes_on(1)], id="an open form"),
    pytest.param([[*session(), *turn(1)], turn(2), [*session(), *turn(3)], turn(4)], id="sessions"),
]


@pytest.mark.parametrize("turns", TURNS)
def test_a_tracker_at_hand_is_the_one_that_rasa_would_read(store, rasas, turns):
    for events in turns:
        happen(store, events)
        live = wait(store.retrieve(WHO))
        assert state(live) == state(wait(rasas.retrieve(WHO)))
        wait(store.save(live))


@pytest.mark.parametrize("turns", TURNS)
def test_a_tracker_read_anew_is_the_same(store, rasas, domain, file, turns):
    for events in turns:
        happen(store, events)
    anew = wait(LiveTrackerStore(domain, db=file).retrieve(WHO))
    assert state(anew) == state(wait(rasas.retrieve(WHO)))


@pytest.mark.parametrize("turns", TURNS)
def test_every_event_of_all_sessions_is_stored_once(store, rasas, turns):
    for events in turns:
        happen(store, events)
    everything = [event.as_dict() for event in wait(store.retrieve_full_tracker(WHO)).events]
    said = [event.as_dict() for events in turns for event in events]
    assert [each["event"] for each in everything] == [each["event"] for each in said]
    assert everything == [e.as_dict() for e in wait(rasas.retrieve_full_tracker(WHO)).events]


def test_the_columns_that_others_look_at_are_filled(store, file):
    happen(store, [*session(), *turn(1)])
    with sqlite3.connect(file) as database:
        rows = database.execute(
            "select type_name, intent_name, action_name, data from events order by id"
        ).fetchall()
    assert ("user", "faq", None) in [row[:3] for row in rows]
    assert ("action", None, "action_answer_faq") in [row[:3] for row in rows]
    assert ("slot", None, "language") in [row[:3] for row in rows]
    (message,) = [json.loads(row[3]) for row in rows if row[0] == "user"]
    assert len(message["parse_data"]["intent_ranking"]) == CANDIDATES


def test_what_another_server_added_is_seen(store, domain, file):
    other = LiveTrackerStore(domain, db=file)
    happen(store, [*session(), *turn(1)])
    happen(other, turn(2))
    happen(store, turn(3))
    happen(other, turn(4))
    texts = [e.text for e in wait(store.retrieve(WHO)).events if isinstance(e, UserUttered)]
    assert texts == ["سؤال 1", "سؤال 2", "سؤال 3", "سؤال 4"]


def test_a_turn_that_was_not_saved_did_not_happen(store):
    happen(store, [*session(), *turn(1)])
    wait(store.retrieve(WHO)).update(SlotSet("language", "ar"))
    assert wait(store.retrieve(WHO)).get_slot("language") == "fa"


def test_an_erased_conversation_is_forgotten_here_too(store, file):
    happen(store, [*session(), *turn(1)])
    with sqlite3.connect(file) as database:
        database.execute("delete from events where sender_id = ?", (WHO,))
    assert wait(store.retrieve(WHO)) is None
    happen(store, [*session(), *turn(2)])
    texts = [e.text for e in wait(store.retrieve(WHO)).events if isinstance(e, UserUttered)]
    assert texts == ["سؤال 2"]


def test_a_conversation_long_silent_is_no_longer_at_hand(store, monkeypatch):
    happen(store, [*session(), *turn(1)])
    later = time.monotonic() + FORGOTTEN + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    happen(store, [*session(), *turn(1)], sender="c2")
    assert list(store._live) == ["c2"]
    assert wait(store.retrieve(WHO)).get_slot("language") == "fa"


def test_another_domain_gives_its_own_slots(store, domain):
    happen(store, [*session(), *turn(1)])
    store.domain = Domain.from_dict({**domain.as_dict(), "slots": {}})
    assert "ticket_topic" not in wait(store.retrieve(WHO)).slots


def test_nobody_known_is_nobody(store):
    assert wait(store.retrieve("nobody")) is None
    assert wait(store.retrieve_full_tracker("nobody")) is None


def test_a_long_conversation_is_kept_whole_and_read_short(store, rasas):
    happen(store, [*session(), *turn(0)])
    for number in range(1, 60):
        happen(store, turn(number))
    live = wait(store.retrieve(WHO))
    assert len(live.events) <= MOST
    whole = wait(rasas.retrieve(WHO))
    assert len(whole.events) == 2 + 8 * 60
    assert live.current_slot_values() == whole.current_slot_values()
    assert sum(isinstance(event, UserUttered) for event in live.events) >= 40


def test_only_the_latest_conversations_are_at_hand(store):
    for number in range(AT_HAND + 5):
        happen(store, [*session(), *turn(1)], sender=f"c{number}")
    assert len(store._live) == AT_HAND
    assert wait(store.retrieve("c0")).get_slot("language") == "fa"


def test_the_file_is_written_ahead(store, file):
    happen(store, [*session(), *turn(1)])
    with sqlite3.connect(file) as database:
        assert database.execute("pragma journal_mode").fetchone() == ("wal",)


def test_rasa_makes_this_store_of_endpoints_yml(root, domain, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var").mkdir()
    wanted = AvailableEndpoints.read_endpoints(str(root / "endpoints.yml")).tracker_store
    made = FailSafeTrackerStore(TrackerStore.create(wanted, domain))
    assert isinstance(made._tracker_store, LiveTrackerStore)
    assert (tmp_path / "var" / "rasa-tracker.db").is_file()
