"""Making a backup of an installation that runs: Rasa's memory, then the database, then the files it names."""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import distinct, select
from sqlalchemy.engine import Connection

from jawab.backup import manifest
from jawab.backup.errors import BackupError, InTheWay
from jawab.backup.manifest import Manifest
from jawab.backup.places import DATABASE, Places
from jawab.support.database import Database, connect
from jawab.support.migrate import revision_of
from jawab.support.tables import attachments

ATTACHMENTS, SECRETS = "attachments", "secrets"
# A person may be erased between the copy of the database and that of their files: then both are made again.
_TRIES = 5


def make(
    places: Places, to: Path, *, now: datetime, with_secrets: bool = False, overwrite: bool = False
) -> Manifest:
    """Write the file, which nobody else may read, whole or not at all; `InTheWay` when it is there already."""
    if to.exists() and not overwrite:
        raise InTheWay(f"{to} is there already; choose another name, or say --overwrite")
    if not places.copies()[DATABASE].there():
        raise BackupError("there is no database yet to be kept; start jawab once")
    for _ in range(_TRIES):
        made = _try(places, to, now=now, secrets=places.secrets if with_secrets else ())
        if made is not None:
            return made
    raise BackupError("files were being erased all the time; try again when it is quieter")


@dataclass
class _Content:
    """What went into a backup."""

    revision: str = ""
    databases: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def _try(places: Places, to: Path, *, now: datetime, secrets: Collection[Path]) -> Manifest | None:
    """One try; None when a file went that the copied database still names."""
    handle, draft = tempfile.mkstemp(dir=to.absolute().parent, prefix=f".{to.name}-")
    try:
        with os.fdopen(handle, "wb") as raw, tempfile.TemporaryDirectory(dir=places.var) as scratch:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as archive:
                adding = _Archive(archive, now)
                put = _put_everything(places, adding, Path(scratch), secrets)
                if put is None:
                    return None
                digests = dict(adding.digests)
                made = Manifest(
                    now, version("jawab"), put.revision, put.databases, digests, put.missing
                )
                adding.put_bytes(manifest.NAME, made.written())
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(draft, to)
        return made
    finally:
        with suppress(FileNotFoundError):
            os.unlink(draft)


def _put_everything(
    places: Places, archive: "_Archive", scratch: Path, secrets: Collection[Path]
) -> _Content | None:
    content = _Content()
    named: set[str] = set()
    for name, copy in places.copies().items():
        if not copy.there():  # Rasa has remembered nothing yet
            continue
        with copy.copied(scratch / name) as connection:
            if name == DATABASE:
                content.revision = revision_of(connection) or ""
                named = _named(connection)
        archive.put(name, scratch / name)
        (scratch / name).unlink()
        content.databases[name] = copy.kind
    gone = set()
    for digest in sorted(named):
        try:
            archive.put(f"{ATTACHMENTS}/{digest}", places.files.path(digest))
        except FileNotFoundError:
            gone.add(digest)
    if gone and not gone <= _named_now(places):
        return None
    content.missing = tuple(sorted(gone))
    for path in secrets:
        with suppress(FileNotFoundError):
            archive.put(f"{SECRETS}/{path.name}", path)
    return content


def _named(connection: Connection) -> set[str]:
    """The contents that a database's attachments name."""
    return set(connection.execute(select(distinct(attachments.c.content))).scalars())


def _named_now(places: Places) -> set[str]:
    database = Database(connect(places.database_url, patience=places.patience))
    try:
        with database.reading() as connection:
            return _named(connection)
    finally:
        database.close()


class _Archive:
    """A tar file that is being written, and its files' digests."""

    def __init__(self, archive: tarfile.TarFile, now: datetime) -> None:
        self._archive = archive
        self._now = now
        self.digests: dict[str, str] = {}

    def put(self, name: str, path: Path) -> None:
        """Add a file."""
        with path.open("rb") as file:
            self._add(name, file, os.fstat(file.fileno()).st_size)

    def put_bytes(self, name: str, content: bytes) -> None:
        """Add what is in memory."""
        self._add(name, io.BytesIO(content), len(content))

    def _add(self, name: str, file: BinaryIO, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(self._now.timestamp())
        reading = Digesting(file)
        self._archive.addfile(info, reading)
        self.digests[name] = reading.digest


class Digesting:
    """A file that is read once, and the SHA-256 of what was read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._file.read(size)
        self._digest.update(data)
        return data

    @property
    def digest(self) -> str:
        """Of all that was read so far."""
        return self._digest.hexdigest()
