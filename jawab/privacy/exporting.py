"""Handing a person what is kept of them: one ZIP file with everything as JSON, their files and their mails as they came."""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select
from sqlalchemy.engine import Connection

from jawab.privacy.parts import PARTS
from jawab.privacy.person import Person, Wanted
from jawab.privacy.trackers import Trackers
from jawab.support.attachments.files import AttachmentFiles
from jawab.support.mail.tables import mails
from jawab.support.tables import attachments

RECORD = "person.json"


def export(
    connection: Connection,
    wanted: Wanted,
    person: Person,
    *,
    trackers: Trackers,
    files: AttachmentFiles,
    to: Path,
    now: datetime,
) -> int:
    """Write the file, which nobody else may read, whole or not at all; how many entries it has. `FileExistsError` when it
    is there already.

    Where a file of the person is missing on the disk, the record says so in its place.
    """
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw, ZipFile(raw, "w", ZIP_DEFLATED) as archive:
            _put_everything(connection, wanted, person, trackers, files, archive, now)
            return len(archive.namelist())
    except BaseException:
        to.unlink()  # half of it would be in the way of the next try, and lie about
        raise


def _put_everything(
    connection: Connection,
    wanted: Wanted,
    person: Person,
    trackers: Trackers,
    files: AttachmentFiles,
    archive: ZipFile,
    now: datetime,
) -> None:
    missing = list(_put_files(connection, person, files, archive))
    _put_mails(connection, person, archive)
    record = {
        "made_at": now.isoformat(),
        "asked_for": {
            "phones": sorted(wanted.phones),
            "emails": sorted(wanted.emails),
            "conversations": sorted(wanted.conversations),
            "users": sorted(wanted.users),
        },
        "left_out": sorted(person.shared | wanted.without),
        "missing_files": missing,
        "tables": _tables(connection, person),
        "assistant_memory": list(trackers.events(person.conversations)),
    }
    archive.writestr(RECORD, json.dumps(record, ensure_ascii=False, indent=1))


def attachment_name(row: Any) -> str:
    """Where a file lies in the archive."""
    return f"attachments/{row.id}/{row.name}"


def mail_name(id: int) -> str:
    """Where a mail lies in the archive."""
    return f"mails/{id}.eml"


def _tables(connection: Connection, person: Person) -> dict[str, list[dict[str, Any]]]:
    return {
        part.table.name: [
            _plain(row._mapping)
            for row in connection.execute(select(part.table).where(part.of(person)))
        ]
        for part in PARTS
        if part.handed_over
    }


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row in values that JSON holds; what is no text stands in a file of its own."""
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in row.items()
        if not isinstance(value, bytes)
    }


def _put_files(
    connection: Connection, person: Person, files: AttachmentFiles, archive: ZipFile
) -> Iterator[str]:
    """Put the files in; yields those that are not there."""
    here = attachments.c.conversation_id.in_(person.conversations)
    for row in connection.execute(select(attachments).where(here)):
        try:
            archive.write(files.path(row.content), attachment_name(row))
        except FileNotFoundError:
            yield attachment_name(row)


def _put_mails(connection: Connection, person: Person, archive: ZipFile) -> None:
    for id in sorted(person.mails):
        raw = connection.execute(select(mails.c.raw).where(mails.c.id == id)).scalar_one()
        archive.writestr(mail_name(id), bytes(raw))
