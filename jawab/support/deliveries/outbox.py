"""Putting parcels into the outbox, on a connection whose transaction the caller holds."""

from collections.abc import Iterable

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from jawab.support.deliveries.delivery import DeliveryState, Parcel
from jawab.support.deliveries.tables import deliveries
from jawab.support.prepared import Prepared
from jawab.support.texts import storable_values

_COLUMNS = (
    *("carrier", "event", "subject", "data", "state", "attempts"),
    *("next_attempt_at", "created_at"),
)
_ADD = Prepared(insert(deliveries), *_COLUMNS)


def put(connection: Connection, parcels: Iterable[Parcel]) -> None:
    """Let these leave once the transaction is kept; if it is not, nothing leaves."""
    for parcel in parcels:
        values = {
            "carrier": parcel.carrier.value,
            "event": parcel.event,
            "subject": parcel.subject,
            "data": storable_values(dict(parcel.data)),
            "state": DeliveryState.WAITING.value,
            "attempts": 0,
            "next_attempt_at": parcel.at,
            "created_at": parcel.at,
        }
        _ADD.changed(connection, values)
