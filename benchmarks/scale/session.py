"""One conversation that grows: what the desk's store and Rasa's memory of it take for one more turn."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.scale.stored import NOW, PAGE, opened, turn
from benchmarks.scale.timing import median_ms
from jawab.settings import PROJECT
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Draft
from jawab.support.conversations.store import Store
from jawab.support.tables import messages
from jawab.text.language import Lang

WHO = "benchmark"
# Rasa's own store reads and writes the whole session each time: a few runs tell enough.
FEW = 5


def session(sizes: tuple[int, ...]) -> Iterator[dict[str, float]]:
    """Yield the costs of one more turn at each number of messages that the conversation holds already."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            yield {"messages": size, **_desk(Path(folder), size), **_rasa(Path(folder), size)}


def _desk(folder: Path, size: int) -> dict[str, float]:
    database = opened(folder)
    store, talk, numbers = Store(database), begin(shop="digikala", lang=Lang.FA, now=NOW), count()
    store.open_conversation(talk, Draft("سلام", Lang.FA))
    with database.writing() as connection:
        connection.execute(
            insert(messages),
            [
                {
                    "conversation_id": talk.id,
                    "author": ("shopper", "bot")[number % 2],
                    "text": "چجوری پس بدم؟",
                    "lang": "fa",
                    "created_at": NOW,
                    "buttons": [],
                    "attachments": [],
                }
                for number in range(size)
            ],
        )
    found = {
        "desk turn ms": median_ms(lambda: turn(store, talk, next(numbers))),
        "desk transcript ms": median_ms(lambda: store.messages_after(talk.id, size, limit=PAGE)),
    }
    database.close()
    return found


def _rasa(folder: Path, size: int) -> dict[str, float]:
    from rasa.core.tracker_store import SQLTrackerStore
    from rasa.shared.core.domain import Domain

    from jawab.nlu.tracker_store import LiveTrackerStore

    domain = Domain.load(str(PROJECT / "domain.yml"))
    found = {}
    for name, kind, runs in (("jawab", LiveTrackerStore, 40), ("rasa's own", SQLTrackerStore, FEW)):
        store = kind(domain, db=str(folder / f"{kind.__name__}.db"))
        loop = asyncio.new_event_loop()
        loop.run_until_complete(_talk(store, size // 2))
        found[f"trackers, {name} ms"] = median_ms(
            lambda store=store, loop=loop: loop.run_until_complete(_talk(store, 1)),  # type: ignore[misc]
            runs=runs,
        )
        loop.close()
    return found


async def _talk(store: Any, turns: int) -> None:
    """What a turn does to a tracker, so many times, saved once: taken, copied for each action as Rasa does, saved."""
    tracker = await store.get_or_create_tracker(WHO, append_action_listen=False)
    if not tracker.events:
        for event in _begun():
            tracker.update(event)
    for number in range(turns):
        for event in _turn(number):
            tracker.update(event)
    tracker.copy()
    tracker.copy()
    await store.save(tracker)


def _begun() -> list[Any]:
    from rasa.shared.core.events import ActionExecuted, SessionStarted

    return [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
    ]


def _turn(number: int) -> list[Any]:
    from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

    intent = {"name": "faq", "confidence": 0.9}
    ranking = [{"name": f"intent_{n}", "confidence": 1 / (n + 2)} for n in range(73)]
    parsed = {
        "text": "چجوری پس بدم؟",
        "intent": intent,
        "entities": [],
        "intent_ranking": ranking,
    }
    return [
        UserUttered("چجوری پس بدم؟", intent, [], parsed, metadata={"message_id": str(number)}),
        ActionExecuted("action_answer_faq"),
        BotUttered("چهار راه برای مرجوعی دارید. " * 8, {"buttons": []}),
        BotUttered(None, {"custom": {"message_id": str(number)}}),
        SlotSet("language", "fa"),
        SlotSet("misunderstood", 0),
        SlotSet("topic", {"question": "returns_how"}),
        ActionExecuted("action_listen"),
    ]
