"""What jawab.nlu.rasa_speedups replaces in Rasa is still there, and still does the same."""

import asyncio
import gc
import inspect
import logging
from contextvars import ContextVar

import numpy as np
import pytest
import rasa
import rasa.core.actions.action as action_module
import rasa.core.policies.rule_policy as rule_policy
import rasa.core.processor as processor
import rasa.shared.utils.common as common
from aiohttp import web
from jsonschema import Draft7Validator, ValidationError
from rasa.core.actions.action import ActionExtractSlots, RemoteAction
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from jawab.nlu import rasa_speedups
from jawab.nlu.graph_runner import OrderedGraphRunner
from jawab.text.analysis import analyze
from jawab.text.language import Lang
from jawab.understanding.sentence_vectors import sentence_vectors, vector

from .conversations import form_begins, session, turn

GOOD = {
    "events": [{"event": "slot", "name": "language", "value": "fa"}],
    "responses": [{"text": "x"}],
}


@pytest.fixture(scope="module", autouse=True)
def applied():
    assert rasa_speedups.apply()


def test_rasa_is_the_version_it_was_written_for():
    assert rasa.__version__ == rasa_speedups.WRITTEN_FOR


def test_the_replaced_method_has_the_signature_rasa_calls():
    assert list(inspect.signature(RemoteAction._validate_action_result).parameters) == [
        "self",
        "result",
    ]
    assert "self._validate_action_result(response)" in inspect.getsource(RemoteAction.run)


def test_a_good_result_is_accepted():
    assert RemoteAction("a", None)._validate_action_result(GOOD)


@pytest.mark.parametrize(
    "result",
    [
        pytest.param({"events": [{"event": "slot"}], "responses": []}, id="a slot without a name"),
        pytest.param({"events": [{"event": "nonsense"}], "responses": []}, id="an unknown event"),
        pytest.param({"events": {}, "responses": []}, id="events that are no list"),
        pytest.param({"events": [{"event": ["slot"]}], "responses": []}, id="a list for a name"),
        pytest.param([], id="no object"),
        pytest.param({"events": [], "responses": ["text"]}, id="a response that is no object"),
    ],
)
def test_a_malformed_result_is_refused(result):
    with pytest.raises(ValidationError):
        RemoteAction("a", None)._validate_action_result(result)


def test_every_kind_of_event_is_judged_as_rasa_judges_it():
    schema = RemoteAction.action_response_format_spec()
    kinds = [
        one["properties"]["event"]["const"]
        for one in schema["properties"]["events"]["items"]["oneOf"]
    ]
    assert len(set(kinds)) == len(kinds) > 20
    variants = [{}, {"name": "a"}, {"name": "a", "value": 1}, {"name": 3, "value": 1}, {"timestamp": "x"},
                {"entities": [{"entity": "city", "value": "قم"}]}, {"entities": [{}]}, {"metadata": []}]  # fmt: skip
    judged = set()
    for kind in kinds:
        for more in variants:
            result = {"events": [{"event": kind, **more}], "responses": []}
            good = not list(Draft7Validator(schema).iter_errors(result))
            judged.add(good)
            if good:
                assert RemoteAction("a", None)._validate_action_result(result)
            else:
                with pytest.raises(ValidationError):
                    RemoteAction("a", None)._validate_action_result(result)
    assert judged == {True, False}


def test_the_refusal_names_the_place_but_not_the_words():
    bad = {"events": [], "responses": ["شماره من ۰۹۱۲"]}
    with pytest.raises(ValidationError) as caught:
        RemoteAction("a", None)._validate_action_result(bad)
    assert "responses/0" in str(caught.value)
    assert "۰۹۱۲" not in str(caught.value)


def test_all_subclasses_finds_the_same_as_before():
    def walk(cls):
        return [cls, *(s for sub in cls.__subclasses__() for s in walk(sub))]

    concrete = {cls for cls in walk(Event)[1:] if not inspect.isabstract(cls)}
    assert set(common.all_subclasses(Event)) == concrete


def test_callers_may_change_the_list_they_get():
    common.all_subclasses(Event).clear()
    assert common.all_subclasses(Event)


def test_models_are_run_in_an_order_found_once():
    assert processor.DaskGraphRunner is OrderedGraphRunner
    source = inspect.getsource(MessageProcessor._load_model)
    assert "DaskGraphRunner," in source
    made = inspect.signature(DaskGraphRunner.run).parameters
    assert list(inspect.signature(OrderedGraphRunner.run).parameters) == list(made)


ABOUT = ContextVar("about")


class Reader:
    """What `parse_message` needs of a processor; it encodes a text where it is told to."""

    http_interpreter = None

    def __init__(self):
        self.read, self.checked, self.about, self.vectors = [], [], [], []

    def _parse_message_with_graph(self, message, tracker, only_output_properties):
        if message.metadata.get("doubt"):
            self.vectors.append(sentence_vectors([analyze(message.text, prior=Lang.FA)])[0])
        self.read.append(message.text)
        self.about.append(ABOUT.get())
        return {"text": message.text, "intent": {"name": "faq"}, "entities": []}

    def _update_full_retrieval_intent(self, parsed):
        self.checked.append("retrieval")

    def _check_for_unseen_features(self, parsed):
        self.checked.append("unseen")


def read(reader, *messages):
    async def each(text, metadata):
        ABOUT.set(text)
        message = processor.UserMessage(text, sender_id="c", metadata=metadata)
        return await MessageProcessor.parse_message(reader, message)

    async def all_of_them():
        return await asyncio.gather(*(each(*message) for message in messages))

    return asyncio.run(all_of_them())


def test_other_messages_are_read_while_one_is_encoded():
    reader = Reader()
    doubtful = "تا حالا هیچ‌کس این را با همین واژه‌ها نپرسیده بود"
    parsed = read(reader, (doubtful, {"doubt": True}), ("سلام", {}), ("مرسی", {}))
    assert [each["text"] for each in parsed] == [doubtful, "سلام", "مرسی"]
    assert reader.read == reader.about == ["سلام", "مرسی", doubtful]
    assert reader.checked == ["retrieval", "unseen"] * 3
    assert np.array_equal(reader.vectors[0], vector(doubtful))


def test_one_connection_serves_many_calls_of_the_action_server():
    peers = set()

    async def answer(request):
        peers.add(request.transport.get_extra_info("peername"))
        return web.json_response({"events": [], "responses": []})

    async def calls():
        app = web.Application()
        app.router.add_post("/webhook", answer)
        served = web.AppRunner(app)
        await served.setup()
        site = web.TCPSite(served, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
        found = [await endpoint.request(json={"n": n}) for n in range(5)]
        await endpoint.session().session.close()
        assert await endpoint.request(json={})  # a closed session is replaced
        await endpoint.session().session.close()
        await served.cleanup()
        return found

    assert asyncio.run(calls()) == [{"events": [], "responses": []}] * 5
    assert len(peers) == 2


def test_a_session_is_taken_as_rasa_takes_it():
    assert "async with self.session() as session" in inspect.getsource(EndpointConfig.request)


@pytest.fixture(scope="module")
def domain(root):
    return Domain.load(str(root / "domain.yml"))


class Policy:
    """What the rules' search needs of a policy, and whether it searched."""

    def __init__(self, rules):
        self.lookup = {RULES: rules}


@pytest.mark.parametrize(
    ("rules", "events", "searches"),
    [
        pytest.param({'[{"user": {"intent": "faq"}}]': "a"}, turn(1)[:1], False, id="of intents"),
        pytest.param({'[{"user": {"text": "سلام"}}]': "a"}, turn(1)[:1], True, id="of texts"),
        pytest.param({'[{"user": {"intent": "faq"}}]': "a"}, form_begins(), True, id="in a form"),
    ],
)
def test_rules_on_texts_are_searched_where_there_may_be_some(rules, events, searches, domain):
    tracker = DialogueStateTracker.from_events("c", [*session(), *events], domain.slots)
    # The rest of a real policy is not there: who searches needs it.
    if searches:
        with pytest.raises(AttributeError):
            RulePolicy._find_action_from_rules(Policy(rules), tracker, domain, True)
    else:
        found = RulePolicy._find_action_from_rules(Policy(rules), tracker, domain, True)
        assert found == (None, None, False)


def test_rasa_searches_texts_first_and_asks_only_for_the_action():
    source = inspect.getsource(RulePolicy._predict)
    assert "use_text_for_last_user_input=True" in source
    assert "if rules_action_name_from_text:" in source


def test_a_domain_is_as_empty_as_before(domain):
    assert [domain.is_empty(), domain.is_empty()] == [False, False]
    assert [Domain.empty().is_empty(), Domain.from_dict({}).is_empty()] == [True, True]
    merged = Domain.empty().merge(domain)  # another domain has its own answer
    assert not merged.is_empty()


@pytest.mark.parametrize("module", [processor, rule_policy], ids=["processor", "rule policy"])
def test_nothing_is_copied_but_for_debug_lines(module):
    value = {"events": [1]}
    assert module.copy.deepcopy(value) is value
    lines = inspect.getsource(module).split("structlogger.debug(")
    in_debug_lines = sum(line.split("\n        )")[0].count("copy.") for line in lines[1:])
    assert in_debug_lines == inspect.getsource(module).count("copy.deepcopy")


def test_another_version_of_rasa_is_left_alone(monkeypatch, caplog):
    monkeypatch.setattr(rasa, "__version__", "3.7.0")
    rasa_speedups.apply.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert not rasa_speedups.apply()
    assert "skipped" in caplog.text
    rasa_speedups.apply.cache_clear()


def test_nothing_is_extracted_where_only_actions_set_slots(domain):
    tracker = DialogueStateTracker.from_events("c", [*session(), *turn(1)], domain.slots)
    assert asyncio.run(ActionExtractSlots(None).run(None, None, tracker, domain)) == []
    assert domain.__dict__["_takes_nothing"]


def test_a_slot_that_is_mapped_is_still_extracted(domain):
    mapped = Domain.from_dict(
        {
            "intents": ["faq"],
            "slots": {"said": {"type": "text", "mappings": [{"type": "from_text"}]}},
        }
    )
    tracker = DialogueStateTracker.from_events("c", [*session(), turn(1)[0]], mapped.slots)
    events = asyncio.run(ActionExtractSlots(None).run(None, None, tracker, mapped))
    assert [(event.key, event.value) for event in events] == [("said", "سؤال 1")]


def test_default_actions_are_those_of_their_endpoint():
    here, there = EndpointConfig("http://here"), EndpointConfig("http://there")
    made = action_module.default_actions(here)
    assert [type(each) for each in made] == [
        type(each) for each in action_module.default_actions(there)
    ]
    made.clear()
    (extracting,) = (
        each for each in action_module.default_actions(here) if isinstance(each, ActionExtractSlots)
    )
    assert extracting._action_endpoint is here


def test_a_model_once_loaded_is_left_alone_by_the_collector(monkeypatch):
    monkeypatch.setattr(
        MessageProcessor, "_load_model", staticmethod(lambda path: ("m", Loaded(), None))
    )
    before = gc.get_threshold()
    try:
        MessageProcessor("m", None, None, None)
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold()[0] == rasa_speedups.YOUNG
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


class Loaded:
    """What a processor looks at in a model's metadata."""

    assistant_id, domain = "jawab", None
