"""The installation's own secret: given by a setting, or made once and kept in a file only its owner reads."""

import os
import secrets
import stat
from pathlib import Path

from jawab.desk.failures import DeskError


class SecretUnsafe(DeskError):
    """The secret's file can be read by others."""


def secret_from(path: Path) -> str:
    """Return the secret kept in this file; make it, with mode 0600, when the file is absent.

    Two processes starting together agree: the file appears whole, and only once.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SecretUnsafe(f"{path}: others can read this secret; run: chmod 600 {path}")
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < 32:
        raise SecretUnsafe(
            f"{path}: the secret is too short; delete the file to have a new one made"
        )
    return secret


def _make(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(draft, path)  # fails when another process was first, and then its secret counts
    except FileExistsError:
        pass
    finally:
        draft.unlink()
