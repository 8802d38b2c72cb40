"""The contents of attachments: files under var/attachments, each named by its SHA-256, whole or not there."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jawab.support.errors import StorageFull, is_full

FOLDER = "attachments"
"""Its name under var/."""
_ARRIVING = "arriving"
_STALE_SECONDS = 24 * 3600.0
_CHUNK = 1 << 20


class AttachmentFiles:
    """One folder of contents. What arrives waits in a folder beside them, and appears by one renaming."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """A path to write to, gone afterwards whatever happens; StorageFull when the disk is full."""
        path = self._folder / _ARRIVING / secrets.token_hex(16)
        with _told_when_full():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                yield path
            finally:
                with suppress(FileNotFoundError):
                    path.unlink()

    def keep(self, draft: Path) -> tuple[str, int]:
        """Move a draft to its place; its content's name and size. The same content is kept once."""
        with _told_when_full():
            content, size = hashlib.sha256(), 0
            with draft.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    content.update(chunk)
                    size += len(chunk)
                os.fsync(file.fileno())
            place = self.path(content.hexdigest())
            with suppress(FileNotFoundError):
                os.utime(place)  # fresh again, so that a sweep leaves it to whoever sends it now
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                draft.chmod(0o600)
                draft.replace(place)
                _sync(place.parent)
            return content.hexdigest(), size

    def older_than(self, moment: float) -> Iterator[str]:
        """The contents that were last brought before this moment (seconds since 1970)."""
        for path in self._folder.glob("??/*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < moment:
                    yield path.name

    def remove(self, content: str) -> bool:
        """Take a content away that nothing needs any more; False when it was gone already."""
        try:
            self.path(content).unlink()
        except FileNotFoundError:
            return False
        return True

    def path(self, content: str) -> Path:
        """Where this content is."""
        return self._folder / content[:2] / content

    def sweep(self) -> None:
        """Take away drafts that a process left behind when it was killed."""
        for path in (self._folder / _ARRIVING).glob("*"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                    path.unlink()


@contextmanager
def _told_when_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise StorageFull("there is no room for attachments; free some under var") from error
        raise


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
