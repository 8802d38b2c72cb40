"""How much a ticket presses: anger, being misunderstood and having to come again each raise it a step."""

from dataclasses import dataclass

from jawab.support.tickets.ticket import Priority

MISUNDERSTOOD_TOO_OFTEN = 2


@dataclass(frozen=True)
class Signals:
    """What is known when a ticket is opened: whether the shopper was angry, how often the bot did not understand,
    and how many unsolved tickets the same shopper has.
    """

    angry: bool = False
    misunderstood: int = 0
    unsolved_tickets: int = 0


def priority_of(signals: Signals) -> Priority:
    """NORMAL, a step more for each reason, at most URGENT.

    >>> priority_of(Signals(angry=True)).name
    'HIGH'
    """
    reasons = (
        signals.angry,
        signals.misunderstood >= MISUNDERSTOOD_TOO_OFTEN,
        signals.unsolved_tickets > 0,
    )
    return Priority(min(Priority.NORMAL + sum(reasons), Priority.URGENT))
