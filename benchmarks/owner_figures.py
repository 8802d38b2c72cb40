"""How long the owner's page of figures takes: `python -m benchmarks.owner_figures [TURNS]`.

Fills a database of its own with a year of conversations and prints median and slowest of the page for the last 7, 30 and 90
days, in milliseconds, through the whole application without a network. Needs no server.
"""

import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import insert
from starlette.testclient import TestClient

from benchmarks.desk import measured_desk
from jawab.support.database import Database
from jawab.support.tables import conversations, feedback, messages, turns
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
RUNS = 9
TURNS_EACH = 4
BATCH = 5000
YEAR_MINUTES = 365 * 24 * 60
CHANCE = random.Random(7)  # noqa: S311
OUTCOMES = ("answered",) * 7 + ("offered", "not_understood", "form")
INTENTS = ("returns_how", "refund_how", "contact_hours", "order_track", "thanks", "greet")


def main(number: int) -> None:
    """Fill a database of its own and measure."""
    with measured_desk(NOW) as (client, services, _):
        fill(services.database, number, over=YEAR_MINUTES)
        print(f"{number} turns in {number // TURNS_EACH} conversations of a year")
        for days in (7, 30, 90):
            _measure(client, days)


def fill(database: Database, number: int, *, over: int) -> None:
    """Write so many turns, spread over the last `over` minutes."""
    ids = iter(range(1, number + 1))
    for start in range(0, number // TURNS_EACH, BATCH):
        rows = [
            _conversation(place, ids, over)
            for place in range(start, min(start + BATCH, number // TURNS_EACH))
        ]
        with database.writing() as connection:
            connection.execute(insert(conversations), [row for row, _ in rows])
            said = [turn for _, own in rows for turn in own]
            connection.execute(insert(messages), [message for message, _ in said])
            connection.execute(insert(turns), [turn for _, turn in said])
            voted = [turn for _, turn in said if CHANCE.random() < 0.1]
            connection.execute(insert(feedback), list(map(_vote, voted)))


def _conversation(place: int, ids: Iterator[int], over: int) -> tuple[dict[str, Any], list[Any]]:
    at = NOW - timedelta(minutes=CHANCE.randrange(over))
    id, lang = f"bench-{place}", CHANCE.choice(list(Lang)).value
    row = {
        "id": id,
        "shop": CHANCE.choice(("digikala", "souq")),
        "lang": lang,
        "owner": "bot",
        "channel": CHANCE.choice(("site", "site", "telegram", "bale")),
        "created_at": at,
    }
    said = []
    for _ in range(TURNS_EACH):
        message = next(ids)
        outcome = CHANCE.choice(OUTCOMES)
        said.append(
            (
                {
                    "id": message,
                    "conversation_id": id,
                    "author": "shopper",
                    "text": "چجوری پس بدم؟",
                    "lang": lang,
                    "created_at": at,
                    "buttons": [],
                    "attachments": [],
                },
                {
                    "message_id": message,
                    "conversation_id": id,
                    "state": "answered",
                    "attempts": 1,
                    "queued_at": at,
                    "outcome": outcome,
                    "intent": CHANCE.choice(INTENTS) if outcome == "answered" else None,
                },
            )
        )
    return row, said


def _vote(turn: dict[str, Any]) -> dict[str, Any]:
    return {
        "message_id": turn["message_id"],
        "conversation_id": turn["conversation_id"],
        "value": CHANCE.choice(("up", "up", "down")),
        "created_at": turn["queued_at"],
    }


def _measure(client: TestClient, days: int) -> None:
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        response = client.get("/desk/figures", params={"days": days, "lang": "fa"})
        taken.append(1000 * (time.perf_counter() - started))
        assert response.status_code == 200, response.text
    print(
        f"{days:>3} days  median {statistics.median(taken):6.0f} ms  slowest {max(taken):6.0f} ms"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
