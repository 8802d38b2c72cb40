"""What this process has counted since it started. Everybody who works for the desk adds; `/metrics` reads."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate
from threading import Lock

from jawab.desk.exposition import Family, Kind, Sample

HTTP_REQUESTS = Family(
    "jawab_http_requests_total",
    Kind.COUNTER,
    "Requests by method, route and status.",
    ("method", "route", "status"),
)
HTTP_SECONDS = Family(
    "jawab_http_request_seconds",
    Kind.HISTOGRAM,
    "Time in which requests were served, streams left out.",
)
TURNS = Family(
    "jawab_turns_total",
    Kind.COUNTER,
    "Messages of shoppers that came to an end, by which.",
    ("outcome",),
)
ANSWER_SECONDS = Family(
    "jawab_answer_seconds",
    Kind.HISTOGRAM,
    "Time from a shopper's message to the bot's answer, apologies included.",
)
RASA_FAILURES = Family(
    "jawab_rasa_failures_total",
    Kind.COUNTER,
    "Attempts at Rasa that failed, by reason.",
    ("reason",),
)
DELIVERY_ATTEMPTS = Family(
    "jawab_delivery_attempts_total",
    Kind.COUNTER,
    "Attempts to bring mails, webhooks and messages of apps, by carrier and what came of it.",
    ("carrier", "outcome"),
)
COUNTED = (HTTP_REQUESTS, HTTP_SECONDS, TURNS, ANSWER_SECONDS, RASA_FAILURES, DELIVERY_ATTEMPTS)
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
# Nothing that comes from outside can make ever new labels.
_MOST_SERIES = 2000


class Measures:
    """Counters and histograms, for every thread. Labels are names of ours: routes, outcomes, reasons."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[Family, dict[tuple[str, ...], int]] = defaultdict(dict)
        self._buckets: dict[Family, list[int]] = {}
        self._sums: dict[Family, float] = defaultdict(float)

    def count(self, family: Family, *labels: str) -> None:
        """One more of these."""
        with self._lock:
            series = self._counts[family]
            if labels in series or len(series) < _MOST_SERIES:
                series[labels] = series.get(labels, 0) + 1

    def took(self, family: Family, time: timedelta) -> None:
        """One more that took so long."""
        seconds = max(time.total_seconds(), 0.0)
        with self._lock:
            buckets = self._buckets.setdefault(family, [0] * (len(BOUNDS) + 1))
            buckets[bisect_left(BOUNDS, seconds)] += 1
            self._sums[family] += seconds

    def read(self) -> Iterator[tuple[Family, list[Sample]]]:
        """Everything counted, as it is now."""
        with self._lock:
            counts = {family: dict(self._counts[family]) for family in COUNTED}
            buckets = {family: list(each) for family, each in self._buckets.items()}
            sums = dict(self._sums)
        for family in COUNTED:
            if family.kind is Kind.HISTOGRAM:
                empty = [0] * (len(BOUNDS) + 1)
                yield family, _histogram(buckets.get(family, empty), sums.get(family, 0.0))
            else:
                yield family, [Sample(n, labels) for labels, n in sorted(counts[family].items())]


def _histogram(buckets: list[int], total: float) -> list[Sample]:
    bounds = [*(f"{bound:g}" for bound in BOUNDS), "+Inf"]
    below = list(accumulate(buckets))
    return [
        *(
            Sample(number, suffix="_bucket", more={"le": bound})
            for bound, number in zip(bounds, below, strict=True)
        ),
        Sample(total, suffix="_sum"),
        Sample(below[-1], suffix="_count"),
    ]
