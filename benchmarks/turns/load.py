"""The load generator: so many shoppers at once, each of whom speaks as soon as the last message is answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import aiohttp

from benchmarks.turns.doors import Door
from benchmarks.turns.script import Talk

PATIENCE = aiohttp.ClientTimeout(total=120)


@dataclass
class Heard:
    """What one run brought: the milliseconds of each answered turn, how many got nothing, how many conversations
    were begun, how long it took, and what of it the generator's own processor time was."""

    milliseconds: list[float] = field(default_factory=list)
    failures: int = 0
    opened: int = 0
    seconds: float = 0.0
    own_seconds: float = 0.0

    @property
    def a_second(self) -> float:
        """Turns answered in a second."""
        return len(self.milliseconds) / self.seconds


async def load(door: Door, talks: Iterator[Talk], *, conversations: int, seconds: float) -> Heard:
    """Keep so many conversations busy for so long; what is in flight at the end is still waited for, and counts.

    Who has opened a conversation says its first text in any case.
    """
    heard = Heard()
    begin, used = time.perf_counter(), time.process_time()
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=PATIENCE, trust_env=False
    ) as session:
        await asyncio.gather(
            *(
                _shopper(session, door, talks, heard, until=begin + seconds)
                for _ in range(conversations)
            )
        )
    heard.seconds = time.perf_counter() - begin
    heard.own_seconds = time.process_time() - used
    return heard


async def _shopper(
    session: aiohttp.ClientSession, door: Door, talks: Iterator[Talk], heard: Heard, *, until: float
) -> None:
    while time.perf_counter() < until:
        talk = next(talks)
        try:
            conversation = await door.open(session, talk.lang)
            heard.opened += 1
            for spoken, text in enumerate(talk.texts):
                if spoken and time.perf_counter() >= until:
                    return
                begin = time.perf_counter()
                if await conversation.say(text):
                    heard.milliseconds.append(1000 * (time.perf_counter() - begin))
                else:
                    heard.failures += 1
        except (aiohttp.ClientError, TimeoutError, asyncio.TimeoutError):
            heard.failures += 1
