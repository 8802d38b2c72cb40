"""Trials in SQL: one at a time over all desks of a database, each looked after by the desk that started it."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from jawab.support.database import Database
from jawab.support.errors import TrialRunning
from jawab.support.learning.tables import learning_trials as trials
from jawab.support.learning.trial import LEASE, Trial, TrialState

_OPEN = tuple(state.value for state in TrialState if state.open)


class TrialStore:
    """The trials, how far they are, and what came of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, mark_id: int, *, control: bool, who: str, now: datetime) -> Trial:
        """Begin a trial; `TrialRunning` while there is another."""
        try:
            with self._database.writing() as connection:
                _bury(connection, now)
                id = connection.execute(
                    insert(trials).values(
                        mark_id=mark_id, control=control, state=TrialState.RUNNING.value, slot=1,
                        step="", done=0, of=0, who=who, at=now, seen_at=now,
                    )
                ).inserted_primary_key[0]  # fmt: skip
        except IntegrityError as error:
            raise TrialRunning("a trial is going on; wait for its end or stop it") from error
        return self.get(id)

    def beat(self, id: int, *, step: str, done: int, of: int, now: datetime) -> bool:
        """Keep how far a trial is, and that its desk looks after it; False when it is to end."""
        with self._database.writing() as connection:
            found = connection.execute(
                update(trials)
                .where(trials.c.id == id, trials.c.state == TrialState.RUNNING.value)
                .values(step=step, done=done, of=of, seen_at=now)
            )
            return bool(found.rowcount)

    def end(
        self, id: int, state: TrialState, *, now: datetime, result: Any = None, told: str = ""
    ) -> None:
        """Keep what came of a trial; one that is over stays as it is."""
        with self._database.writing() as connection:
            connection.execute(
                update(trials)
                .where(trials.c.id == id, trials.c.state.in_(_OPEN))
                .values(
                    state=state.value, slot=None, ended_at=now, result=result, told=told or None
                )
            )

    def ask_to_stop(self, mark_id: int, *, now: datetime) -> None:
        """Let the trial of this mark end at its desk's next look; one without a desk ends here."""
        with self._database.writing() as connection:
            _bury(connection, now)
            connection.execute(
                update(trials)
                .where(trials.c.mark_id == mark_id, trials.c.state == TrialState.RUNNING.value)
                .values(state=TrialState.STOPPING.value)
            )

    def bury(self, *, now: datetime) -> None:
        """Let those end whose desk has gone."""
        with self._database.writing() as connection:
            _bury(connection, now)

    def get(self, id: int) -> Trial:
        """The trial with this id."""
        with self._database.reading() as connection:
            return _trial(connection.execute(select(trials).where(trials.c.id == id)).one())

    def latest(self, mark_id: int) -> Trial | None:
        """The last trial of this mark's change."""
        return self._one(trials.c.mark_id == mark_id)

    def running(self) -> Trial | None:
        """The trial that is going on."""
        return self._one(trials.c.state.in_(_OPEN))

    def _one(self, condition: Any) -> Trial | None:
        found = select(trials).where(condition).order_by(trials.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(found).one_or_none()
        return None if row is None else _trial(row)


def _bury(connection: Connection, now: datetime) -> None:
    connection.execute(
        update(trials)
        .where(trials.c.state.in_(_OPEN), trials.c.seen_at < now - LEASE)
        .values(state=TrialState.LOST.value, slot=None, ended_at=now)
    )


def _trial(row: Any) -> Trial:
    return Trial(
        row.id, row.mark_id, row.control, TrialState(row.state), row.step, row.done, row.of,
        row.who, row.at, row.seen_at, row.ended_at, row.result, row.told,
    )  # fmt: skip
