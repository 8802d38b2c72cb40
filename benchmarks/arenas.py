"""Where the ablation is fought: who is taught what, and asked what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.ablation import Learn, Rows
from benchmarks.intervals import bootstrap, paired
from benchmarks.kept import Kept

Hits = list[bool]


@dataclass(frozen=True)
class Arena:
    """Examples to learn from, and sets of messages, by name, that are asked afterwards."""

    name: str
    taught: Callable[[], Rows]
    asked: Mapping[str, Callable[[], Rows]]

    def hits(self, way: str, learn: Learn, *, kept: Kept) -> dict[str, Hits]:
        """Return for each set which of its messages were understood rightly after this way of learning."""

        def measure() -> dict[str, str]:
            guess = learn(self.taught())
            found = {}
            for name, rows in self.asked.items():
                asked = rows()
                right = zip(guess(asked), asked.intents, strict=True)
                found[name] = "".join("1" if said == truth else "0" for said, truth in right)
            return found

        found: dict[str, str] = kept.once(f"ablation, {self.name}: {way}", measure)
        return {name: [each == "1" for each in marks] for name, marks in found.items()}


def compared(way: str, hits: Mapping[str, Hits], whole: Mapping[str, Hits]) -> dict[str, Any]:
    """Return a row of the table: the whole's accuracies, or what another way wins or loses against them."""
    cells = {
        name: str(bootstrap(right)) if hits is whole else signed(right, whole[name])
        for name, right in hits.items()
    }
    return {"variant": way, **cells}


def signed(ours: Sequence[bool], others: Sequence[bool]) -> str:
    """Return the difference with its paired 95 % interval."""
    gap = paired(ours, others)
    return f"{gap.mean:+.3f} ({gap.low:+.3f} to {gap.high:+.3f})"
