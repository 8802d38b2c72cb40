"""A turn: one message of a shopper and what became of it. One table says which way a turn may go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from jawab.support.errors import IllegalTransition


class TurnState(str, Enum):
    """Where a turn stands."""

    QUEUED = "queued"  # stored, the bot has not been asked
    SENT = "sent"  # the bot may have it: look before asking again
    ANSWERED = "answered"  # the bot's replies are stored
    APOLOGISED = "apologised"  # the bot did not answer, and the shopper has been told so
    WAIVED = "waived"  # a person owns the conversation: the bot owes no answer


TRANSITIONS: Mapping[TurnState, frozenset[TurnState]] = {
    TurnState.QUEUED: frozenset((TurnState.SENT, TurnState.WAIVED)),
    TurnState.SENT: frozenset(
        (TurnState.SENT, TurnState.ANSWERED, TurnState.APOLOGISED, TurnState.WAIVED)
    ),
    TurnState.ANSWERED: frozenset(),
    TurnState.APOLOGISED: frozenset(),
    TurnState.WAIVED: frozenset(),
}
OPEN = frozenset(state for state, ways in TRANSITIONS.items() if ways)


@dataclass(frozen=True)
class Turn:
    """One turn. `result` is what the bot reports of an answer: intent, confidence, outcome, …"""

    message_id: int
    conversation_id: str
    state: TurnState
    attempts: int
    queued_at: datetime
    next_attempt_at: datetime | None = None
    result: Mapping[str, Any] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the shopper is still owed something."""
        return self.state in OPEN

    def move_to(self, state: TurnState) -> "Turn":
        """The turn in its next state, or `IllegalTransition`."""
        if state not in TRANSITIONS[self.state]:
            raise IllegalTransition(
                f"turn {self.message_id}: no way from {self.state.value} to {state.value}"
            )
        return replace(self, state=state)

    def sent(self) -> "Turn":
        """The turn as the bot is asked once more."""
        return replace(
            self.move_to(TurnState.SENT), attempts=self.attempts + 1, next_attempt_at=None
        )

    def postponed(self, until: datetime) -> "Turn":
        """The turn after an attempt that failed, with the time of the next one."""
        return replace(self.move_to(TurnState.SENT), next_attempt_at=until)

    def answered(self, result: Mapping[str, Any]) -> "Turn":
        """The turn with the bot's answer."""
        return replace(self.move_to(TurnState.ANSWERED), result=result, next_attempt_at=None)

    def apologised(self, reason: str) -> "Turn":
        """The turn given up; `reason` names the last failure."""
        return replace(
            self.move_to(TurnState.APOLOGISED),
            result={"outcome": "apologised", "reason": reason},
            next_attempt_at=None,
        )

    def waived(self) -> "Turn":
        """The turn left to the person who owns the conversation."""
        return replace(self.move_to(TurnState.WAIVED), next_attempt_at=None)


@dataclass(frozen=True)
class Hold:
    """What a desk takes a turn with: nobody else asks the bot about it until then, unless the desk lets go of it before."""

    by: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how long a turn is tried: pauses grow by `factor`, all within `give_up_after`."""

    attempts: int
    first_delay: timedelta
    factor: float
    give_up_after: timedelta

    def next_attempt(self, turn: Turn, *, since: datetime, now: datetime) -> datetime | None:
        """When to try again after `turn.attempts` failures, or None: give up.

        `since` is when the trying began: the message's arrival, or a restart after it.
        """
        if turn.attempts >= self.attempts:
            return None
        at = now + self.first_delay * self.factor ** max(0, turn.attempts - 1)
        return at if at - since <= self.give_up_after else None
