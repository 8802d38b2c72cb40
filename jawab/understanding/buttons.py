"""Quick replies: what is written on a button and what pressing it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jawab.text.language import Lang
from jawab.understanding.decision import Decision, Outcome

NONE_OF_THESE = "none_of_these"


@dataclass(frozen=True)
class Button:
    """A quick reply.

    ``meaning`` is what travels back when it is pressed, one of ``{"intent": catalogue id or none_of_these}``,
    ``{"topic": topic id}``, ``{"language": "fa" | "ar" | "en"}``. It never travels through the shopper's hands.
    """

    title: str
    meaning: Mapping[str, str] = field(default_factory=dict)


def pressed(meaning: Mapping[str, str], *, known: frozenset[str]) -> Decision:
    """Return the decision that pressing a button stands for.

    :param known: all catalogue ids; an id that is gone since the button was sent is not understood.
    """
    if "topic" in meaning:
        return Decision(Outcome.ANSWERED, ("help",))
    if meaning.get("language") in {lang.value for lang in Lang}:
        return Decision(Outcome.ANSWERED, ("change_language",))
    intent = meaning.get("intent")
    if intent in known and intent is not None:
        return Decision(Outcome.ANSWERED, (intent,))
    return Decision(Outcome.NOT_UNDERSTOOD, ())
