"""Shortening a long conversation changes nothing that a rule or an action looks at."""

import random

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from jawab.nlu.history import CANDIDATES, MOST, RECENT, SAID, fewer_candidates, shortened

from .conversations import FORM, form_begins, form_ends, form_goes_on, heard, session, turn


@pytest.fixture(scope="module")
def domain(root):
    return Domain.load(str(root / "domain.yml"))


def conversation(seed: int, turns: int):
    """Questions with forms among them, some long, some left open at the end."""
    chance = random.Random(seed)
    events, number = session(), 0
    while number < turns:
        number += 1
        if chance.random() < 0.1:
            events += form_begins()
            for _ in range(chance.choice((0, 2, 40))):
                number += 1
                events += form_goes_on(number)
            if number < turns or chance.random() < 0.5:
                events += form_ends()
        else:
            events += turn(number)
    return events


def replayed(events, domain):
    return DialogueStateTracker.from_events("c", events, domain.slots)


def state(tracker):
    found = tracker.current_state()
    del found["events"]
    return found


@pytest.mark.parametrize("seed", range(12))
def test_the_state_is_the_same(seed, domain):
    events = conversation(seed, 120)
    kept = shortened(events)
    assert state(replayed(kept, domain)) == state(replayed(events, domain))


@pytest.mark.parametrize("seed", range(12))
def test_the_states_that_rules_look_at_are_the_same(seed, domain):
    events = conversation(seed, 120)
    latest = replayed(events, domain).past_states(domain)[-8:]
    assert replayed(shortened(events), domain).past_states(domain)[-8:] == latest


@pytest.mark.parametrize("seed", range(12))
def test_what_the_shopper_said_lately_and_every_form_are_still_there(seed):
    events = conversation(seed, 120)
    kept = shortened(events)
    said = [event.text for event in events if isinstance(event, UserUttered)]
    assert [event.text for event in kept if isinstance(event, UserUttered)][-SAID:] == said[-SAID:]
    forms = [(e.name, e.timestamp) for e in events if isinstance(e, ActiveLoop)]
    assert [(e.name, e.timestamp) for e in kept if isinstance(e, ActiveLoop)] == forms


def test_a_conversation_without_end_stays_short():
    kept, number = session(), 0
    for number in range(2_000):
        kept = shortened([*kept, *turn(number)])
        assert len(kept) <= MOST
    assert kept[-1].action_name == "action_listen"


def test_a_short_conversation_is_left_whole():
    events = conversation(1, 10)
    assert len(events) <= MOST
    assert shortened(events) == events


def test_the_past_never_ends_within_a_form():
    events = [*session(), *(e for n in range(60) for e in turn(n)), *form_begins()]
    events += [e for n in range(60) for e in form_goes_on(n)]
    kept = shortened(events)
    begun = next(n for n, e in enumerate(kept) if isinstance(e, ActiveLoop) and e.name == FORM)
    assert sum(isinstance(e, ActionExecuted) for e in kept[:begun]) >= 1
    assert len(kept) >= RECENT


def test_only_the_likeliest_candidates_are_remembered():
    message = heard("سلام", candidates=77)
    fewer_candidates(message)
    assert len(message.parse_data["intent_ranking"]) == CANDIDATES
    assert message.parse_data["intent_ranking"][0]["name"] == "intent_0"
