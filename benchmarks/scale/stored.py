"""The desk's database with ever more conversations in it: what a turn, a transcript and the search for open turns take."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

from benchmarks.owner_figures import TURNS_EACH, YEAR_MINUTES, fill
from benchmarks.scale.timing import median_ms
from jawab.settings import Settings
from jawab.support.conversations.conversation import Conversation, begin
from jawab.support.conversations.message import Arrival, Draft
from jawab.support.conversations.store import Store
from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
PAGE = 50
ANSWER = "چهار راه برای مرجوعی دارید. " * 8


def stored(sizes: tuple[int, ...]) -> Iterator[dict[str, float]]:
    """Yield the costs at each number of conversations, four turns each, spread over a year."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            database = opened(Path(folder))
            fill(database, TURNS_EACH * size, over=YEAR_MINUTES)
            yield {"conversations": size, **desk_costs(database)}
            database.close()


def opened(folder: Path) -> Database:
    """Return a database of its own, migrated."""
    settings = Settings(_env_file=None, var=folder)  # type: ignore[call-arg]
    database = Database(connect(settings.database_url, patience=timedelta(seconds=60)))
    upgrade(database)
    return database


def desk_costs(database: Database) -> dict[str, float]:
    """What the desk's store takes in a conversation of its own."""
    store = Store(database)
    talk = begin(shop="digikala", lang=Lang.FA, now=NOW)
    store.open_conversation(talk, Draft("سلام", Lang.FA))
    numbers = count()
    return {
        "turn ms": median_ms(lambda: turn(store, talk, next(numbers))),
        "transcript ms": median_ms(lambda: store.messages_after(talk.id, 0, limit=PAGE)),
        "open turns ms": median_ms(store.conversations_with_open_turns),
    }


def turn(store: Store, talk: Conversation, number: int) -> None:
    """A whole turn as the desk stores it: taken, found, sent, answered, read."""
    arrival = Arrival(f"c{number}", text="چجوری جنسی که خریدم رو پس بدم")
    store.accept(talk.id, arrival, now=NOW)
    found = store.next_turn(talk.id)
    assert found is not None
    sent = found[0].sent()
    store.keep(sent)
    store.finish(sent.answered({}), (Draft(ANSWER, Lang.FA),), now=NOW, lang=Lang.FA)
    store.replies(sent.message_id)
