"""Rasa's RulePolicy predicts the same actions for less: what it has worked out of a conversation is not worked out again.

- `Domain.states_for_tracker_history` replays the conversation from its beginning at each prediction, two or three times a turn.
  Here the states so far stay with the tracker, and only what has happened since is replayed. Where the past itself has changed
  (an utterance reverted, a form's step undone, a history shortened) it is replayed from its beginning as ever.
- `RulePolicy._get_possible_keys` holds each rule against each state of the whole conversation; no rule reaches further back than
  it is long. Which rules fit the latest states is remembered by these states, if they hold no text.
- The states are written out for a debug line that nobody reads.

Applied by jawab.nlu.rasa_speedups.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT

State = dict[str, dict[str, Any]]

REMEMBERED = 2048
_REPLAYED = "_replayed"

_states_from_the_beginning = Domain.states_for_tracker_history
_fitting = RulePolicy._get_possible_keys


@dataclass
class _Replayed:
    """How far a conversation has been replayed: the tracker of that replay, its events, the states before each action."""

    domain: Domain
    tracker: DialogueStateTracker
    events: list[Event] = field(default_factory=list)
    states: list[State] = field(default_factory=list)

    def is_beginning_of(self, events: list[Event]) -> bool:
        """Whether the events go on where this replay stopped."""
        return len(self.events) <= len(events) and all(
            replayed is event for replayed, event in zip(self.events, events, strict=False)
        )

    def go_on(self, events: list[Event]) -> None:
        """Replay what came since, as `DialogueStateTracker.generate_all_prior_trackers` does."""
        for event in events[len(self.events) :]:
            if isinstance(event, ActionExecuted):
                self.states.append(self.state())
            self.tracker.update(event)
            self.events.append(event)

    def state(self) -> State:
        """Return the state as rules see it now."""
        state: State = self.domain._clean_state(self.domain.get_active_state(self.tracker))
        return state


@dataclass
class _Fits:
    """The rules of one lookup that fit the latest states, by these states; the longest rule has `longest` states."""

    longest: int
    known: OrderedDict[str, frozenset[str]] = field(default_factory=OrderedDict)


def apply() -> None:
    """Replace both methods; what they return is the same."""
    Domain.states_for_tracker_history = states_for_tracker_history
    RulePolicy._get_possible_keys = fitting_rules
    RulePolicy.format_tracker_states = staticmethod(lambda states: "")


def states_for_tracker_history(
    self: Domain,
    tracker: DialogueStateTracker,
    omit_unset_slots: bool = False,
    ignore_rule_only_turns: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[State]:
    """Return the state before each action of the conversation and the one now; callers may change them."""
    if omit_unset_slots or ignore_rule_only_turns:
        others: list[State] = _states_from_the_beginning(
            self, tracker, omit_unset_slots, ignore_rule_only_turns, rule_only_data
        )
        return others
    events = tracker.applied_events()
    replayed: _Replayed | None = tracker.__dict__.get(_REPLAYED)
    if replayed is None or replayed.domain is not self or not replayed.is_beginning_of(events):
        replayed = tracker.__dict__[_REPLAYED] = _Replayed(self, tracker.init_copy())
    replayed.go_on(events)
    return [{kind: dict(part) for kind, part in state.items()} for state in replayed.states] + [
        replayed.state()
    ]


def fitting_rules(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """Return the keys of the rules that fit the end of the conversation."""
    of_lookups: dict[int, _Fits] = self.__dict__.setdefault("_fits", {})
    fits = of_lookups.get(id(lookup))
    if fits is None:
        longest = max((len(json.loads(rule)) for rule in lookup), default=0)
        fits = of_lookups[id(lookup)] = _Fits(longest)
    if not fits.longest:
        return set()
    latest = states[-fits.longest :]
    if any(TEXT in state.get(USER, {}) for state in latest):
        return set(_fitting(self, lookup, latest))
    key = json.dumps(latest, sort_keys=True)
    if key not in fits.known:
        fits.known[key] = frozenset(_fitting(self, lookup, latest))
        while len(fits.known) > REMEMBERED:
            fits.known.popitem(last=False)
    return set(fits.known[key])
