"""The five systems that are measured side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.turns.doors import Desk, Door, Rest
from benchmarks.turns.processes import ACTIONS, DESK, RASA, Group, jawab, stock
from jawab.supervisor import Service


@dataclass(frozen=True)
class System:
    """One system: its letter, what it is, its processes, the way in, and what else of the figures is whose."""

    key: str
    title: str
    group: Group
    members: Sequence[Service]
    door: Door

    @property
    def ready(self) -> list[float]:
        """Seconds from start until all its processes answer, start by start."""
        each = [self.group.ready[service.name] for service in self.members]
        return [max(seconds) for seconds in zip(*each, strict=True)]


def systems(projects: dict[str, Path], var: Path) -> list[System]:
    """Return the five; ``projects`` are the trained stock projects by kind, ``var`` takes logs and databases."""
    (var / "log").mkdir(parents=True, exist_ok=True)
    ours = jawab(var)
    default, light, acting = (
        stock(kind, projects[kind], var / "log") for kind in ("stock", "light", "acting")
    )
    inside = [ours.member(RASA), ours.member(ACTIONS)]
    return [
        System("a", "Jawab, end to end", ours, ours.members, Desk(ours.url(DESK))),
        System("b", "Jawab's Rasa and actions", ours, inside, Rest(ours.url(RASA), known=True)),
        System("c", "stock Rasa, defaults", default, default.members, Rest(default.url(RASA))),
        System("d", "stock Rasa, lightest", light, light.members, Rest(light.url(RASA))),
        System("e", "d with an action", acting, acting.members, Rest(acting.url(RASA))),
    ]
