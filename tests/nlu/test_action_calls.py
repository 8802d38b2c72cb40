"""What the action server is told of a conversation."""

import inspect

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from jawab.nlu import action_calls, rasa_speedups

from .conversations import form_begins, session, turn


@pytest.fixture(scope="module", autouse=True)
def applied():
    assert rasa_speedups.apply()


@pytest.fixture(scope="module")
def domain(root):
    return Domain.load(str(root / "domain.yml"))


@pytest.fixture
def tracker(domain):
    events = [*session(), *turn(1, faq_id="returns_how"), *form_begins()]
    return DialogueStateTracker.from_events("c", events, domain.slots)


@pytest.fixture
def action():
    return RemoteAction("ticket_form", EndpointConfig("http://x", enable_selective_domain=True))


def test_all_but_the_events_is_as_rasa_tells_it(action, tracker, domain):
    told = action._action_call_format(tracker, domain)
    rasas = action_calls._whole_call(action, tracker, domain)
    del told["tracker"]["events"], rasas["tracker"]["events"]
    assert told == rasas
    assert len(told["tracker"]["latest_message"]["intent_ranking"]) == 77


def test_events_keep_their_order_kind_and_time(action, tracker, domain):
    told = action._action_call_format(tracker, domain)["tracker"]["events"]
    rasas = action_calls._whole_call(action, tracker, domain)["tracker"]["events"]
    assert [(e["event"], e["timestamp"]) for e in told] == [
        (e["event"], e["timestamp"]) for e in rasas if e["event"] != "bot"
    ]
    assert [e for e in told if e["event"] != "user"] == [
        e for e in rasas if e["event"] not in ("bot", "user")
    ]


def test_of_earlier_messages_is_told_what_was_said_and_meant(action, tracker, domain):
    told = action._action_call_format(tracker, domain)["tracker"]["events"]
    first = next(event for event in told if event["event"] == "user")
    assert first["parse_data"] == {
        "text": "سؤال 1",
        "intent": {"name": "faq", "confidence": 0.9},
        "entities": [],
        "faq_id": "returns_how",
    }


def test_what_is_stored_stays_whole(action, tracker, domain):
    before = [event.as_dict() for event in tracker.events]
    action._action_call_format(tracker, domain)
    assert [event.as_dict() for event in tracker.events] == before


def test_rasa_makes_the_call_of_the_trackers_state():
    source = inspect.getsource(action_calls._whole_call)
    assert "tracker.current_state(EventVerbosity.ALL)" in source
