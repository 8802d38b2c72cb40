"""The action server's composition root: settings, knowledge and tickets, made once when the first action runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import lru_cache

from jawab.knowledge import Knowledge, load
from jawab.settings import Settings
from jawab.support.database import Database, connect
from jawab.support.guesses import Guesses
from jawab.support.overrides.current import Current
from jawab.support.overrides.store import OverrideStore
from jawab.support.persons.store import PersonStore
from jawab.support.shared_guesses import guesses_of
from jawab.support.tickets import topics as ticket_topics
from jawab.support.tickets.signals import SignalReader
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.topics import TicketTopics


@dataclass(frozen=True)
class Services:
    """What actions need from outside: the shops' knowledge, the clock, and the tickets in the desk's database.

    The desk alone migrates the database; until it has, opening a ticket fails and is tried again.
    """

    knowledge: Knowledge
    clock: Callable[[], datetime]
    default_shop: str
    topics: TicketTopics
    tickets: TicketStore
    persons: PersonStore
    signals: SignalReader
    guesses: Guesses
    guesses_per_ticket: int


def services() -> Services:
    """Return this process's services, with what the owners have set at the desk by now."""
    made, current = _made()
    knowledge = current.look()
    return made if knowledge is made.knowledge else replace(made, knowledge=knowledge)


@lru_cache(maxsize=1)
def _made() -> tuple[Services, Current]:
    settings = Settings()
    knowledge = load(settings.root)
    database = Database(connect(settings.database_url, patience=settings.database_patience))
    made = Services(
        knowledge=knowledge,
        clock=_now,
        default_shop=next(iter(knowledge.shops)),
        topics=ticket_topics.load(settings.root),
        tickets=TicketStore(database),
        persons=PersonStore(database),
        signals=SignalReader(database),
        guesses=guesses_of(settings.redis, window=settings.guess_window, clock=_now),
        guesses_per_ticket=settings.guesses_per_ticket,
    )
    return made, Current(knowledge, OverrideStore(database))


def _now() -> datetime:
    return datetime.now(timezone.utc)
