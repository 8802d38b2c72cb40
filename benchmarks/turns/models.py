"""Models trained for the benchmark, once, and kept under var/model-cache with a note of where they come from.

How fast a message is answered does not depend on the number of epochs, so the default pipeline is trained for a few; the
note holds what an epoch took, from which the time of all hundred follows.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from benchmarks.stock import EPOCHS
from jawab.training import fingerprint

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "CUDA_VISIBLE_DEVICES": "",
}
# Of all trainings, the own one that begins without any sentence vectors.
COLD = "b, cold"
# tqdm's last word on a component's epochs: `100%|███| 3/3 [10:21<00:00, 207.1s/it`, an hour being `1:10:21`.
_EPOCHS = re.compile(r"Epochs: 100%[^\[]*\b(\d+)/\1 \[((?:\d+:)?\d+:\d+)<")


@dataclass(frozen=True)
class Trained:
    """A training: when, in how many seconds, for how many epochs of how many seconds each; 0 where there are none."""

    when: str
    seconds: float
    epochs: int
    epoch_seconds: float

    @property
    def full_seconds(self) -> float:
        """What all epochs of the default configuration take; extrapolated where fewer were trained."""
        return self.seconds + (EPOCHS - self.epochs) * self.epoch_seconds

    @property
    def extrapolated(self) -> bool:
        """Whether it learnt for fewer epochs than Rasa's default."""
        return 0 < self.epochs < EPOCHS


def project(folder: Path, files: Mapping[str, str]) -> Path:
    """Write a project into a folder of its own, named by what is in it."""
    place = folder / hashlib.sha256(json.dumps(dict(files)).encode()).hexdigest()[:12]
    place.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (place / name).write_text(text, "utf-8")
    return place


def trained(place: Path, *, epochs: int) -> Trained:
    """Return the model of the project in ``place``; it is trained when there is none yet."""
    note = place / "trained.json"
    if note.is_file():
        return Trained(**json.loads(note.read_text("utf-8")))
    stories = ["stories.yml"] if (place / "stories.yml").is_file() else []
    log = place / "training.log"
    seconds = timed_training(
        place, ["--data", "nlu.yml", "rules.yml", *stories], out=place, log=log
    )
    return noted(note, seconds, epochs, epoch_seconds(log.read_bytes().decode("utf-8", "replace")))


def own(root: Path, folder: Path) -> tuple[Trained, Trained]:
    """Return how long Jawab's own model takes from nothing, and again with the sentence vectors of the first time."""
    place = folder / fingerprint(root)
    notes = place / "cold.json", place / "warm.json"
    if all(note.is_file() for note in notes):
        cold, warm = (Trained(**json.loads(note.read_text("utf-8"))) for note in notes)
        return cold, warm
    place.mkdir(parents=True, exist_ok=True)
    vectors = place / "sentence-vectors.npz"
    vectors.unlink(missing_ok=True)
    # Beside config.yml: where it lies the importer looks for data/.
    config = root / f".config-{place.name}.yml"
    config.write_text(_with_vectors(root / "config.yml", vectors), "utf-8")
    arguments = ["--skip-validation", "--force", "--config", str(config)]  # nothing of Rasa's cache
    log = place / "training.log"
    try:
        cold, warm = (
            noted(note, timed_training(root, arguments, out=place, log=log), 0, 0.0)
            for note in notes
        )
    finally:
        config.unlink()
    return cold, warm


def _with_vectors(config: Path, vectors: Path) -> str:
    content = yaml.safe_load(config.read_text("utf-8"))
    for component in content["pipeline"]:
        if "cache" in component:
            component["cache"] = str(vectors.resolve())
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))


def timed_training(project: Path, arguments: list[str], *, out: Path, log: Path) -> float:
    """Run `rasa train` into ``out`` and return the seconds it took, the start of Rasa among them."""
    command = [sys.executable, "-m", "rasa", "train", *arguments,
               "--out", str(out.resolve()), "--fixed-model-name", "model"]  # fmt: skip
    begin = time.perf_counter()
    with log.open("wb") as output:
        subprocess.run(  # noqa: S603
            command, cwd=project, env={**os.environ, **QUIET}, stdout=output,
            stderr=subprocess.STDOUT, check=True,
        )  # fmt: skip
    return time.perf_counter() - begin


def noted(note: Path, seconds: float, epochs: int, each: float) -> Trained:
    """Keep the note beside the model."""
    done = Trained(time.strftime("%Y-%m-%d %H:%M"), round(seconds, 1), epochs, round(each, 2))
    note.write_text(json.dumps(asdict(done), indent=1), "utf-8")
    return done


def epoch_seconds(log: str) -> float:
    """Return what one epoch of all components that learn in epochs took, by the bars in Rasa's output.

    >>> epoch_seconds("Epochs: 100%|███| 3/3 [10:21<00:00, 207.1s/it, loss=2]")
    207.0
    """
    # A component's bar is one line, drawn over and over; its last state may be drawn several times.
    bars = (_EPOCHS.findall(drawn) for drawn in log.split("\n"))
    last = [found[-1] for found in bars if found]
    return sum(_seconds(clock) / int(number) for number, clock in last)


def _seconds(clock: str) -> float:
    total = 0
    for part in clock.split(":"):
        total = 60 * total + int(part)
    return float(total)
