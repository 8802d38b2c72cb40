"""Where an installation keeps things: what goes into a backup, and where it is put back."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from jawab.backup.errors import BackupError
from jawab.backup.postgres import PostgresCopy
from jawab.backup.sqlite import SqliteCopy
from jawab.support.attachments.files import FOLDER, AttachmentFiles
from jawab.support.database import SQLITE, backend

# What a copy of a database is called in the backup.
DATABASE, TRACKER = "database", "rasa-tracker"


@dataclass(frozen=True)
class Places:
    """The databases' addresses, the folder of everything else, and the files with secrets."""

    database_url: str
    tracker_url: str
    var: Path
    secrets: tuple[Path, ...]
    patience: timedelta

    @property
    def files(self) -> AttachmentFiles:
        """The attachments."""
        return AttachmentFiles(self.var / FOLDER)

    def copies(self) -> dict[str, SqliteCopy | PostgresCopy]:
        """How each database is copied, Rasa's memory first.

        It must not know of a message that the desk's database does not: that message's id will be another's
        once the backup is put back. Both in one PostgreSQL database are one copy.
        """
        if self.tracker_url == self.database_url:
            return {DATABASE: copy_of(self.database_url)}
        return {TRACKER: copy_of(self.tracker_url), DATABASE: copy_of(self.database_url)}


def copy_of(url: str) -> SqliteCopy | PostgresCopy:
    """The way to copy the database at this address."""
    if backend(url) != SQLITE:
        return PostgresCopy(url)
    if (copy := SqliteCopy.at(url)) is None:
        raise BackupError(f"{url} is no file; name a SQLite file or a PostgreSQL database")
    return copy
