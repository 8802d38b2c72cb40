"""Places of Rasa 3.6.21 that cost more per message than everything Jawab does, made cheap.

- `RemoteAction._validate_action_result` checks Rasa's large event schema against its meta-schema at every action call, 55 ms
  on two cores, and tries all kinds of events on each; a validator of each kind is built once.
- `all_subclasses` walks the tree of event classes for every event that is read; the tree does not change once Rasa is imported.
- dask orders the model's graph anew for every message and action: see jawab.nlu.graph_runner.
- A message is read in a thread of its own, so that other conversations go on while the sentence encoder works.
- `EndpointConfig.session` opens a connection for every action call; one session keeps them.
- `RulePolicy` looks for rules on the message's literal text although no rule speaks of any.
- The domain is written out, and an empty one made to compare it with, to see at each message whether it is empty.
- Events, slots and states are copied deeply for debug lines that nobody reads.

This is the only module that changes Rasa's insides. It refuses to touch any version but the one it was written for, and
tests/nlu/test_rasa_speedups.py fails when Rasa changes what is replaced here.
"""

from __future__ import annotations

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

WRITTEN_FOR = "3.6.21"
# The action server closes a silent connection after 5 s; it is not to be used at that very moment.
KEPT_SECONDS = 2.0

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def apply() -> bool:
    """Replace all places once; return False, and say so in the log, under another version of Rasa."""
    import rasa

    if rasa.__version__ != WRITTEN_FOR:
        logger.warning(
            "rasa_speedups.skipped rasa=%s written_for=%s", rasa.__version__, WRITTEN_FOR
        )
        return False
    _validate_with_one_validator()
    _remember_subclasses()
    _run_graphs_in_order()
    _read_in_a_thread()
    _keep_connections()
    _look_for_text_only_in_rules_of_text()
    _remember_whether_a_domain_is_empty()
    _copy_nothing_for_debug_lines()
    return True


def _validate_with_one_validator() -> None:
    from jsonschema import ValidationError
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)
    event = schema["properties"]["events"]["items"]
    plain = {key: value for key, value in event.items() if key != "oneOf"}
    # Each kind of event names itself, so that one alone can match: the others need not be tried.
    of_event = {
        one["properties"]["event"]["const"]: kind({**plain, "allOf": [one]})
        for one in event["oneOf"]
    }

    def plainly_good(result: dict[str, Any]) -> bool:
        events, responses = result.get("events", []), result.get("responses", [])
        return (
            isinstance(events, list)
            and isinstance(responses, list)
            and all(isinstance(each, dict) for each in (*events, *responses))
            and all(
                str(each.get("event")) in of_event and of_event[str(each["event"])].is_valid(each)
                for each in events
            )
        )

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        if isinstance(result, dict) and plainly_good(result):
            return True
        for error in validator.iter_errors(result):
            # The message would quote what the action said to the shopper; the path is enough to find the fault.
            where = "/".join(str(step) for step in error.absolute_path) or "(top)"
            raise ValidationError(
                f"the action server's result of {self.name()} is malformed at {where}"
            )
        return True

    RemoteAction._validate_action_result = validate


def _remember_subclasses() -> None:
    import rasa.shared.utils.common as common

    original = common.all_subclasses

    @cache
    def remembered(cls: Any) -> tuple[Any, ...]:
        return tuple(original(cls))

    def all_subclasses(cls: Any) -> list[Any]:
        return list(remembered(cls))

    common.all_subclasses = all_subclasses


def _run_graphs_in_order() -> None:
    import rasa.core.processor as processor

    from jawab.nlu.graph_runner import OrderedGraphRunner

    processor.DaskGraphRunner = OrderedGraphRunner


def _read_in_a_thread() -> None:
    from rasa.core.processor import MessageProcessor
    from rasa.shared.core.trackers import DialogueStateTracker

    original = MessageProcessor.parse_message
    # One reader: messages are read one after the other, and the components need not be safe for threads.
    reader = ThreadPoolExecutor(1, thread_name_prefix="reader")

    async def parse_message(
        self: MessageProcessor,
        message: Any,
        tracker: Any = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        if self.http_interpreter:
            return await original(self, message, tracker, only_output_properties)  # type: ignore[no-any-return]
        if tracker is None:
            tracker = DialogueStateTracker.from_events(message.sender_id, [])
        # The reader's log lines name the desk's message too (jawab/correlation.py).
        here = copy_context()
        parsed: dict[str, Any] = await asyncio.get_running_loop().run_in_executor(
            reader,
            here.run,
            self._parse_message_with_graph,
            message,
            tracker,
            only_output_properties,
        )
        self._update_full_retrieval_intent(parsed)
        self._check_for_unseen_features(parsed)
        return parsed

    MessageProcessor.parse_message = parse_message


class _Kept:
    """A session that outlives its `async with`."""

    def __init__(self, session: Any) -> None:
        self.session = session

    async def __aenter__(self) -> Any:
        return self.session

    async def __aexit__(self, *_: object) -> None:
        pass


def _keep_connections() -> None:
    import aiohttp
    from rasa.utils.endpoints import DEFAULT_REQUEST_TIMEOUT, EndpointConfig

    def session(self: EndpointConfig) -> _Kept:
        loop = asyncio.get_running_loop()
        kept, its_loop = self.__dict__.get("_kept", (None, None))
        if kept is None or kept.closed or its_loop is not loop:
            login = self.basic_auth
            kept = aiohttp.ClientSession(
                headers=self.headers,
                auth=aiohttp.BasicAuth(login["username"], login["password"]) if login else None,
                timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
                connector=aiohttp.TCPConnector(keepalive_timeout=KEPT_SECONDS),
            )
            self.__dict__["_kept"] = (kept, loop)
        return _Kept(kept)

    EndpointConfig.session = session


def _look_for_text_only_in_rules_of_text() -> None:
    from rasa.core.policies.rule_policy import RULES, RulePolicy
    from rasa.shared.core.constants import USER
    from rasa.shared.nlu.constants import TEXT

    original = RulePolicy._find_action_from_rules

    def speak_of_text(self: RulePolicy) -> bool:
        known = self.__dict__.get("_speak_of_text")
        if known is None:
            states = (state for rule in self.lookup[RULES] for state in json.loads(rule))
            known = self.__dict__["_speak_of_text"] = any(
                TEXT in state.get(USER, {}) for state in states
            )
        return bool(known)

    def find(
        self: RulePolicy, tracker: Any, domain: Any, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        if (
            use_text_for_last_user_input
            and tracker.active_loop_name is None
            and not speak_of_text(self)
        ):
            return None, None, False
        found: tuple[str | None, str | None, bool] = original(
            self, tracker, domain, use_text_for_last_user_input
        )
        return found

    RulePolicy._find_action_from_rules = find


def _remember_whether_a_domain_is_empty() -> None:
    from rasa.shared.core.domain import Domain

    original = Domain.is_empty

    def is_empty(self: Domain) -> bool:
        if "_is_empty" not in self.__dict__:
            self.__dict__["_is_empty"] = bool(original(self))
        return bool(self.__dict__["_is_empty"])

    Domain.is_empty = is_empty


def _copy_nothing_for_debug_lines() -> None:
    import rasa.core.policies.rule_policy as rule_policy
    import rasa.core.processor as processor

    shallow = SimpleNamespace(deepcopy=lambda value: value)
    processor.copy = shallow
    rule_policy.copy = shallow
