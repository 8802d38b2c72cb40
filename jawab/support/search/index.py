"""Writing the index, in the transaction that stores what is indexed, and asking it.

SQLite has its full-text table (FTS5), PostgreSQL a tsvector under a GIN index. Both are given words that are folded already
(`jawab.support.search.terms`), so that they find the same: neither's own idea of a word is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, column, delete, insert, select, table, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from jawab.support.database import SQLITE
from jawab.support.prepared import Prepared
from jawab.support.search.entry import Entry, Kind
from jawab.support.search.tables import TERMS, search_entries
from jawab.support.search.terms import Term, Wanted, Way, contact_terms, distinct, reference_terms
from jawab.support.search.terms import terms_of as terms_of
from jawab.text.language import Lang

# What else belongs to a word: the signs of an e-mail address, which is one term, and of a shop's id.
_TOKENS: Final = "unicode61 remove_diacritics 0 tokenchars ''@._+-%''"
_MAKE: Final = {
    True: (
        f"CREATE VIRTUAL TABLE {TERMS} USING fts5(words, shop, kind, "
        f"tokenize='{_TOKENS}', prefix='2 3')",
    ),
    False: (
        f"CREATE TABLE {TERMS} (entry_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
        f"CREATE INDEX ix_{TERMS}_words ON {TERMS} USING gin (words)",
    ),
}
_ADD: Final = {
    True: f"INSERT INTO {TERMS} (rowid, words, shop, kind) VALUES (:id, :words, :shop, :kind)",  # noqa: S608
    False: f"INSERT INTO {TERMS} (entry_id, words) VALUES (:id, array_to_tsvector(:words))",  # noqa: S608
}
_ADD_WORDS: Final = {sqlite: Prepared(text(statement)) for sqlite, statement in _ADD.items()}
_ADD_ENTRY: Final = Prepared(insert(search_entries), *search_entries.c.keys()[1:])
_FIND: Final = {
    True: f"SELECT rowid FROM {TERMS} WHERE {TERMS} MATCH :wanted AND rowid < :before"  # noqa: S608
    " ORDER BY rowid DESC LIMIT :limit",
    False: f"SELECT entry_id FROM {TERMS} JOIN search_entries ON id = entry_id"  # noqa: S608
    " WHERE words @@ CAST(:wanted AS tsquery) AND entry_id < :before {scope}"
    " ORDER BY entry_id DESC LIMIT :limit",
}


def make(connection: Connection) -> None:
    """Make the table of words, as this database has it."""
    for statement in _MAKE[_is_sqlite(connection)]:
        connection.execute(text(statement))


def drop(connection: Connection) -> None:
    """Drop the table of words."""
    connection.execute(text(f"DROP TABLE {TERMS}"))


def add(
    connection: Connection, entry: Entry, said: str, *, lang: Lang, more: Sequence[str] = ()
) -> None:
    """Let an entry be found by what was said, and by `more` terms."""
    words = distinct([*more, *terms_of(said, lang=lang)])
    if not words:
        return
    values = {**vars(entry), "kind": entry.kind.value}
    made = _ADD_ENTRY.added(connection, values)
    sqlite = _is_sqlite(connection)
    filled: dict[str, Any] = {"id": made, "words": " ".join(words) if sqlite else list(words)}
    if sqlite:
        filled.update(shop=entry.shop, kind=entry.kind.value)
    _ADD_WORDS[sqlite].changed(connection, filled)


def remove(connection: Connection, which: ColumnElement) -> int:
    """Let these entries be found no more; their words go, then they. How many those were."""
    key = column("rowid" if _is_sqlite(connection) else "entry_id")
    ids = select(search_entries.c.id).where(which)
    connection.execute(delete(table(TERMS, key)).where(key.in_(ids)))
    return int(connection.execute(delete(search_entries).where(which)).rowcount)


def compact(connection: Connection) -> None:
    """Have the words of what was removed leave the file: FTS5 only marks them, until it merges its segments."""
    if _is_sqlite(connection):
        connection.execute(text(f"INSERT INTO {TERMS} ({TERMS}) VALUES ('optimize')"))  # noqa: S608


def ticket_terms(
    *, reference: str, email: str | None, phone: str | None, order_number: str | None
) -> tuple[str, ...]:
    """The terms of a ticket that stand in none of its texts."""
    values = [value for value in (email, phone, order_number) if value]
    return (
        *reference_terms(reference),
        *(term for value in values for term in contact_terms(value)),
    )


def find(
    connection: Connection,
    wanted: Wanted,
    *,
    kind: Kind | None,
    shops: Sequence[str],
    before: int,
    limit: int,
) -> list[int]:
    """The ids of the latest entries older than `before` that meet every clause; no `shops` named: all of them."""
    if _is_sqlite(connection):
        match = [f"words : ({_all(wanted, _FTS)})"]
        if shops:
            match.append("shop : (" + " OR ".join(f'"{shop}"' for shop in shops) + ")")
        if kind:
            match.append(f'kind : "{kind.value}"')
        found = connection.execute(
            text(_FIND[True]), {"wanted": " AND ".join(match), "before": before, "limit": limit}
        )
        return list(found.scalars())
    scope = ("AND shop IN :shops " if shops else "") + ("AND kind = :kind" if kind else "")
    query = text(_FIND[False].format(scope=scope))
    given: dict[str, Any] = {"wanted": _all(wanted, _TSQUERY), "before": before, "limit": limit}
    if shops:
        query, given["shops"] = query.bindparams(bindparam("shops", expanding=True)), list(shops)
    if kind:
        given["kind"] = kind.value
    return list(connection.execute(query, given).scalars())


def _is_sqlite(connection: Connection) -> bool:
    return bool(connection.dialect.name == SQLITE)


@dataclass(frozen=True)
class _Style:
    """How a database writes and, or, a quoted word and the beginning of one; `escapes` are doubled in quotes."""

    both: str
    either: str
    quote: str
    escapes: str
    beginning: str

    def word(self, term: Term) -> str:
        written = "".join(sign * 2 if sign in self.escapes else sign for sign in term.text)
        quoted = f"{self.quote}{written}{self.quote}"
        return quoted + self.beginning if term.prefix else quoted


_FTS: Final = _Style(" AND ", " OR ", '"', '"', " *")
_TSQUERY: Final = _Style(" & ", " | ", "'", "'\\", ":*")


def _all(wanted: Wanted, style: _Style) -> str:
    def way(terms: Way) -> str:
        return "(" + style.both.join(map(style.word, terms)) + ")"

    return style.both.join("(" + style.either.join(map(way, ways)) + ")" for ways in wanted.clauses)
