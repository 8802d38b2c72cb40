"""The trained model on disk: the understanding's parts are read out of Rasa's model archive.

`rasa train` and `jawab train` write one archive, models/*.tar.gz; the command line reads the same one without
importing Rasa. What is unpacked is kept beside it under var/ by the archive's name, size and time.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tarfile
import tempfile
import zlib
from pathlib import Path

from jawab.understanding.model import Understander

NGRAMS = "NgramFeaturizer"
CLASSIFIER = "CatalogueClassifier"


class NoModel(RuntimeError):
    """There is no usable trained model."""


def latest_archive(models: Path) -> Path:
    """Return the newest model archive in ``models``."""
    archives = sorted(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not archives:
        raise NoModel(f"{models} holds no trained model; run `make train`")
    return archives[-1]


def load_understander(archive: Path, *, cache: Path) -> Understander:
    """Load the understanding from a Rasa model archive, unpacking it into ``cache`` once."""
    stat = archive.stat()
    key = hashlib.sha256(f"{archive.resolve()} {stat.st_size} {stat.st_mtime_ns}".encode())
    unpacked = cache / key.hexdigest()[:16]
    if not unpacked.is_dir():
        _unpack(archive, unpacked)
    try:
        return Understander.load(ngrams=unpacked / NGRAMS, classifier=unpacked / CLASSIFIER)
    except (OSError, LookupError, TypeError, ValueError) as error:
        raise NoModel(
            f"{archive.name} is of another version of Jawab ({type(error).__name__}); "
            "run `jawab train --force`"
        ) from error


def _unpack(archive: Path, target: Path) -> None:
    try:
        _unpack_whole(archive, target)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise NoModel(f"{archive.name} is damaged; run `jawab train --force`") from error


def _unpack_whole(archive: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        building = Path(scratch) / "parts"
        found = set()
        with tarfile.open(archive) as tar:
            for member in tar:
                part = _part_of(member.name)
                if part is None or not member.isfile():
                    continue
                source = tar.extractfile(member)
                if source is None:
                    continue
                found.add(part)
                file = building / part / Path(member.name).name
                file.parent.mkdir(parents=True, exist_ok=True)
                with source, file.open("wb") as out:
                    shutil.copyfileobj(source, out)
        _read_to_the_end(archive)
        if found != {NGRAMS, CLASSIFIER}:
            raise NoModel(f"{archive.name} was not trained from this config.yml; run `make train`")
        try:
            os.rename(building, target)
        except OSError:
            # Another process unpacked the same archive first.
            if not target.is_dir():
                raise
    for old in target.parent.iterdir():
        if old != target and old.is_dir() and len(old.name) == 16:
            shutil.rmtree(old, ignore_errors=True)


def _read_to_the_end(archive: Path) -> None:
    # A damaged header looks to tarfile like the end of the archive, wherever it stands; the checksum at the true end tells.
    with gzip.open(archive) as whole:
        while whole.read(1 << 20):
            pass


def _part_of(name: str) -> str | None:
    folder = Path(name).parent.name
    return next(
        (part for part in (NGRAMS, CLASSIFIER) if f".{part}" in folder or folder.endswith(part)),
        None,
    )
