"""Playing the stories: all of them side by side, in the order of time, into an installation's own database."""

import heapq
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from jawab.demo import agents, shoppers, tickets, ways
from jawab.demo.scene import Clock, Scene
from jawab.demo.story import Step, Story
from jawab.desk.assembly import assembled
from jawab.desk.services import Services
from jawab.desk.threads import in_thread
from jawab.knowledge import Knowledge
from jawab.settings import Settings
from jawab.support.agents.administration import new_password
from jawab.support.agents.agent import Agent, Presence
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.migrate import upgrade
from jawab.text.language import Lang

_DAY = timedelta(days=1)
_GAP = (18, 70)  # seconds between two steps that say nothing else
_LAST = timedelta(seconds=4)  # what is left for each step before now
_MORNING, _EVENING = time(9, 40), time(21, 20)

Verb = Callable[[Scene, Step], Awaitable[None]]
_VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        verb.__name__: verb
        for verb in (
            shoppers.asks,
            shoppers.calls,
            shoppers.says,
            shoppers.votes,
            shoppers.rates,
            shoppers.leaves,
            shoppers.nobody,
            agents.takes,
            agents.writes,
            agents.notes,
            agents.gives,
            agents.closes,
            agents.reopens,
            tickets.opens,
            tickets.assigns,
            tickets.prioritises,
            tickets.remarks,
            tickets.answers,
            tickets.moves,
        )
    }
)


class NotEmpty(Exception):
    """The database holds conversations or agents already."""


@dataclass(frozen=True)
class Played:
    """What came of it: the agents that are new with their password, and how much was said and opened."""

    logins: tuple[str, ...]
    password: str
    conversations: int
    tickets: int


async def play(
    settings: Settings,
    knowledge: Knowledge,
    stories: Sequence[Story],
    *,
    now: datetime,
    seed: int,
    shop: str | None = None,
    anyway: bool = False,
) -> Played:
    """Play every story into the database so that it ends by `now`; `NotEmpty` where something is there, unless `anyway`.

    All of a seed's stories have the same times, shops and numbers. Without a `shop` each language goes to the shop that
    speaks it, and what no shop speaks to all of them in turn.
    """
    clock = Clock(now)
    desk = assembled(settings, knowledge, clock)
    try:
        await in_thread(upgrade, desk.database)
        if not anyway and (desk.store.counts().conversations or desk.agents.count()):
            raise NotEmpty("there are conversations or agents already")
        password = new_password()
        people, logins = agents.cast(
            desk.agents, desk.administration, password=password, now=clock()
        )
        scenes = tuple(_scenes(stories, desk, clock, people, shop, random.Random(seed), now))  # noqa: S311
        await _play([scene for scene, _ in scenes], [at for _, at in scenes], now, seed)
        clock.now = now
        for one in people.values():
            desk.agents.be(one.id, Presence.ONLINE, now=now)
        opened = sum(scene.reference is not None for scene, _ in scenes)
        return Played(logins, password, len(scenes), opened)
    finally:
        await desk.http.aclose()
        desk.database.close()


def _scenes(
    stories: Sequence[Story],
    desk: Services,
    clock: Clock,
    people: Mapping[str, Agent],
    shop: str | None,
    chance: random.Random,
    now: datetime,
) -> Iterator[tuple[Scene, datetime]]:
    """Each story with its shop, its order's number and its beginning."""
    shops = desk.knowledge.shops
    native: Mapping[Lang, str] = {one.language: one.id for one in shops.values()}
    for number, story in enumerate(stories):
        home = shop or native.get(story.lang) or list(shops)[number % len(shops)]
        order = str(chance.randrange(10_000_000, 100_000_000))
        zone = shops[home].zone
        at = _moment(story.began, now, zone, chance)
        yield Scene(story, desk, clock, people, home, order), at


def _moment(ago: timedelta, now: datetime, zone: ZoneInfo, chance: random.Random) -> datetime:
    """A moment that long ago; what is days ago falls into the hours in which people write."""
    if ago < 2 * _DAY:
        return now - ago
    day = (now - ago).astimezone(zone).date()
    first = datetime.combine(day, _MORNING, zone)
    last = datetime.combine(day, _EVENING, zone)
    return first + chance.random() * (last - first)


async def _play(
    scenes: Sequence[Scene], begins: Sequence[datetime], now: datetime, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 no secret
    due = [(at, number, -1) for number, at in enumerate(begins)]
    heapq.heapify(due)
    while due:
        at, number, place = heapq.heappop(due)
        scene = scenes[number]
        scene.clock.now = at
        steps = scene.story.steps
        if place < 0:
            ways.enter(scene)
        else:
            await _VERBS[steps[place].verb](scene, steps[place])
        ways.left(scene, steps[max(place, 0)], DeliveryStore(scene.desk.database))
        if (after := place + 1) < len(steps):
            gap = steps[after].after or timedelta(seconds=chance.randint(*_GAP))
            latest = now - _LAST * (len(steps) - after)
            heapq.heappush(due, (max(at, min(at + gap, latest)), number, after))
