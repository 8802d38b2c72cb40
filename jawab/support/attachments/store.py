"""The rows of attachments in SQL."""

from collections.abc import Sequence

from sqlalchemy import func, insert, select

from jawab.support.attachments.attachment import Attachment
from jawab.support.conversations import rows
from jawab.support.conversations.statements import find_conversation
from jawab.support.database import Database
from jawab.support.errors import TooManyAttachments, UnknownAttachment
from jawab.support.tables import attachments


class AttachmentStore:
    """Which files were taken, for which conversation. `Store.accept` lets a message carry them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, attachment: Attachment, *, limit: int) -> None:
        """Write down a file that was taken; `TooManyAttachments` when the conversation has that many."""
        with self._database.writing() as connection:
            find_conversation(connection, attachment.conversation_id, lock=True)
            here = attachments.c.conversation_id == attachment.conversation_id
            count = select(func.count()).select_from(attachments).where(here)
            if connection.execute(count).scalar_one() >= limit:
                raise TooManyAttachments(limit)
            connection.execute(insert(attachments).values(rows.from_attachment(attachment)))

    def count(self, conversation_id: str) -> int:
        """How many files the conversation has; `UnknownConversation` when there is none."""
        with self._database.reading() as connection:
            find_conversation(connection, conversation_id)
            here = attachments.c.conversation_id == conversation_id
            count = select(func.count()).select_from(attachments).where(here)
            return int(connection.execute(count).scalar_one())

    def check(self, conversation_id: str, ids: Sequence[str]) -> None:
        """Pass if all these files were uploaded to the conversation, else `UnknownAttachment`."""
        if not ids:
            return
        here = attachments.c.conversation_id == conversation_id
        count = select(func.count()).where(here, attachments.c.id.in_(ids))
        with self._database.reading() as connection:
            if connection.execute(count).scalar_one() < len(set(ids)):
                raise UnknownAttachment("one of these files was not uploaded here; send it again")

    def known(self, ids: Sequence[str]) -> tuple[Attachment, ...]:
        """Those of these files that are there, in the order of the ids."""
        if not ids:
            return ()
        with self._database.reading() as connection:
            found = connection.execute(select(attachments).where(attachments.c.id.in_(ids)))
            by_id = {row.id: rows.to_attachment(row) for row in found}
        return tuple(by_id[id] for id in ids if id in by_id)

    def get(self, id: str) -> Attachment:
        """The file with this id, or `UnknownAttachment`."""
        with self._database.reading() as connection:
            row = connection.execute(select(attachments).where(attachments.c.id == id)).first()
            if row is None:
                raise UnknownAttachment("there is no file with this id")
            return rows.to_attachment(row)
