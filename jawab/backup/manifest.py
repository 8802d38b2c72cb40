"""What is in a backup: which version made it, of what, and each file's digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from jawab.backup.errors import NewerBackup, NoBackup

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """A backup's list. `databases` are the copies' names with their kind, `files` every file with its SHA-256;
    `missing` are attachments that the database names and the disk did not have.
    """

    made_at: datetime
    version: str
    revision: str
    databases: Mapping[str, str]
    files: Mapping[str, str]
    missing: tuple[str, ...]

    def written(self) -> bytes:
        """As JSON.

        >>> from datetime import timezone
        >>> now = datetime(2027, 1, 2, tzinfo=timezone.utc)
        >>> made = Manifest(now, "1", "0014", {"database": "sqlite"}, {}, ())
        >>> Manifest.read(made.written()) == made
        True
        """
        values = {**asdict(self), "made_at": self.made_at.isoformat(), "format": FORMAT}
        return json.dumps(values, indent=1).encode()

    @classmethod
    def read(cls, written: bytes) -> Manifest:
        """From JSON; `NewerBackup` when a later version has another form."""
        try:
            values = json.loads(written)
            if values["format"] > FORMAT:
                raise NewerBackup(
                    "the backup was made by a newer version; restore it with that one"
                )
            return cls(
                made_at=datetime.fromisoformat(values["made_at"]),
                version=str(values["version"]),
                revision=str(values["revision"]),
                databases=dict(values["databases"]),
                files=dict(values["files"]),
                missing=tuple(values["missing"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise NoBackup("its list of contents cannot be read; take another backup") from error
