"""The courier stops: what it has taken is delivered first."""

import asyncio
from datetime import datetime, timedelta, timezone

import pytest

from jawab.desk.courier import Courier
from jawab.support import outbox
from jawab.support.database import Database, connect
from jawab.support.delivery import Arrived, Backoff, Carrier, DeliveryState, Parcel
from jawab.support.delivery_store import DeliveryStore
from jawab.support.migrate import upgrade

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
SUBJECT = "JW-K37-W9F2"


@pytest.fixture
def database(tmp_path):
    made = Database(connect(f"sqlite:///{tmp_path / 'outbox.db'}", patience=timedelta(seconds=5)))
    upgrade(made)
    with made.writing() as connection:
        outbox.put(connection, [Parcel(Carrier.MAIL, "ticket.opened", SUBJECT, {}, NOW)])
    yield made
    made.close()


class SlowStore(DeliveryStore):
    """The store itself, slow to be asked: it is being asked when `asked` is set, and answers when `go_on` is."""

    def __init__(self, database, loop):
        super().__init__(database)
        self._loop = loop
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()

    def take(self, *given, **more):
        self._loop.call_soon_threadsafe(self.asked.set)
        asyncio.run_coroutine_threadsafe(self.go_on.wait(), self._loop).result()
        return super().take(*given, **more)


def test_what_was_taken_while_it_was_told_to_stop_is_delivered(database):
    arrived = []

    async def carry(delivery):
        await asyncio.sleep(0)
        arrived.append(delivery.parcel.subject)
        return Arrived()

    async def run():
        store = SlowStore(database, asyncio.get_running_loop())
        courier = Courier(
            store,
            {Carrier.MAIL: carry},
            backoff=Backoff(timedelta(seconds=1), 2, timedelta(seconds=1), 3),
            poll=timedelta(seconds=1),
            grace=timedelta(seconds=10),
            clock=lambda: NOW,
            given_up=lambda delivery, problem: None,
        )
        courier.start()
        await store.asked.wait()
        stopping = asyncio.create_task(courier.stop())
        await asyncio.sleep(0)
        store.go_on.set()
        await stopping

    asyncio.run(run())
    assert arrived == [SUBJECT]
    (kept,) = DeliveryStore(database).of(SUBJECT)
    assert kept.state is DeliveryState.SENT
