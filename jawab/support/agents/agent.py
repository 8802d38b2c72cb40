"""Agents: the people who answer, what they may see and whether they are there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang


class Role(str, Enum):
    """What an agent may do: own conversations; those of colleagues too; everything."""

    AGENT = "agent"
    LEAD = "lead"
    OWNER = "owner"


class Presence(str, Enum):
    """What an agent says of themselves; it counts only while their page is heard of."""

    ONLINE = "online"
    AWAY = "away"


@dataclass(frozen=True)
class NewAgent:
    """An agent before there is an id. No shops, queues or languages named: all of them."""

    login: str
    name: str
    role: Role = Role.AGENT
    shops: tuple[str, ...] = ()
    queues: tuple[Queue, ...] = ()
    languages: tuple[Lang, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Agent(NewAgent):
    """One agent, as the others may know them: the password's hash stays in the store."""

    id: int
    active: bool = True
    presence: Presence = Presence.AWAY
    seen_at: datetime | None = None

    @property
    def leads(self) -> bool:
        """Whether colleagues' conversations may be moved as one's own."""
        return self.role is not Role.AGENT

    @property
    def serves_all_shops(self) -> bool:
        """Whether every shop is the agent's business."""
        return self.role is Role.OWNER or not self.shops

    def serves(self, shop: str, queue: Queue | None = None) -> bool:
        """Whether this shop, and this queue of it, is the agent's business."""
        of_shop = self.serves_all_shops or shop in self.shops
        of_queue = queue is None or self.leads or not self.queues or queue in self.queues
        return of_shop and of_queue

    def speaks(self, lang: Lang) -> bool:
        """Whether the agent writes this language."""
        return not self.languages or lang in self.languages

    def is_present(self, now: datetime, *, lifetime: timedelta) -> bool:
        """Whether the agent is online and was heard of within `lifetime`."""
        return (
            self.active
            and self.presence is Presence.ONLINE
            and self.seen_at is not None
            and now - self.seen_at < lifetime
        )
