"""What a stopping desk had taken out of its stores is done first, or is due again at once: no lease holds it up."""

import asyncio
from datetime import datetime, timedelta, timezone

import pytest

from jawab.channels.contract import Incoming, Kind
from jawab.desk.apps.intake import ChannelIntake
from jawab.desk.courier import Courier
from jawab.desk.hub import InProcessHub
from jawab.desk.mail.mailroom import Mailroom
from jawab.desk.measures import Measures
from jawab.support.apps.inbox import InboxStore
from jawab.support.database import Database, connect
from jawab.support.deliveries import outbox
from jawab.support.deliveries.delivery import Arrived, Backoff, Carrier, DeliveryState, Parcel
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.mail.incoming import NewMail
from jawab.support.mail.signs import MailSigns
from jawab.support.mail.store import MailStore
from jawab.support.migrate import upgrade
from jawab.support.tickets.store import TicketStore

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
SUBJECT = "JW-K37-W9F2"
SHOP = "help@souq.example"


@pytest.fixture
def database(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'desk.db'}", patience=timedelta(seconds=5))
    made = Database(engine)
    upgrade(made)
    yield made
    made.close()


def slow(store, database, loop):
    """The store itself, slow to be asked: it is being asked when `asked` is set, and answers once `go_on` is."""

    class Slow(store):
        asked, go_on = asyncio.Event(), asyncio.Event()

        def take(self, *given, **more):
            loop.call_soon_threadsafe(self.asked.set)
            asyncio.run_coroutine_threadsafe(self.go_on.wait(), loop).result()
            return super().take(*given, **more)

    return Slow(database)


async def stopped_while_asking(store, worker):
    """Tell the worker to stop while the store is being asked, then let it answer."""
    worker.start()
    await store.asked.wait()
    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0)
    store.go_on.set()
    await stopping


def test_a_delivery_that_was_just_being_taken_is_delivered(database):
    with database.writing() as connection:
        outbox.put(connection, [Parcel(Carrier.MAIL, "ticket.opened", SUBJECT, {}, NOW)])
    arrived = []

    async def carry(delivery):
        await asyncio.sleep(0)
        arrived.append(delivery.parcel.subject)
        return Arrived()

    async def run():
        store = slow(DeliveryStore, database, asyncio.get_running_loop())
        courier = Courier(
            store,
            {Carrier.MAIL: carry},
            backoff=Backoff(timedelta(seconds=1), 2, timedelta(seconds=1), 3),
            poll=timedelta(seconds=1),
            grace=timedelta(seconds=10),
            clock=lambda: NOW,
            given_up=lambda delivery, problem: None,
            measures=Measures(),
        )
        await stopped_while_asking(store, courier)

    asyncio.run(run())
    assert arrived == [SUBJECT]
    (kept,) = DeliveryStore(database).of(SUBJECT)
    assert kept.state is DeliveryState.SENT


def test_a_mail_that_was_just_being_taken_is_due_at_the_next_start(database):
    mails = MailStore(database)
    raw = b"Subject: x\r\n\r\nhello"
    mails.keep(NewMail("souq", SHOP, "digest", "sara@example.com", raw), now=NOW)

    async def run():
        store = slow(MailStore, database, asyncio.get_running_loop())
        mailroom = Mailroom(
            store,
            TicketStore(database),
            None,  # nothing is answered: it stops before
            InProcessHub(),
            addresses={SHOP: "souq"},
            signs=MailSigns("k" * 40),
            most=10,
            window=timedelta(hours=1),
            clock=lambda: NOW,
        )
        await stopped_while_asking(store, mailroom)

    asyncio.run(run())
    assert len(mails.take(now=NOW, lease=timedelta(minutes=3), limit=5)) == 1


def test_what_an_app_sent_and_was_cut_off_is_due_at_the_next_start(database):
    inbox = InboxStore(database)

    class Accounts:
        """An account of this name is open."""

        def get(self, name):
            return object()

        def __iter__(self):
            return iter(())  # nothing here waits for the sweep

    async def run():
        begun = asyncio.Event()

        async def talk(account, incoming, last):
            begun.set()
            await asyncio.Event().wait()

        intake = ChannelIntake(
            Accounts(),
            inbox,
            talk,
            poll=timedelta(seconds=1),
            grace=timedelta(milliseconds=10),
            clock=lambda: NOW,
        )
        intake.start()
        await intake.store("shop-telegram", [Incoming(Kind.TEXT, "u1", "700", text="hello")])
        await begun.wait()
        await intake.stop()

    asyncio.run(run())
    assert len(inbox.take("shop-telegram", "700", now=NOW, lease=timedelta(minutes=5))) == 1
