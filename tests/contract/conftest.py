"""Databases for the store's contract: SQLite always, PostgreSQL where the machine has its binaries."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade

PATIENCE = timedelta(seconds=5)
NOBODY = "postgres"


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory):
    """A PostgreSQL server of our own on a free port, under an unprivileged user."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL is not installed (apt install postgresql)")
    demote, owner = {}, None
    if os.geteuid() == 0:
        try:
            owner = pwd.getpwnam(NOBODY)
        except KeyError:
            pytest.skip(f"PostgreSQL does not run as root and there is no user {NOBODY}")
        demote = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    folder = Path(tempfile.mkdtemp(prefix="jawab-pg-"))  # short: a socket's path must be
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    binaries = found[-1].parent
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **demote}
    data = folder / "data"
    try:
        subprocess.run(
            [
                binaries / "initdb",
                "-D",
                data,
                "-U",
                "jawab",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
            ],
            **quiet,
        )
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off -k {folder}"
        subprocess.run(
            [binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"],
            **quiet,
        )
        yield f"postgresql+psycopg2://jawab@127.0.0.1:{port}/postgres"
        subprocess.run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    address = request.getfixturevalue("postgres_url")
    yield address
    engine = connect(address, patience=PATIENCE)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture
def database(url):
    """A database with its tables."""
    database = Database(connect(url, patience=PATIENCE))
    upgrade(database)
    yield database
    database.close()
