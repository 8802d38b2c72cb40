"""How much of a conversation Rasa keeps at hand: enough for every rule and every action, however long it lasts.

Each action Rasa takes costs time in proportion to the events of its tracker. Of what is long past only that is kept which still says
something: what the shopper said (order numbers are looked for there), what the slots hold, and which forms began and ended.
The database keeps everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.nlu.constants import INTENT_RANKING_KEY

# A history longer than MOST is shortened; its last RECENT events at least stay whole. A turn has about nine.
MOST = 200
RECENT = 60
# The longest rule is shorter than so many actions.
ACTIONS = 12
# What the shopper said longer ago than that is not looked at (actions/scene.py).
SAID = 40
# Rasa's own classifiers tell no more candidates either.
CANDIDATES = 10


def shortened(events: Sequence[Event]) -> list[Event]:
    """Return the events without what no longer matters; replayed, they give the same slots, loop and latest message."""
    kept = list(events)
    if len(kept) <= MOST:
        return kept
    cut = _cut(kept)
    past = kept[:cut]
    last_set = {event.key: place for place, event in enumerate(past) if isinstance(event, SlotSet)}
    said = [place for place, event in enumerate(past) if isinstance(event, UserUttered)][-SAID:]
    wanted = {*last_set.values(), *said}
    return [
        event
        for place, event in enumerate(past)
        if place in wanted or isinstance(event, ActiveLoop)
    ] + kept[cut:]


def fewer_candidates(event: Event) -> None:
    """Forget all but the likeliest intents of a message: the rest would be stored and sent about with every turn."""
    if isinstance(event, UserUttered):
        parsed: dict[str, Any] = event.parse_data
        if ranking := parsed.get(INTENT_RANKING_KEY):
            parsed[INTENT_RANKING_KEY] = ranking[:CANDIDATES]


def _cut(events: list[Event]) -> int:
    """Return where the past ends: at a message outside any form, with enough events and actions behind it."""
    outside = _outside_forms(events)
    actions = 0
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        actions += isinstance(event, ActionExecuted) and outside[place]
        if (
            isinstance(event, UserUttered)
            and outside[place]
            and len(events) - place >= RECENT
            and actions >= ACTIONS
        ):
            return place
    return 0


def _outside_forms(events: Sequence[Event]) -> list[bool]:
    outside, active = [], False
    for event in events:
        if isinstance(event, ActiveLoop):
            active = bool(event.name)
        outside.append(not active)
    return outside
