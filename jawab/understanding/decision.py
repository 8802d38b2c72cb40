"""The decision what to answer: the ranking's numbers become answer, offer or 'I did not understand'."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from enum import Enum

OUT_OF_SCOPE = "out_of_scope"

# Dialogue acts that make sense as a button beside FAQ questions; "did you mean hello?" does not.
OFFERABLE_ACTS = frozenset({"talk_to_human", "open_ticket", "ticket_status", "help"})
MOST_OFFERED = 3


class Outcome(str, Enum):
    """What is done with a message."""

    ANSWERED = "answered"
    OFFERED = "offered"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True)
class Candidate:
    """An intent (a catalogue id) and the probability that it is meant."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class Thresholds:
    """When an intent is answered at once, and when it is offered as a button.

    ``answer_above`` and ``offer_above`` are probabilities. ``scope_doubt`` and ``second_doubt`` are fractions of the
    best intent's probability: when out of scope, or the second-best intent, comes nearer than that, the best one is not
    answered at once.
    """

    answer_above: float = 0.25
    offer_above: float = 0.12
    scope_doubt: float = 0.2
    second_doubt: float = 0.9


@dataclass(frozen=True)
class Decision:
    """The outcome and the intents it concerns, likeliest first.

    ``intents`` holds one id when answered (more, in their order, when the message asks several questions), two or three
    when offered, none when not understood.
    """

    outcome: Outcome
    intents: tuple[str, ...]


def decide(
    ranking: Sequence[Candidate], *, acts: frozenset[str], thresholds: Thresholds
) -> Decision:
    """Return what to do with a message whose intents rank so.

    :param ranking: candidates, likeliest first; their confidences are calibrated probabilities.
    :param acts: the ids that are dialogue acts, not questions of the FAQ.
    """
    if not ranking:
        return Decision(Outcome.NOT_UNDERSTOOD, ())
    best = ranking[0]
    if _is_sure(ranking, thresholds):
        return Decision(Outcome.ANSWERED, (best.intent,))
    offerable = [
        candidate.intent
        for candidate in ranking
        if (candidate.intent not in acts or candidate.intent in OFFERABLE_ACTS)
        and candidate.confidence >= thresholds.offer_above
    ][:MOST_OFFERED]
    if best.intent == OUT_OF_SCOPE or not offerable:
        return Decision(Outcome.NOT_UNDERSTOOD, ())
    if len(offerable) == 1:
        runner_up = next(
            (
                c.intent
                for c in ranking
                if c.intent not in offerable
                and (c.intent not in acts or c.intent in OFFERABLE_ACTS)
            ),
            None,
        )
        if runner_up is not None:
            offerable.append(runner_up)
    return Decision(Outcome.OFFERED, tuple(offerable))


def still_known(decision: Decision, known: Set[str]) -> Decision:
    """Return ``decision`` without ids that are gone from data/ since the model was trained."""
    intents = tuple(intent for intent in decision.intents if intent in known)
    if not intents:
        return Decision(Outcome.NOT_UNDERSTOOD, ())
    return Decision(decision.outcome, intents)


def _is_sure(ranking: Sequence[Candidate], thresholds: Thresholds) -> bool:
    best = ranking[0]
    if best.confidence < thresholds.answer_above:
        return False
    if best.intent == OUT_OF_SCOPE:
        return True
    outside = next((c.confidence for c in ranking if c.intent == OUT_OF_SCOPE), 0.0)
    second = ranking[1].confidence if len(ranking) > 1 else 0.0
    return (
        outside <= thresholds.scope_doubt * best.confidence
        and second <= thresholds.second_doubt * best.confidence
    )
