"""How long a page of the ticket list takes with many tickets: `python -m benchmarks.ticket_list [TICKETS]`.

Prints median and slowest of the first page, of filtered ones and of one far back, in milliseconds, through the whole
application without a network. Needs no server.
"""

import random
import statistics
import sys
import time
from datetime import datetime, timedelta, timezone
from urllib.parse import urlencode

from sqlalchemy import insert, select
from starlette.testclient import TestClient

from benchmarks.desk import measured_desk
from jawab.support.database import Database
from jawab.support.tables import tickets
from jawab.support.tickets import reference
from jawab.support.tickets.rows import from_new
from jawab.support.tickets.ticket import NewTicket, Origin, Priority, Queue, TicketState
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
RUNS = 15
CHANCE = random.Random(7)  # noqa: S311
PAGES = {
    "first page": {},
    "all states": {"state": "all"},
    "one queue": {"state": "all", "queue": "sellers"},
    "one shop": {"shop": "souq"},
    "mine": {"mine": "true"},
}


def main(number: int) -> None:
    """Fill a database of its own and measure."""
    with measured_desk(NOW) as (client, services, owner):
        with services.database.writing() as connection:
            connection.execute(insert(tickets), [_row(owner, one) for one in _references(number)])
        far = _far_back(services.database, number)
        print(f"{number} tickets")
        for name, query in {**PAGES, "far back": {"state": "all", "after": far}}.items():
            _measure(client, name, query)


def _references(number: int) -> set[str]:
    found: set[str] = set()
    while len(found) < number:
        found.add(reference.new())
    return found


def _row(agent: int, its_reference: str) -> dict[str, object]:
    at = NOW - timedelta(minutes=CHANCE.randrange(100_000))
    new = NewTicket(
        shop=CHANCE.choice(("digikala", "souq")),
        lang=CHANCE.choice(list(Lang)),
        topic="delivery",
        queue=CHANCE.choice(list(Queue)),
        name="سارا احمدی",
        message="سفارشم نرسیده",
        origin=Origin.PAGE,
        at=at,
        priority=CHANCE.choice(list(Priority)),
    )
    return {
        **from_new(new),
        "reference": its_reference,
        "state": CHANCE.choice(list(TicketState)).value,
        "assignee": f"agent:{agent}" if CHANCE.random() < 0.1 else None,
        "due_at": at + timedelta(hours=24),
    }


def _far_back(database: Database, number: int) -> str:
    with database.reading() as connection:
        order = (tickets.c.priority.desc(), tickets.c.due_at, tickets.c.reference)
        query = select(tickets.c.reference).order_by(*order).offset(number * 9 // 10).limit(1)
        return str(connection.execute(query).scalar_one())


def _measure(client: TestClient, name: str, query: dict[str, str]) -> None:
    took = []
    for _ in range(RUNS):
        before = time.perf_counter()
        response = client.get(f"/desk/tickets?{urlencode(query)}")
        took.append(1000 * (time.perf_counter() - before))
        assert response.status_code == 200, response.text
    print(f"{name:12} median {statistics.median(took):5.1f} ms  slowest {max(took):5.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
