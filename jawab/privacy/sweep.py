"""The sweep: erases what has been kept long enough, uploads that were never sent, and what Rasa remembers of nobody.

Each step is a short transaction, so that shoppers who write meanwhile hardly wait. What a desk that is killed leaves undone
the next sweep does.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from jawab.privacy import audit
from jawab.privacy.erasing import erase, remove_files
from jawab.privacy.expiring import expired, shops
from jawab.privacy.retention import FORGOTTEN, UNSENT, Retention
from jawab.privacy.trackers import Trackers
from jawab.support.attachments.files import AttachmentFiles
from jawab.support.database import Database
from jawab.support.tables import attachments, conversations, tickets

WHO = "retention"
UPLOADS, FILES, TRACKERS = "uploads_never_sent", "files", "trackers"
_BATCH = 500


class Sweep:
    """One look at everything, as often as it is called; blocking."""

    def __init__(
        self,
        database: Database,
        files: AttachmentFiles,
        trackers: Trackers,
        *,
        retention: Retention,
    ) -> None:
        self._database = database
        self._files = files
        self._trackers = trackers
        self._retention = retention

    def run(self, *, now: datetime) -> dict[str, int]:
        """Erase what is due; how much of each went. Written down, if anything went."""
        gone = Counter[str]()
        for shop, before in self._due(now):
            while erased := self._expire(shop, before):
                gone.update(erased)
        gone[UPLOADS] += self._unsent(now)
        gone[FILES] += self._orphans(now)
        gone[TRACKERS] += self._forgotten(now)
        counts = {name: number for name, number in gone.items() if number}
        if counts:
            with self._database.writing() as connection:
                audit.note(connection, audit.Line(WHO, audit.Deed.EXPIRED, (), counts, now))
        return counts

    def _due(self, now: datetime) -> list[tuple[str, datetime]]:
        """The shops that do not keep everything for good, each with the moment: what has been quiet since before it goes."""
        with self._database.reading() as connection:
            of_shops = [(shop, self._retention.before(shop, now=now)) for shop in shops(connection)]
        return [(shop, before) for shop, before in of_shops if before is not None]

    def _expire(self, shop: str, before: datetime) -> dict[str, int]:
        with self._database.reading() as connection:
            if expired(connection, shop, before).nobody:
                return {}  # the usual case costs no lock
        with self._database.writing() as connection:
            person = expired(connection, shop, before)
            erased = erase(connection, person)
            forgotten = self._trackers.erase(person.conversations)
        files = remove_files(self._database, self._files, erased.contents)
        return {**erased.counts, FILES: files, "tracker_events": forgotten}

    def _unsent(self, now: datetime) -> int:
        """Rows of uploads that no message and no ticket took; their files go with the orphans."""
        gone, last = 0, ""
        while old := self._unsent_after(last, before=now - UNSENT):
            gone += self._take_away(old)
            last = old[-1].id
        return gone

    def _unsent_after(self, last: str, *, before: datetime) -> list[Any]:
        """Some uploads that no message took, behind this one: what tickets took is among them for as long as it is kept."""
        here = (
            select(attachments.c.id, attachments.c.conversation_id)
            .where(attachments.c.message_id.is_(None), attachments.c.created_at < before)
            .where(attachments.c.id > last)
            .order_by(attachments.c.id)
        )
        with self._database.reading() as connection:
            return list(connection.execute(here.limit(_BATCH)))

    def _take_away(self, old: Sequence[Any]) -> int:
        of = {row.conversation_id for row in old}
        with self._database.reading() as connection:
            if {row.id for row in old} <= _in_tickets(connection, of):
                return 0
        with self._database.writing() as connection:
            ids = {row.id for row in old} - _in_tickets(connection, of)
            here = attachments.c.id.in_(ids) & attachments.c.message_id.is_(None)
            return int(connection.execute(delete(attachments).where(here)).rowcount)

    def _orphans(self, now: datetime) -> int:
        """Files that no row names: of uploads never sent, or cut off half-way."""
        removed = 0
        old = self._files.older_than((now - UNSENT).timestamp())
        while batch := frozenset(islice(old, _BATCH)):
            removed += remove_files(self._database, self._files, batch)
        return removed

    def _forgotten(self, now: datetime) -> int:
        """What Rasa remembers of conversations that are not there any more: erased while it was answering."""
        before, forgotten = (now - FORGOTTEN).timestamp(), 0
        remembered = iter(self._trackers.conversations())
        while batch := list(islice(remembered, _BATCH)):
            gone = self._trackers.silent_since(before, self._unknown(batch))
            self._trackers.erase(gone)
            forgotten += len(gone)
        return forgotten

    def _unknown(self, ids: Collection[str]) -> set[str]:
        here = select(conversations.c.id).where(conversations.c.id.in_(ids))
        with self._database.reading() as connection:
            return set(ids) - set(connection.execute(here).scalars())


def _in_tickets(connection: Connection, ids: Collection[str]) -> set[str]:
    here = select(tickets.c.attachments).where(tickets.c.conversation_id.in_(ids))
    return {id for listed in connection.execute(here).scalars() for id in listed}
