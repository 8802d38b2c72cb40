"""A PostgreSQL server of our own on a free port, for tests."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

NOBODY = "postgres"


@contextmanager
def postgres_server():
    """The address of a running server's database, under an unprivileged user; the test is skipped where there is none."""
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
    how = ["-U", "jawab", "-A", "trust", "-E", "UTF8", "--no-sync"]
    try:
        subprocess.run([binaries / "initdb", "-D", data, *how], **quiet)
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off -k {folder}"
        start = ["-D", data, "-w", "-l", folder / "log", "-o", options, "start"]
        subprocess.run([binaries / "pg_ctl", *start], **quiet)
        yield f"postgresql+psycopg2://jawab@127.0.0.1:{port}/postgres"
        subprocess.run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
