"""What is written at once is committed at once; each is told of its own work alone, and not before it is kept."""

import asyncio
from datetime import datetime, timedelta, timezone
from functools import partial

import pytest
from sqlalchemy import event

from jawab.desk.together import Crowd, Together
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Draft
from jawab.support.conversations.store import Store
from jawab.support.database import Database, connect
from jawab.support.errors import ClientIdReused, UnknownConversation
from jawab.support.migrate import upgrade
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)


@pytest.fixture
def database(tmp_path):
    made = Database(connect(f"sqlite:///{tmp_path}/x.db", patience=timedelta(seconds=5)))
    upgrade(made)
    yield made
    made.close()


@pytest.fixture
def chats(database):
    opened = [begin(shop="digikala", lang=Lang.FA, now=NOW) for _ in range(40)]
    for one in opened:
        Store(database).open_conversation(one, Draft("سلام", Lang.FA))
    return [one.id for one in opened]


def accept(database, chat, text, client_id="c1"):
    return Store(database).accept(chat, Arrival(client_id, text=text), now=NOW)


def test_many_at_once_are_stored_in_order_with_few_commits(database, chats):
    commits = []
    event.listen(database.engine, "commit", commits.append)
    ours = Together(database)

    async def scenario():
        return await asyncio.gather(
            *(ours.write(accept, database, chat, f"سلام {n}") for n, chat in enumerate(chats))
        )

    got = asyncio.run(scenario())
    assert [each.message.text for each in got] == [f"سلام {n}" for n in range(len(chats))]
    ids = [each.message.id for each in got]
    assert ids == sorted(ids)
    assert len(commits) < len(chats) / 4
    assert Store(database).counts().messages == 2 * len(chats)


def test_an_error_is_told_to_its_own_writer_alone(database, chats):
    ours, chat = Together(database), chats[0]

    async def scenario():
        return await asyncio.gather(
            ours.write(accept, database, chat, "سلام"),
            ours.write(accept, database, chats[1], "مرحبا"),
            ours.write(accept, database, chat, "another text"),
            ours.write(accept, database, chats[2], "hello"),
            return_exceptions=True,
        )

    first, second, refused, last = asyncio.run(scenario())
    assert isinstance(refused, ClientIdReused)
    assert [each.message.text for each in (first, second, last)] == ["سلام", "مرحبا", "hello"]


def test_nobody_is_told_before_the_commit(database, chats):
    ours, kept = Together(database), Store(database)

    async def stored(chat):
        got = await ours.write(accept, database, chat, "سلام")
        return got.message in await asyncio.to_thread(kept.messages_after, chat, 0, limit=9)

    async def scenario():
        return await asyncio.gather(*map(stored, chats))

    assert asyncio.run(scenario()) == [True] * len(chats)


def test_what_was_handed_in_is_stored_though_its_writer_waits_no_more(database, chats):
    ours = Together(database)

    async def scenario():
        waiting = [
            asyncio.create_task(ours.write(accept, database, chat, "سلام")) for chat in chats[:3]
        ]
        await asyncio.sleep(0)
        waiting[1].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return await ours.write(accept, database, chats[3], "سلام")

    assert asyncio.run(scenario()).fresh
    assert [Store(database).last_message_id(chat) > 40 for chat in chats[:4]] == [True] * 4


def test_it_writes_in_one_loop_after_another(database, chats):
    ours = Together(database)
    for chat in chats[:3]:
        assert asyncio.run(ours.write(partial(accept, database, chat), "سلام")).fresh


def test_looks_are_one_transaction_and_each_is_told_what_its_own_found(database, chats):
    begun, ours, kept = [], Together(database), Store(database)
    event.listen(database.engine, "begin", begun.append)

    async def scenario():
        return await asyncio.gather(
            *(ours.read(kept.conversation, chat) for chat in [*chats, "nobody's"]),
            return_exceptions=True,
        )

    *found, unknown = asyncio.run(scenario())
    assert [each.id for each in found] == chats
    assert isinstance(unknown, UnknownConversation)
    assert len(begun) < len(chats) / 4


def test_a_look_sees_what_was_written_before_it_was_asked_for(database, chats):
    ours, kept = Together(database), Store(database)

    async def talk(chat):
        got = await ours.write(accept, database, chat, "سلام")
        return await ours.read(kept.last_message_id, chat) == got.message.id

    async def scenario():
        return await asyncio.gather(*map(talk, chats))

    assert asyncio.run(scenario()) == [True] * len(chats)


@pytest.mark.parametrize(("a_second", "much"), [(10, False), (160, False), (300, True)])
def test_one_shopper_is_no_crowd_and_many_are(a_second, much):
    crowd = Crowd()
    for n in range(100):
        crowd.came(1000 + n / a_second)
    assert crowd.is_there(1000 + 99 / a_second) is much
    assert not crowd.is_there(1001 + 99 / a_second)


def test_nobody_waits_for_a_crowd_that_has_only_begun():
    crowd = Crowd()
    for _ in range(10):
        crowd.came(1000.0)
    assert not crowd.is_there(1000.0)
