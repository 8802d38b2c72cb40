"""The outbox's other side: taking what is due, and noting what became of it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, func, or_, select, update

from jawab.support.database import Database
from jawab.support.deliveries.delivery import Carrier, Delivery, DeliveryState, Parcel
from jawab.support.deliveries.tables import deliveries
from jawab.support.due import is_due

PROBLEM_LENGTH = 120


class DeliveryStore:
    """Whoever takes a delivery has it for `lease`: when they die meanwhile, it is due again afterwards."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(
        self, carriers: Collection[Carrier], *, now: datetime, lease: timedelta, limit: int
    ) -> tuple[Delivery, ...]:
        """Take what is due, the oldest first; two who take at once never get the same.

        What goes to a chat is not taken while something older waits for the same chat.
        """
        older = deliveries.alias()
        overtakes = exists().where(
            older.c.subject == deliveries.c.subject,
            older.c.carrier == Carrier.CHANNEL.value,
            older.c.state == DeliveryState.WAITING.value,
            older.c.id < deliveries.c.id,
        )
        due = (
            select(deliveries)
            .where(
                deliveries.c.state == DeliveryState.WAITING.value,
                is_due(deliveries, deliveries.c.created_at, now),
                deliveries.c.carrier.in_([carrier.value for carrier in carriers]),
                or_(deliveries.c.carrier != Carrier.CHANNEL.value, ~overtakes),
            )
            .order_by(deliveries.c.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            if connection.execute(due.with_only_columns(deliveries.c.id)).first() is None:
                return ()  # the usual case costs no lock
        with self._database.writing() as connection:
            found = connection.execute(due.with_for_update(skip_locked=True)).all()
            here = deliveries.c.id.in_([row.id for row in found])
            connection.execute(
                update(deliveries)
                .where(here)
                .values(attempts=deliveries.c.attempts + 1, next_attempt_at=now + lease)
            )
            taken = connection.execute(select(deliveries).where(here).order_by(deliveries.c.id))
            return tuple(map(_to_delivery, taken))

    def sent(self, delivery: Delivery, *, now: datetime) -> None:
        """Note that it has arrived."""
        self._note(delivery, state=DeliveryState.SENT.value, problem=None, ended_at=now)

    def postpone(self, delivery: Delivery, until: datetime, problem: str) -> None:
        """Note that it did not get through, and when it is tried again."""
        self._note(delivery, next_attempt_at=until, problem=problem[:PROBLEM_LENGTH])

    def progress(self, delivery: Delivery, *, until: datetime, **values: Any) -> None:
        """Add to what the parcel tells, how much of it has arrived; it stays taken until then."""
        self._note(delivery, next_attempt_at=until, data={**delivery.parcel.data, **values})

    def give_up(self, delivery: Delivery, problem: str, *, now: datetime) -> None:
        """Note that it is tried no more."""
        self._note(
            delivery,
            state=DeliveryState.FAILED.value,
            problem=problem[:PROBLEM_LENGTH],
            ended_at=now,
        )

    def drop(self, delivery: Delivery) -> None:
        """Throw away what the owner wants nobody to get."""
        with self._database.writing() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.id == delivery.id))

    def tidy(
        self,
        enabled: Collection[Carrier],
        *,
        ended_before: datetime,
        of: Collection[Carrier] = tuple(Carrier),
    ) -> int:
        """Throw away, `of` these carriers, what none enabled will take and what ended long ago; how many those were."""
        waiting = deliveries.c.state == DeliveryState.WAITING.value
        with self._database.writing() as connection:
            ours = deliveries.c.carrier.in_([carrier.value for carrier in of])
            unwanted = delete(deliveries).where(
                ours, waiting, deliveries.c.carrier.notin_([carrier.value for carrier in enabled])
            )
            old = delete(deliveries).where(ours, ~waiting, deliveries.c.ended_at < ended_before)
            return sum(int(connection.execute(each).rowcount) for each in (unwanted, old))

    def of(self, subject: str) -> tuple[Delivery, ...]:
        """Everything put into the outbox about a ticket or a conversation, oldest first."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(deliveries).where(deliveries.c.subject == subject).order_by(deliveries.c.id)
            )
            return tuple(map(_to_delivery, found))

    def counts(self) -> dict[DeliveryState, int]:
        """How many there are in each state."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
            ).all()
            return {DeliveryState(state): number for state, number in found}

    def _note(self, delivery: Delivery, **values: Any) -> None:
        # Who was so slow that another took it meanwhile notes nothing.
        mine = (
            deliveries.c.id == delivery.id,
            deliveries.c.attempts == delivery.attempts,
            deliveries.c.state == DeliveryState.WAITING.value,
        )
        with self._database.writing() as connection:
            connection.execute(update(deliveries).where(*mine).values(values))


def _to_delivery(row: Any) -> Delivery:
    parcel = Parcel(Carrier(row.carrier), row.event, row.subject, row.data, row.created_at)
    return Delivery(
        id=row.id,
        parcel=parcel,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        problem=row.problem,
    )
