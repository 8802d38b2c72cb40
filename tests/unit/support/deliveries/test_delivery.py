"""Pauses between attempts grow, have a longest, and end."""

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from jawab.support.deliveries.delivery import Backoff

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
BACKOFF = Backoff(timedelta(seconds=30), 4.0, timedelta(hours=6), 12)


def test_pauses_grow_up_to_the_longest_and_end():
    pauses = [BACKOFF.next_attempt(n, now=NOW) for n in range(1, 13)]
    assert [(at - NOW).total_seconds() for at in pauses[:5]] == [30, 120, 480, 1920, 7680]
    assert {at - NOW for at in pauses[5:11]} == {timedelta(hours=6)}
    assert pauses[11] is None


@given(st.integers(1, 10_000))
def test_no_number_of_attempts_is_too_large(attempts):
    patient = Backoff(timedelta(seconds=30), 4.0, timedelta(hours=6), 10**9)
    at = patient.next_attempt(attempts, now=NOW)
    assert NOW < at <= NOW + timedelta(hours=6)
