"""Copying a PostgreSQL database by its own tools, and putting a copy in its place.

https://www.postgresql.org/docs/current/app-pgdump.html
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from sqlalchemy import inspect, text
from sqlalchemy.engine import URL, Connection, make_url

from jawab.backup.errors import CannotCopy
from jawab.support.database import connect

_PATIENCE = timedelta(seconds=30)
_ASIDE = "before_restore_"


@dataclass(frozen=True)
class PostgresCopy:
    """One PostgreSQL database."""

    kind: ClassVar[str] = "postgresql"
    url: str

    def there(self) -> bool:
        """Whether there are any tables to copy or to replace."""
        engine = connect(self.url, patience=_PATIENCE)
        try:
            return bool(inspect(engine).get_table_names())
        finally:
            engine.dispose()

    @contextmanager
    def copied(self, to: Path) -> Iterator[Connection]:
        """Copy the database as it is at one moment; gives a connection that sees what is in the copy."""
        engine = connect(self.url, patience=_PATIENCE)
        try:
            isolated = engine.execution_options(isolation_level="REPEATABLE READ")
            with isolated.connect() as connection:
                moment = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
                self._run(
                    "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}",
                    f"--exclude-schema={_ASIDE}*", f"--file={to}",
                )  # fmt: skip
                yield connection
        finally:
            engine.dispose()

    def put_back(self, copy: Path, aside: Path) -> None:
        """Let this copy stand in the database's place; the tables that were there go into a schema aside.

        Where it cannot be put back, everything is as it was.
        """
        name = _ASIDE + "".join(c if c.isalnum() else "_" for c in aside.name)
        replaced = self.there()
        if replaced:
            self._execute(f"ALTER SCHEMA public RENAME TO {name}", "CREATE SCHEMA public")
        try:
            self._run(
                "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error",
                "--single-transaction", str(copy),
            )  # fmt: skip
        except CannotCopy:
            if replaced:
                self._execute("DROP SCHEMA public CASCADE", f"ALTER SCHEMA {name} RENAME TO public")
            raise

    def _execute(self, *statements: str) -> None:
        engine = connect(self.url, patience=_PATIENCE)
        try:
            with engine.begin() as connection:
                for statement in statements:
                    connection.exec_driver_sql(statement)
        finally:
            engine.dispose()

    def _run(self, tool: str, *arguments: str) -> None:
        """Run one of PostgreSQL's tools; the password goes by the environment, where no process list shows it."""
        found = shutil.which(tool)
        if found is None:
            raise CannotCopy(
                f"{tool} is not installed; install PostgreSQL's client (Debian: postgresql-client)"
            )
        address = make_url(self.url)
        environment = {**os.environ, "PGPASSWORD": address.password or ""}
        done = subprocess.run(  # noqa: S603
            [found, *arguments, *_where(address)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["it failed"])[-1]
            raise CannotCopy(f"{tool}: {last}")


def _where(address: URL) -> Sequence[str]:
    parts = {"host": "--host", "port": "--port", "username": "--username", "database": "--dbname"}
    given = {option: getattr(address, name) for name, option in parts.items()}
    return [f"{option}={value}" for option, value in given.items() if value]
