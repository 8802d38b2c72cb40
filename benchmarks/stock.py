"""Stock Rasa beside ours: the pipeline of `rasa init`, on the same rows, in the same run.

Its training takes minutes for some hundred rows; what was trained is kept under var/benchmarks by the rows and the number
of epochs, and the report says when it was.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from jawab.understanding.model import Labelled

EPOCHS = 100


def pipeline(epochs: int) -> list[dict[str, object]]:
    """Return what `rasa init` of Rasa 3.6 writes into config.yml, for one language's white space."""
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": epochs, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]


@dataclass(frozen=True)
class Training:
    """A trained stock model: when, how long it took, and of what."""

    model: str
    rows: int
    epochs: int
    seconds: float
    when: str


def train(rows: Sequence[Labelled], *, epochs: int, keep: Path) -> Training:
    """Train stock Rasa on ``rows``, or return the training that ``keep`` already has of them."""
    taught = [[row.text, row.intent] for row in rows]
    key = hashlib.sha256(json.dumps([taught, pipeline(epochs)]).encode()).hexdigest()[:12]
    note = keep / f"stock-{key}.json"
    if note.is_file():
        return Training(**json.loads(note.read_text("utf-8")))
    keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch)
        config = {
            "recipe": "default.v1",
            "language": rows[0].lang.value,
            "pipeline": pipeline(epochs),
        }
        (project / "config.yml").write_text(yaml.safe_dump(config), "utf-8")
        (project / "nlu.yml").write_text(as_rasa_writes(rows), "utf-8")
        command = [sys.executable, "-m", "rasa", "train", "nlu", "--nlu", "nlu.yml", "--config",
                   "config.yml", "--out", str(keep), "--fixed-model-name", f"stock-{key}"]  # fmt: skip
        environment = {
            **os.environ,
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        }
        begin = time.perf_counter()
        subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)  # noqa: S603
        seconds = time.perf_counter() - begin
    model = str(keep / f"stock-{key}.tar.gz")
    done = Training(model, len(rows), epochs, round(seconds, 1), time.strftime("%Y-%m-%d %H:%M"))
    note.write_text(json.dumps(asdict(done)), "utf-8")
    return done


def as_rasa_writes(rows: Sequence[Labelled]) -> str:
    """Return the examples as a file of Rasa's training data."""
    by_intent: dict[str, list[str]] = {}
    for row in rows:
        # An example is one line; brackets would mark entities.
        plain = " ".join(row.text.translate(str.maketrans("[](){}", "      ")).split())
        by_intent.setdefault(row.intent, []).append(f"- {plain}")
    nlu = [{"intent": intent, "examples": "\n".join(lines)} for intent, lines in by_intent.items()]
    return yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True)


class Parser:
    """A trained Rasa model, any pipeline, that parses messages in this process."""

    def __init__(self, model: Path) -> None:
        from rasa.core.agent import Agent

        self._agent = Agent.load(str(model))
        self._loop = asyncio.new_event_loop()

    def parse(self, text: str) -> tuple[str, float]:
        """Return the likeliest intent and the milliseconds it took."""
        begin = time.perf_counter()
        parsed = self._loop.run_until_complete(self._agent.parse_message(text))
        spent = 1000 * (time.perf_counter() - begin)
        ranking = parsed.get("intent_ranking") or [parsed["intent"]]
        first = next((c for c in ranking if c["name"] != "nlu_fallback"), ranking[0])
        return str(first["name"]), spent


def side_by_side(ours: Parser, stock: Parser, texts: Sequence[str]) -> tuple[float, float]:
    """Return the median milliseconds of both, each text parsed by one and then by the other."""
    times: tuple[list[float], list[float]] = ([], [])
    for text in texts:
        for place, parser in enumerate((ours, stock)):
            times[place].append(parser.parse(text)[1])
    return statistics.median(times[0]), statistics.median(times[1])
