"""The action server's composition root: settings and knowledge, read once when the first action runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache

from jawab.knowledge import Knowledge, load
from jawab.settings import Settings


@dataclass(frozen=True)
class Services:
    """What actions need from outside: the shops' knowledge and the clock."""

    knowledge: Knowledge
    clock: Callable[[], datetime]
    default_shop: str


@lru_cache(maxsize=1)
def services() -> Services:
    """Return this process's services."""
    settings = Settings()
    knowledge = load(settings.root)
    return Services(
        knowledge=knowledge,
        clock=lambda: datetime.now(timezone.utc),
        default_shop=next(iter(knowledge.shops)),
    )
