"""The runner that keeps its order gives what Rasa's own gives."""

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from jawab.nlu.graph_runner import OrderedGraphRunner


class Number(GraphComponent):
    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        return cls(config)

    def __init__(self, config):
        self.factor = config.get("factor", 1)
        self.calls = 0

    @staticmethod
    def get_default_config():
        return {"factor": 1}

    def times(self, number: int) -> int:
        self.calls += 1
        return number * self.factor

    def plus(self, one: int, other: int) -> int:
        return one + other


def node(needs, fn, factor=1, **more):
    return SchemaNode(
        needs=needs, uses=Number, constructor_name="create", fn=fn, config={"factor": factor},
        eager=True, **more,
    )  # fmt: skip


SCHEMA = GraphSchema(
    {
        "sum": node({"one": "double", "other": "triple"}, "plus", is_target=True),
        "triple": node({"number": "double"}, "times", 3),
        "double": node({"number": "given"}, "times", 2),
        "aside": node({"number": "given"}, "times", 100, is_target=True),
    }
)


@pytest.fixture(params=[DaskGraphRunner, OrderedGraphRunner])
def runner(request, tmp_path):
    return request.param.create(
        SCHEMA, LocalModelStorage.create(tmp_path), ExecutionContext(SCHEMA)
    )


def test_each_node_gets_what_it_needs(runner):
    assert runner.run({"given": 5}, ["sum"]) == {"sum": 10 + 30}


def test_without_targets_all_of_the_schemas_are_run(runner):
    assert runner.run({"given": 1}) == {"sum": 8, "aside": 100}


def test_only_what_a_target_needs_is_run_and_each_node_once(runner):
    runner.run({"given": 1}, ["sum"])
    calls = {name: n._component.calls for name, n in runner._instantiated_nodes.items()}
    assert calls == {"double": 1, "triple": 1, "sum": 0, "aside": 0}


def test_the_second_message_is_not_the_first(runner):
    assert [runner.run({"given": n}, ["sum"])["sum"] for n in (1, 2, 3)] == [8, 16, 24]


def test_what_nobody_provides_is_an_error(runner):
    with pytest.raises(GraphRunError):
        runner.run({}, ["sum"])


def test_an_input_with_the_name_of_a_node_is_refused(runner):
    with pytest.raises(GraphRunError):
        runner.run({"given": 1, "double": "sum"}, ["sum"])
