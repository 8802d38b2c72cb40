"""How long what is over is kept, shop by shop."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# Uploads that no message or ticket ever carried, and what Rasa remembers of conversations that are gone.
UNSENT = timedelta(days=7)
FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class Retention:
    """Days by shop; the shop without a name stands for every other one. No days: kept for good.

    >>> Retention.of([("", 365), ("souq", 90)]).days("souq")
    90
    """

    by_shop: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, int]]) -> "Retention":
        """The setting as it is written."""
        return cls(tuple(pairs))

    def days(self, shop: str) -> int | None:
        """How many days this shop keeps what is over; None for good."""
        known = dict(self.by_shop)
        return known.get(shop, known.get(""))

    def before(self, shop: str, *, now: datetime) -> datetime | None:
        """What has been quiet since before this moment is erased; None: nothing is."""
        days = self.days(shop)
        return None if days is None else now - timedelta(days=days)
