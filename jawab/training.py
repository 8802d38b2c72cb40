"""Training the model that all processes share, and skipping it when nothing it depends on has changed."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from jawab.text import lexicon

PREFIX = "jawab-"

# What only serves a model and teaches it nothing: a change here leaves the trained model as good as it was.
SERVING = frozenset(
    {
        "jawab/nlu/action_calls.py",
        "jawab/nlu/graph_runner.py",
        "jawab/nlu/history.py",
        "jawab/nlu/lock_store.py",
        "jawab/nlu/rasa_speedups.py",
        "jawab/nlu/rule_states.py",
        "jawab/nlu/server.py",
        "jawab/nlu/tracker_store.py",
        "jawab/understanding/questions.py",
    }
)

FILES = ("config.yml", "domain.yml", "requirements.txt")
DATA = (
    ("data/faq", "*.yml"),
    ("data/dialogue", "*.yml"),
    ("data/lexicon", "*.yml"),
)
CODE = (
    ("jawab/text", "*.py"),
    ("jawab/knowledge", "*.py"),
    ("jawab/understanding", "*.py"),
    ("jawab/nlu", "*.py"),
)


class TrainingFailed(RuntimeError):
    """`rasa train` ended without a model."""


def fingerprint(root: Path) -> str:
    """Return a digest of all files a model depends on: data, configuration, and the code that learns."""
    paths = [root / name for name in FILES]
    return _digest(root, [*paths, *_files(root, DATA), *_files(root, CODE)])


@lru_cache(maxsize=1)
def code_fingerprint() -> str:
    """Return a digest of the code that learns, and of the lexicon it reads.

    Rasa keeps what a component has learnt from one training to the next, by the component's own source, its settings and what it was
    given; our components tell it of the code behind them by this (``fingerprint_addon``).
    """
    package = Path(__file__).parent
    return _digest(
        package.parent, [*_files(package.parent, CODE), *sorted(lexicon.folder().glob("*.yml"))]
    )


def _digest(root: Path, paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        name = path.relative_to(root) if path.is_relative_to(root) else path.name
        digest.update(str(name).encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()[:12]


def _files(root: Path, where: Sequence[tuple[str, str]]) -> Iterator[Path]:
    for folder, pattern in where:
        for path in sorted((root / folder).rglob(pattern)):
            if path.relative_to(root).as_posix() not in SERVING:
                yield path


def up_to_date(root: Path) -> Path | None:
    """Return the archive that was trained from the files as they are now, if there is one."""
    archive = archive_for(root)
    return archive if archive.is_file() else None


def archive_for(root: Path) -> Path:
    """Return where the model of the files as they are now belongs."""
    return root / "models" / f"{PREFIX}{fingerprint(root)}.tar.gz"


def train(root: Path, *, log: Path) -> Path:
    """Run `rasa train` in a process of its own and return the archive; its output goes to ``log``."""
    archive = archive_for(root)
    log.parent.mkdir(parents=True, exist_ok=True)
    archive.parent.mkdir(parents=True, exist_ok=True)
    # Rasa writes the archive in place: a training that is interrupted must not leave half a model in models/.
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".training-") as scratch:
        made = Path(scratch) / archive.name
        _run_rasa(made, root, log)
        os.replace(_stored(made), archive)
    for old in archive.parent.glob(f"{PREFIX}*.tar.gz"):
        if old != archive:
            old.unlink(missing_ok=True)
    return archive


def _stored(packed: Path) -> Path:
    """Return the archive with its content as it is: weights hardly shrink, and every start would unpack them for half a second."""
    plain = packed.with_suffix(".plain")
    with gzip.open(packed) as content, gzip.open(plain, "wb", compresslevel=0) as target:
        shutil.copyfileobj(content, target, length=1 << 20)
    return plain


def _run_rasa(made: Path, root: Path, log: Path) -> None:
    command = [sys.executable, "-m", "rasa", "train", "--skip-validation", "--out", str(made.parent),
               "--fixed-model-name", made.name.removesuffix(".tar.gz")]  # fmt: skip
    environment = {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    with log.open("wb") as output:
        done = subprocess.run(  # noqa: S603
            command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode or not made.is_file():
        tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-15:])
        raise TrainingFailed(f"`rasa train` failed; the end of {log}:\n{tail}")
