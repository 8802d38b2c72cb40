"""Putting a backup back: read and checked whole, brought to this version, and only then put in place.

What is replaced is not deleted: it lies in a folder `before-restore-…` beside it (PostgreSQL: a schema).
"""

import os
import shutil
import tarfile
import tempfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from jawab.backup import manifest
from jawab.backup.errors import CannotCopy, InTheWay, NewerBackup, NoBackup, OtherDatabase
from jawab.backup.making import ATTACHMENTS, SECRETS, Digesting
from jawab.backup.manifest import Manifest
from jawab.backup.places import DATABASE, Places
from jawab.backup.sqlite import SqliteCopy
from jawab.support.database import Database, connect
from jawab.support.migrate import knows, upgrade

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Restored:
    """What was put back, and where that lies which was there before, if anything was."""

    manifest: Manifest
    aside: Path | None


def restore(file: Path, places: Places, *, now: datetime, overwrite: bool = False) -> Restored:
    """Put a backup back; `InTheWay` where something would be replaced and `overwrite` does not say so.

    Until everything is read, checked and migrated nothing is touched.
    """
    places.var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=places.var, prefix=".restoring-") as scratch:
        staged = Path(scratch)
        found = _unpacked(file, staged)
        if not knows(found.revision):
            raise NewerBackup(
                f"{file} was made by version {found.version}, which is newer; restore it with that version"
            )
        copies = places.copies()
        for name, kind in found.databases.items():
            if name not in copies or copies[name].kind != kind:
                raise OtherDatabase(
                    f"{file}: its {name} was kept in {kind}; set JAWAB_DATABASE_URL (and JAWAB_TRACKER_URL) to one"
                )
        theirs = [path for path in places.secrets if (staged / SECRETS / path.name).is_file()]
        there = any(copy.there() for copy in copies.values()) or any(p.exists() for p in theirs)
        if there and not overwrite:
            raise InTheWay(
                "there is something already that this would replace; say --overwrite, and it is put aside"
            )
        database = copies[DATABASE]
        if isinstance(database, SqliteCopy):
            _migrate(f"sqlite:///{staged / DATABASE}", places)
        aside = places.var / f"before-restore-{now:%Y%m%d-%H%M%S}"
        aside.mkdir(mode=0o700)
        _put_files(staged / ATTACHMENTS, places)
        for path in theirs:
            if path.exists():
                path.replace(aside / path.name)
            (staged / SECRETS / path.name).replace(path)
        for name, copy in copies.items():
            if name in found.databases:
                copy.put_back(staged / name, aside)
            elif isinstance(
                copy, SqliteCopy
            ):  # what Rasa remembers now is of conversations that are not there
                copy.set_aside(aside)
    _migrate(places.database_url, places)
    with suppress(OSError):
        aside.rmdir()  # nothing was there
    return Restored(found, aside if there else None)


def _unpacked(file: Path, staged: Path) -> Manifest:
    """Unpack into a folder and check every file against the list; `NoBackup` for anything else than a whole one."""
    digests: dict[str, str] = {}
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                digests[member.name] = _unpack(archive, member, staged)
        if digests.pop(manifest.NAME, None) is None:
            raise NoBackup(f"{file} has no list of what it holds; take another backup")
        found = Manifest.read((staged / manifest.NAME).read_bytes())
    except FileNotFoundError as error:
        raise NoBackup(f"{file}: {error.strerror or 'no such file'}; name a backup") from error
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise NoBackup(
            f"{file} is no whole backup ({type(error).__name__}); take another"
        ) from error
    if digests != found.files or DATABASE not in found.databases:
        raise NoBackup(f"{file} does not hold what it lists; take another backup")
    return found


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, staged: Path) -> str:
    """Write one file below the folder; its digest. Anything but a plain file with a plain name is refused."""
    parts = PurePosixPath(member.name).parts
    source = archive.extractfile(member) if member.isreg() else None
    if source is None or not parts or len(parts) > 2 or any(p in ("/", "..") for p in parts):
        raise NoBackup(f"{member.name}: no backup holds such a thing")
    target = staged.joinpath(*parts)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    reading = Digesting(source)  # type: ignore[arg-type]
    with target.open("xb") as sink:
        shutil.copyfileobj(reading, sink, _CHUNK)
        sink.flush()
        os.fsync(sink.fileno())
    target.chmod(0o600)
    return reading.digest


def _put_files(folder: Path, places: Places) -> None:
    """Bring the attachments to their places; what is there already has the same content."""
    for path in folder.glob("*"):
        kept, _ = places.files.keep(path)
        if kept != path.name:
            raise NoBackup(f"attachment {path.name} is another file; take another backup")


def _migrate(url: str, places: Places) -> None:
    database = Database(connect(url, patience=places.patience))
    try:
        upgrade(database)
    except Exception as error:
        raise CannotCopy(f"the backup could not be brought to this version: {error}") from error
    finally:
        database.close()
