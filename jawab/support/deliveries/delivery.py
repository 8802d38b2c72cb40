"""What waits to leave the desk: an e-mail or a message to a shopper, a webhook to the owner, tried until it has arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, TypeAlias

# Noted as the problem of what is `Held`.
AWAITED = "waits until the shopper writes"


class Carrier(str, Enum):
    """By what a parcel leaves the desk."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    CHANNEL = "channel"
    TEAM = "team"  # notices to the shop's own people


class DeliveryState(str, Enum):
    """Where a delivery stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"  # given up, with the problem


@dataclass(frozen=True)
class Parcel:
    """Something to be delivered: the event, whose it is (a ticket's reference, a conversation's id or a shop's), and what it
    tells, in values that JSON holds.
    """

    carrier: Carrier
    event: str
    subject: str
    data: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class Delivery:
    """A parcel in the outbox; `attempts` counts the present one too."""

    id: int
    parcel: Parcel
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime
    problem: str | None = None


@dataclass(frozen=True)
class Arrived:
    """The receiver has it, under the receiver's own name for it where there is one."""

    reference: str | None = None


@dataclass(frozen=True)
class Later:
    """It did not get through; `problem` says why, without addresses and words of shoppers.

    `retry_after` is how long the receiver wants to be left alone.
    """

    problem: str
    retry_after: timedelta | None = None


@dataclass(frozen=True)
class Held:
    """The receiver may be written to only once they have written again; until then it waits."""


@dataclass(frozen=True)
class Never:
    """The receiver will not have it, however often it is tried."""

    problem: str


@dataclass(frozen=True)
class Unwanted:
    """The owner has switched such notices off."""


Outcome: TypeAlias = Arrived | Later | Held | Never | Unwanted


@dataclass(frozen=True)
class Backoff:
    """Pauses between attempts: each longer by `factor`, none longer than `longest`, at most `attempts` in all."""

    first: timedelta
    factor: float
    longest: timedelta
    attempts: int

    def next_attempt(self, attempts: int, *, now: datetime) -> datetime | None:
        """When to try again after so many failures, or None: give up."""
        if attempts >= self.attempts:
            return None
        # The power is cut off before it can grow beyond a timedelta.
        pause = self.first.total_seconds() * self.factor ** min(attempts - 1, 64)
        return now + timedelta(seconds=min(pause, self.longest.total_seconds()))
