"""The inbox: what messaging apps sent, stored before it is answered to them, then taken up chat by chat, in order."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from jawab.support.apps.chat import bounded
from jawab.support.apps.tables import inbox, offsets
from jawab.support.database import SQLITE, Database
from jawab.support.due import is_due
from jawab.support.texts import storable_values

WAITING, DONE = "waiting", "done"
# The photos of an album come one by one; after this pause it is taken as whole.
ALBUM_PAUSE = timedelta(seconds=1)


@dataclass(frozen=True)
class Post:
    """One update: `body` is what the desk makes of it, in values that JSON holds; None where nothing is to be done."""

    update: str
    chat: str
    body: Mapping[str, Any] | None
    album: str | None = None


@dataclass(frozen=True)
class Item:
    """A post that was taken; `attempts` counts the present one too."""

    id: int
    account: str
    post: Post
    attempts: int
    at: datetime


class InboxStore:
    """Each update is kept once, however often it comes; whoever takes has it for a lease."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self, account: str, posts: Iterable[Post], *, now: datetime, offset: str | None = None
    ) -> tuple[str, ...]:
        """Keep these; the chats that have something new. The offset of a poll is kept in the same transaction."""
        fresh: dict[str, None] = {}
        with self._database.writing() as connection:
            for post in posts:
                if _insert(connection, account, post, now) and post.body is not None:
                    fresh[bounded(post.chat)] = None
            if offset is not None:
                _keep_offset(connection, account, offset)
        return tuple(fresh)

    def offset(self, account: str) -> str | None:
        """How far this account was polled."""
        query = select(offsets.c.offset).where(offsets.c.account == account)
        with self._database.reading() as connection:
            found = connection.execute(query).scalar()
            return str(found) if found is not None else None

    def take(self, account: str, chat: str, *, now: datetime, lease: timedelta) -> tuple[Item, ...]:
        """Take the oldest that waits in this chat, with the rest of its album; nothing when it is not due yet."""
        waits = (
            select(inbox)
            .where(inbox.c.account == account, inbox.c.chat == chat, inbox.c.state == WAITING)
            .order_by(inbox.c.id)
        )
        with self._database.writing() as connection:
            oldest = connection.execute(waits.limit(1).with_for_update()).first()
            if oldest is None or _early(oldest, now):
                return ()
            rows = [oldest]
            if oldest.album is not None:
                same = waits.where(inbox.c.album == oldest.album).with_for_update()
                rows = connection.execute(same).all()
                if any(_early(row, now) for row in rows):
                    return ()
            connection.execute(
                update(inbox)
                .where(inbox.c.id.in_([row.id for row in rows]))
                .values(attempts=inbox.c.attempts + 1, next_attempt_at=now + lease)
            )
            return tuple(map(_to_item, rows))

    def done(self, items: Iterable[Item]) -> None:
        """Note that these need nothing more; what they said is kept in the conversation, not here."""
        self._note(items, state=DONE, body={})

    def postpone(self, items: Iterable[Item], until: datetime) -> None:
        """Note when these are tried again."""
        self._note(items, next_attempt_at=until)

    def due(
        self, accounts: Collection[str], *, now: datetime, limit: int
    ) -> tuple[tuple[str, str], ...]:
        """Chats of these accounts whose next one is due, the longest waiting first; each with its account."""
        nexts = (
            select(func.min(inbox.c.id))
            .where(inbox.c.account.in_(accounts), inbox.c.state == WAITING)
            .group_by(inbox.c.account, inbox.c.chat)
        )
        query = (
            select(inbox.c.account, inbox.c.chat)
            .where(inbox.c.id.in_(nexts), is_due(inbox, inbox.c.created_at, now))
            .order_by(inbox.c.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return tuple((row.account, row.chat) for row in connection.execute(query))

    def tidy(self, *, before: datetime) -> int:
        """Throw away what was done long ago; no app sends it again."""
        old = delete(inbox).where(inbox.c.state == DONE, inbox.c.created_at < before)
        with self._database.writing() as connection:
            return int(connection.execute(old).rowcount)

    def _note(self, items: Iterable[Item], **values: Any) -> None:
        ids = [item.id for item in items]
        with self._database.writing() as connection:
            here = inbox.c.id.in_(ids) & (inbox.c.state == WAITING)
            connection.execute(update(inbox).where(here).values(values))


def _insert(connection: Connection, account: str, post: Post, now: datetime) -> bool:
    dialect = sqlite if connection.dialect.name == SQLITE else postgresql
    album = bounded(post.album) if post.album else None
    made = connection.execute(
        dialect.insert(inbox)
        .values(
            account=account,
            update_id=bounded(post.update),
            chat=bounded(post.chat),
            album=album,
            body=storable_values(dict(post.body or {})),
            state=DONE if post.body is None else WAITING,
            attempts=0,
            next_attempt_at=now + ALBUM_PAUSE if album else now,
            created_at=now,
        )
        .on_conflict_do_nothing()
    )
    return bool(made.rowcount)


def _keep_offset(connection: Connection, account: str, offset: str) -> None:
    here = update(offsets).where(offsets.c.account == account).values(offset=offset)
    if not connection.execute(here).rowcount:
        connection.execute(insert(offsets).values(account=account, offset=offset))


def _to_item(row: Any) -> Item:
    post = Post(row.update_id, row.chat, row.body, row.album)
    return Item(row.id, row.account, post, row.attempts + 1, row.created_at)


def _early(row: Any, now: datetime) -> bool:
    """Whether it is not due yet; as `is_due` asks it of the database."""
    clock_put_back = row.attempts == 0 and row.created_at > now
    return bool(row.next_attempt_at > now and not clock_put_back)
