"""A run of `make bench` with figures that nobody measured, consistent with each other."""

from benchmarks.turns.figures import STEPS

LOADS = (1, 8, 32, 128)
PROCESSOR = {"a": {"rasa": 20.0, "actions": 2.0, "desk": 11.0}, "b": {"rasa": 20.0, "actions": 2.0}}
BYTES = {
    "desk bytes": 4_000_000, "conversations": 200, "messages": 2_200, "turns": 1_000,
    "tracker bytes": 16_000_000, "events": 22_000, "tracker turns": 2_000,
}  # fmt: skip


def run(**more):
    """The run; keywords replace parts of it."""
    samples = [
        _sample(number, system, load)
        for number in range(2)
        for system in PROCESSOR
        for load in LOADS
    ]
    return {
        "when": "2027-01-02 11:00",
        "machine": {"cores": 2, "processor": "a processor", "memory_gb": 24, "load_before": 0.1},
        "size": {"conversations": list(LOADS), "seconds": 4, "rounds": 2},
        "systems": {"a": "Jawab", "b": "its Rasa"},
        "memory": {"a": {"rasa": 900.0, "actions": 90.0, "desk": 250.0}},
        "stored": BYTES,
        "samples": samples,
        **more,
    }


def _sample(number, system, load):
    alone = sum(PROCESSOR[system].values()) + 2
    rate = min(1000 / alone * load, 55.0 if system == "a" else 80.0)
    middle = 1000 * load / rate
    return {
        "round": number, "system": system, "conversations": load, "turns": 200, "failures": 0,
        "a_second": rate, "p50": middle, "p95": 1.5 * middle, "p99": 2 * middle,
        "processor": PROCESSOR[system], "generator": 1.0, "opened": 40,
        "quantiles": [middle * (0.5 + step / STEPS) for step in range(STEPS + 1)],
    }  # fmt: skip
