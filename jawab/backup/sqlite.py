"""Copying a SQLite file while others write into it, and putting a copy in its place.

https://www.sqlite.org/backup.html
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, make_url

from jawab.backup.errors import CannotCopy

# What SQLite keeps beside a file that is in use.
_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class SqliteCopy:
    """One SQLite file."""

    kind: ClassVar[str] = "sqlite"
    file: Path

    @classmethod
    def at(cls, url: str) -> SqliteCopy | None:
        """The file of this address; None where it names none."""
        name = make_url(url).database
        return cls(Path(name)) if name and name != ":memory:" else None

    def there(self) -> bool:
        """Whether there is anything to copy or to replace."""
        return self.file.is_file()

    @contextmanager
    def copied(self, to: Path) -> Iterator[Connection]:
        """Copy the file as it is at one moment, whole and sound; gives a connection that sees what is in the copy."""
        try:
            with (
                closing(
                    sqlite3.connect(f"{self.file.absolute().as_uri()}?mode=ro", uri=True)
                ) as source,
                closing(sqlite3.connect(to)) as target,
            ):
                source.backup(target)  # all pages in one step: writers go on meanwhile, unseen
                target.execute("PRAGMA journal_mode=DELETE")
                (verdict,) = target.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.Error as error:
            raise CannotCopy(f"{self.file}: {error}") from error
        if verdict != "ok":
            raise CannotCopy(f"{self.file} is damaged ({verdict}); keep your older backups")
        engine = create_engine(f"sqlite:///{to}", future=True, hide_parameters=True)
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()

    def set_aside(self, folder: Path) -> None:
        """Move what is there into a folder."""
        for ending in _BESIDE:
            path = self.file.with_name(self.file.name + ending)
            if path.exists():
                path.replace(folder / path.name)

    def put_back(self, copy: Path, aside: Path) -> None:
        """Let this copy stand in the file's place; what was there goes aside."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.set_aside(aside)
        copy.chmod(0o600)
        copy.replace(self.file)
