"""How much waits, and how long: numbers for whoever watches the desk, each off an index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from jawab.support.agents.store import present_agents
from jawab.support.apps.tables import inbox
from jawab.support.conversations.statements import OPEN_STATES
from jawab.support.database import Database
from jawab.support.deliveries.delivery import DeliveryState
from jawab.support.deliveries.tables import deliveries
from jawab.support.handovers.handover import HandoverState
from jawab.support.handovers.tables import handovers
from jawab.support.mail.tables import mails
from jawab.support.tables import conversations, messages, tickets, turns
from jawab.support.tickets.ticket import UNSOLVED

_WAITING = "waiting"
_UNSOLVED = [state.value for state in UNSOLVED]


@dataclass(frozen=True)
class Load:
    """What there is now. Moments are those of the oldest that waits; None when nothing does."""

    conversations: int
    messages: int  # ever stored: the greatest id
    turns: Mapping[str, int]  # by state, those that are not over
    oldest_turn: datetime | None
    waiting: Mapping[str, int]  # shoppers who wait for a person, by queue
    oldest_waiting: datetime | None
    in_talk: int
    agents: int
    tickets: Mapping[str, int]  # unsolved, by queue
    overdue: int
    deliveries: Mapping[tuple[str, str], int]  # by carrier and state
    oldest_delivery: datetime | None
    inbox: Mapping[str, int]  # what apps brought and is not worked on, by account
    mails: int


class LoadStore:
    """Looks at the tables in one short transaction."""

    def __init__(self, database: Database, *, presence: timedelta) -> None:
        self._database = database
        self._presence = presence

    def load(self, *, now: datetime) -> Load:
        """How much waits and is at work at this moment, for /metrics."""
        d, h, t = deliveries.c, handovers.c, tickets.c
        open_turn = turns.c.state.in_(OPEN_STATES)
        waits = h.state == HandoverState.WAITING.value
        unsolved = t.state.in_(_UNSOLVED)
        undelivered = d.state == DeliveryState.WAITING.value
        with self._database.reading() as connection:

            def number(what: object, *where: object) -> int:
                return int(connection.execute(select(what).where(*where)).scalar() or 0)

            def oldest(what: object, *where: object) -> datetime | None:
                found: datetime | None = connection.execute(select(what).where(*where)).scalar()
                return found

            return Load(
                conversations=number(func.count(conversations.c.id)),
                messages=number(func.max(messages.c.id)),
                turns=_by(connection, turns.c.state, open_turn),
                oldest_turn=oldest(func.min(turns.c.queued_at), open_turn),
                waiting=_by(connection, h.queue, waits),
                oldest_waiting=oldest(func.min(h.waiting_since), waits),
                in_talk=number(func.count(), h.state == HandoverState.ACTIVE.value),
                agents=len(present_agents(connection, now=now, lifetime=self._presence)),
                tickets=_by(connection, t.queue, unsolved),
                overdue=number(func.count(), unsolved, t.due_at < now),
                deliveries={
                    (row.carrier, row.state): row.number
                    for row in connection.execute(
                        select(d.carrier, d.state, func.count().label("number")).group_by(
                            d.carrier, d.state
                        )
                    )
                },
                oldest_delivery=oldest(func.min(d.created_at), undelivered),
                inbox=_by(connection, inbox.c.account, inbox.c.state == _WAITING),
                mails=number(func.count(), mails.c.state == _WAITING),
            )


def _by(connection: Connection, column: object, *where: object) -> dict[str, int]:
    query = select(column, func.count()).where(*where).group_by(column)
    return {name: number for name, number in connection.execute(query)}
