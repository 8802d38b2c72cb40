"""The figures out of SQL."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from jawab.support.conversations.turn import TurnState
from jawab.support.database import Database
from jawab.support.figures import statements
from jawab.support.figures.figures import Fate, Figures, Scope, Wait, spread
from jawab.support.handovers.handover import Ending
from jawab.support.tables import turns
from jawab.text.lang import Lang

TOP = 20


class FigureStore:
    """Counts; all figures of a page from one moment's view of the database."""

    def __init__(self, database: Database, *, acts: Collection[str]) -> None:
        """`acts` are the intents that are no questions of the FAQ."""
        self._database = database
        self._acts = tuple(acts)

    def figures(
        self,
        scope: Scope,
        *,
        promised: Mapping[str, timedelta],
        now: datetime,
        unknown: int,
    ) -> Figures:
        """Everything of this scope; `promised` is each shop's longest wait for a person in the chat, `unknown` how many of
        the messages that were not understood are wanted, the latest first.
        """
        with self._database.reading() as connection:
            fates = self._fates(connection, scope)
            by_outcome = self._outcomes(connection, scope)
            tickets = connection.execute(statements.ticket_times(scope)).all()
            stars = dict(tuple(row) for row in connection.execute(statements.stars(scope)))
            by_fate, by_quarter = Counter[Any](), Counter[Any]()
            by_lang, by_channel = Counter[Any](), Counter[Any]()
            for lang, channel, quarter, fate, number in fates:
                by_fate[fate] += number
                if fate is not None:
                    by_lang[Lang(lang), Fate(fate)] += number
                    by_channel[channel, Fate(fate)] += number
                    by_quarter[quarter, Fate(fate)] += number
            return Figures(
                fates={fate: by_fate[fate.value] for fate in Fate},
                silent=by_fate[None],
                fates_by_lang=by_lang,
                fates_by_channel=by_channel,
                fates_by_quarter=by_quarter,
                turns=sum(by_outcome.values()),
                misunderstood=by_outcome[statements.NOT_UNDERSTOOD],
                offered=by_outcome[statements.OFFERED],
                apologised=by_outcome[TurnState.APOLOGISED.value],
                questions=self._questions(connection, scope),
                unknown=tuple(
                    tuple(row)
                    for row in connection.execute(statements.not_understood(scope, limit=unknown))
                ),
                first_answer=spread(
                    [Wait(row.opened_at, row.due_at, _first(row)) for row in tickets], now=now
                ),
                solution=spread(
                    [Wait(row.opened_at, row.due_at, row.solved) for row in tickets], now=now
                ),
                chat=spread(_chats(connection, scope, promised), now=now),
                tickets=len(tickets),
                solved=sum(row.solved is not None for row in tickets),
                reopened=sum(bool(row.reopened) for row in tickets),
                asked=sum(stars.values()),
                stars={given: stars.get(given, 0) for given in range(1, 6)},
            )

    def _fates(self, connection: Connection, scope: Scope) -> Any:
        each = statements.fates(scope, self._acts)
        grouped = (each.c.lang, each.c.channel, each.c.quarter, each.c.fate)
        return connection.execute(select(*grouped, func.count()).group_by(*grouped)).all()

    def _outcomes(self, connection: Connection, scope: Scope) -> Counter[str | None]:
        rows = connection.execute(statements.turns_by(scope, turns.c.outcome))
        return Counter({row.outcome: row.number for row in rows})

    def _questions(self, connection: Connection, scope: Scope) -> tuple[tuple[str, int], ...]:
        counted = statements.turns_by(scope, turns.c.intent).where(
            turns.c.outcome == statements.ANSWERED,
            turns.c.intent.not_in(self._acts),
        )
        ranked = counted.order_by(func.count().desc(), turns.c.intent).limit(TOP)
        return tuple((row.intent, row.number) for row in connection.execute(ranked))


def _first(row: Any) -> datetime | None:
    """A ticket is answered by an agent's first reply, or by being solved without one."""
    return min((at for at in (row.replied, row.solved) if at is not None), default=None)


def _chats(connection: Connection, scope: Scope, promised: Mapping[str, timedelta]) -> list[Wait]:
    """The waits for a person; who stopped waiting by themselves is not judged."""
    found = []
    for row in connection.execute(statements.chat_times(scope)):
        promise = promised.get(row.shop)
        gave_up = row.first_claimed_at is None and row.ending in (
            Ending.STOPPED.value,
            Ending.TICKET.value,
        )
        due = row.asked_at + promise if promise is not None and not gave_up else None
        over = row.ending == Ending.NOBODY.value
        found.append(Wait(row.asked_at, due, row.first_claimed_at, over))
    return found
