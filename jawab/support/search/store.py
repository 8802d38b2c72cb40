"""Searching tickets, messages and notes: words in any spelling, latest first, page by page."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from jawab.support.agents.tables import agents, notes
from jawab.support.conversations.message import Author
from jawab.support.database import Database
from jawab.support.search import index as search_index
from jawab.support.search.entry import Entry, Hit, HitPage, Kind, said_in
from jawab.support.search.tables import search_entries
from jawab.support.search.terms import Wanted
from jawab.support.tables import messages, ticket_events, tickets
from jawab.support.tickets.ticket import SHOPPER, SYSTEM

_NEWEST = 2**62
_AGENT = Author.AGENT.value


class SearchStore:
    """Reads the index, which the other stores write."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(
        self,
        wanted: Wanted,
        *,
        kind: Kind | None = None,
        shops: Sequence[str] = (),
        after: int | None = None,
        limit: int = 20,
    ) -> HitPage:
        """A page of what meets every clause, the latest first; no `shops` named: all of them.

        `after` is the cursor of the page before. Nothing wanted, nothing found.
        """
        if not wanted.clauses:
            return HitPage((), None)
        with self._database.reading() as connection:
            ids = search_index.find(
                connection,
                wanted,
                kind=kind,
                shops=shops,
                before=after or _NEWEST,
                limit=limit + 1,
            )
            shown = ids[:limit]
            rows = connection.execute(
                select(search_entries)
                .where(search_entries.c.id.in_(shown))
                .order_by(search_entries.c.id.desc())
            ).all()
            texts = _texts(connection, rows)
        hits = tuple(
            Hit(row.id, entry, *texts[_place(entry)])
            for row, entry in ((row, _entry(row)) for row in rows)
            if _place(entry) in texts
        )
        return HitPage(hits, shown[-1] if len(ids) > limit else None)


_Place = tuple[str, Any]
_Said = tuple[str, str, str | None]


def _place(entry: Entry) -> _Place:
    """The table, and the key in it, that has an entry's text."""
    if entry.message_id is not None:
        return ("message", entry.message_id)
    if entry.note_id is not None:
        return ("note", entry.note_id)
    if entry.event_id is not None:
        return ("event", entry.event_id)
    return ("ticket", entry.reference)


def _texts(connection: Any, rows: Iterable[Any]) -> dict[_Place, _Said]:
    places = [_place(_entry(row)) for row in rows]

    def keys(table: str) -> list[Any]:
        return [key for name, key in places if name == table]

    found: dict[_Place, _Said] = {}
    for row in connection.execute(
        select(messages.c.id, messages.c.text, messages.c.author, messages.c.signature).where(
            messages.c.id.in_(keys("message"))
        )
    ):
        found["message", row.id] = (row.text, row.author, row.signature)
    for row in connection.execute(
        select(notes.c.id, notes.c.text, agents.c.name)
        .join(agents, agents.c.id == notes.c.agent_id)
        .where(notes.c.id.in_(keys("note")))
    ):
        found["note", row.id] = (row.text, _AGENT, row.name)
    for row in connection.execute(
        select(tickets.c.reference, tickets.c.message, tickets.c.name).where(
            tickets.c.reference.in_(keys("ticket"))
        )
    ):
        found["ticket", row.reference] = (row.message, SHOPPER, row.name)
    for row in connection.execute(
        select(ticket_events.c.id, ticket_events.c.data, ticket_events.c.who).where(
            ticket_events.c.id.in_(keys("event"))
        )
    ):
        who = row.who if row.who in (SHOPPER, SYSTEM) else _AGENT
        found["event", row.id] = (said_in(row.data), who, None)
    return found


def _entry(row: Any) -> Entry:
    return Entry(
        kind=Kind(row.kind),
        shop=row.shop,
        at=row.at,
        conversation_id=row.conversation_id,
        reference=row.reference,
        message_id=row.message_id,
        event_id=row.event_id,
        note_id=row.note_id,
    )
