"""Rasa's tracker store, made for many short turns: what it keeps in SQL is what Rasa's own SQL store keeps.

Rasa's own reads, parses and replays the whole session at each message and counts it again before it saves. This one keeps the
conversations it saved last at hand and asks the database only for what others have added since, so that several Rasa
servers may share a database. In a SQLite file it writes ahead (WAL) and leaves the moment of flushing to the operating system: a
process that dies loses nothing, a power cut may lose the last turns of Rasa's memory; the desk's database has them.

In endpoints.yml: ``type: jawab.nlu.tracker_store.LiveTrackerStore``, with the settings of Rasa's ``SQL`` store.
Source of the interface: https://rasa.com/docs/rasa/tracker-stores#custom-tracker-store
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.pool import QueuePool

from jawab.nlu.history import fewer_candidates, shortened
from jawab.support.prepared import Prepared

# So many conversations are at hand, none that was silent for so many seconds when another was saved.
AT_HAND = 256
FORGOTTEN = 3600.0
_STORED = "stored_events"

_EVENTS = SQLTrackerStore.SQLEvent.__table__
_OF_SENDER = _EVENTS.c.sender_id == sa.bindparam("sender")
_LAST_SESSION = (
    sa.select(sa.func.max(_EVENTS.c.id))
    .where(_OF_SENDER, _EVENTS.c.type_name == SessionStarted.type_name)
    .scalar_subquery()
)
_SESSION = Prepared(
    sa.select(_EVENTS.c.id, _EVENTS.c.data)
    .where(_OF_SENDER, _EVENTS.c.id >= sa.func.coalesce(_LAST_SESSION, 0))
    .order_by(_EVENTS.c.id)
)
_SINCE = Prepared(
    sa.select(_EVENTS.c.id, _EVENTS.c.data)
    .where(_OF_SENDER, _EVENTS.c.id >= sa.bindparam("last"))
    .order_by(_EVENTS.c.id)
)
_ADD = Prepared(
    _EVENTS.insert(), *(column.name for column in _EVENTS.c if column is not _EVENTS.c.id)
)


@dataclass(frozen=True)
class _Live:
    """A tracker as it was saved, the id of its last event, the domain its slots are of, and when it was saved."""

    tracker: DialogueStateTracker
    last: int
    domain: Domain
    at: float


class LiveTrackerStore(SQLTrackerStore):  # type: ignore[misc]
    """Keeps trackers in SQL, and those of the latest conversations at hand."""

    def __init__(self, domain: Domain | None = None, **settings: Any) -> None:
        super().__init__(domain=domain, **settings)
        self._live: OrderedDict[str, _Live] = OrderedDict()
        self.engine: Any = self.engine
        url = self.engine.url
        if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
            self.engine.dispose()
            self.engine = sa.create_engine(
                url, poolclass=QueuePool, connect_args={"check_same_thread": False}
            )
            sa.event.listen(self.engine, "connect", _write_ahead)
            self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker of the latest session; who gets it owns it until it is saved."""
        live = self._live.pop(sender_id, None)
        if live is not None and live.domain is self.domain:
            rows = self._rows(_SINCE, sender=sender_id, last=live.last)
            # Without its last event a conversation has been erased, and is not to be remembered here either.
            if rows and rows[0].id == live.last:
                for event in _events(rows[1:]):
                    live.tracker.update(event)
                return _marked(live.tracker)
        rows = self._rows(_SESSION, sender=sender_id)
        if not rows:
            return None
        events = shortened(_events(rows))
        return _marked(DialogueStateTracker.from_events(sender_id, events, self.domain.slots))

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the tracker of all sessions, nothing left out."""
        tracker = await super().retrieve_full_tracker(conversation_id)
        return None if tracker is None else _marked(tracker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that came since the tracker was retrieved."""
        if not tracker.events:  # Rasa saves a new conversation before anything has happened in it
            _marked(tracker)
            return
        new = self._new(tracker)
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)
        if not new:
            return
        for event in new:
            fewer_candidates(event)
        with self.engine.begin() as connection:
            for event in new:
                last = _ADD.added(connection, _row(tracker.sender_id, event))
        _leave_last_session(tracker)
        if len(kept := shortened(tracker.events)) < len(tracker.events):
            tracker.events = deque(kept)
        self._keep(_Live(_marked(tracker), last, self.domain, time.monotonic()))

    def _keep(self, live: _Live) -> None:
        self._live[live.tracker.sender_id] = live
        while len(self._live) > AT_HAND or live.at - next(iter(self._live.values())).at > FORGOTTEN:
            self._live.popitem(last=False)

    def _new(self, tracker: DialogueStateTracker) -> list[Event]:
        stored = getattr(tracker, _STORED, None)
        if stored is not None:
            return list(islice(tracker.events, stored, None))
        with self.session_scope() as session:
            return list(self._additional_events(session, tracker))

    def _rows(self, statement: Prepared, **values: Any) -> list[Any]:
        with self.engine.connect() as connection:
            return statement.all(connection, values)


def _events(rows: Sequence[Any]) -> list[Event]:
    events: list[Event] = deserialise_events([json.loads(row.data) for row in rows])
    return events


def _marked(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """Note on the tracker how many of its events the database has."""
    setattr(tracker, _STORED, len(tracker.events))
    return tracker


def _leave_last_session(tracker: DialogueStateTracker) -> None:
    """Drop what came before the last session began, which set everything back: the state stays as it is."""
    places = [n for n, event in enumerate(tracker.events) if isinstance(event, SessionStarted)]
    for _ in range(places[-1] if places else 0):
        tracker.events.popleft()


def _row(sender: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _write_ahead(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
