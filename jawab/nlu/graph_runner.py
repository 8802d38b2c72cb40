"""Runs the model's graph node after node. Rasa's own runner has dask find an order anew for every message and every action."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner


@dataclass(frozen=True)
class _Step:
    name: str
    node: GraphNode
    needs: tuple[str, ...]


@dataclass
class _Order:
    """The steps towards some targets, each after those it needs."""

    schema: GraphSchema
    nodes: dict[str, GraphNode]
    steps: list[_Step] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, name: str) -> None:
        """Add a node's needs and then itself; what is no node is an input."""
        if name in self.seen or name not in self.schema.nodes:
            return
        self.seen.add(name)
        needs = tuple(self.schema.nodes[name].needs.values())
        for need in needs:
            self.add(need)
        self.steps.append(_Step(name, self.nodes[name], needs))


class OrderedGraphRunner(DaskGraphRunner):  # type: ignore[misc]
    """Rasa's runner with the order of nodes found once for each set of targets; what nodes get and give is the same."""

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Run the nodes that the targets need and return the targets' outputs."""
        wanted = tuple(targets or self._graph_schema.target_names)
        given = inputs or {}
        found: dict[str, Any] = {}
        for name, value in given.items():
            if name in self._instantiated_nodes:
                raise GraphRunError(f"the input '{name}' has the name of a node")
            found[name] = (name, value)
        for step in self._steps(wanted):
            # A node is told the bare name of what nobody provided.
            found[step.name] = step.node(*(found.get(need, need) for need in step.needs))
        return dict(found[name] for name in wanted)

    def _steps(self, targets: tuple[str, ...]) -> list[_Step]:
        orders: dict[tuple[str, ...], list[_Step]] = self.__dict__.setdefault("_orders", {})
        if targets not in orders:
            order = _Order(
                self._graph_schema.minimal_graph_schema(list(targets)), self._instantiated_nodes
            )
            for target in targets:
                order.add(target)
            orders[targets] = order.steps
        return orders[targets]
