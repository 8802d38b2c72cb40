"""What the tables by size start from: the last run of `make bench`, and `python -m benchmarks.scale streams` where it was run."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping
from pathlib import Path

from benchmarks.capacity.costs import CALIBRATED, END_TO_END, NotMeasured
from benchmarks.capacity.sizes import Measured
from benchmarks.turns.figures import of_system
from benchmarks.turns.ratios import Result
from benchmarks.turns.report import samples_of

STREAMS = "scale-streams.json"
# Where nobody has measured streams: careful guesses.
ASSUMED_STREAMS, ASSUMED_KILOBYTES = 500, 100.0


def measured(result: Result, folder: Path) -> Measured:
    """Return the figures of a turn under many conversations at once; `NotMeasured` where the run lacks them."""
    samples = samples_of(result)
    busy = of_system(samples, END_TO_END, CALIBRATED[-1]) or of_system(
        samples, END_TO_END, result["size"]["conversations"][-1]
    )
    left: Mapping[str, int] = result.get("stored", {})
    if not left.get("turns") or not left.get("tracker turns"):
        raise NotMeasured(
            "the last run did not count what it left in the databases; run `make bench`"
        )
    seconds = {
        name: statistics.median(sample.processor[name] for sample in busy) / 1000
        for name in ("desk", "rasa", "actions")
    }
    streams = streams_measured(folder)
    return Measured(
        **seconds,
        megabytes=result["memory"][END_TO_END],
        desk_bytes=left["desk bytes"] / left["turns"],
        tracker_bytes=left["tracker bytes"] / left["tracker turns"],
        messages=left["messages"] / left["turns"],
        events=left["events"] / left["tracker turns"],
        stream_kilobytes=streams[1] if streams else ASSUMED_KILOBYTES,
        streams_a_desk=streams[0] if streams else ASSUMED_STREAMS,
    )


def streams_measured(folder: Path) -> tuple[int, float] | None:
    """Return the most streams that one desk was measured with and kilobytes for each; None where nobody has."""
    file = folder / STREAMS
    if not file.is_file():
        return None
    last = max(json.loads(file.read_text("utf-8")), key=lambda row: row["streams"])
    return int(last["streams"]), float(last["KB a stream"])
