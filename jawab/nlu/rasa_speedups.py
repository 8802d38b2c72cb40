"""Places of Rasa 3.6.21 that cost more per message than everything Jawab does, made cheap.

- The call of the action server: see jawab.nlu.action_calls. The rules' predictions: see jawab.nlu.rule_states.
- `all_subclasses` walks the tree of event classes for every event that is read; the tree does not change once Rasa is imported.
- dask orders the model's graph anew for every message and action: see jawab.nlu.graph_runner.
- Where a message needs the sentence encoder, its reading waits for a thread (SQLAlchemy's greenlets make a synchronous call wait
  without holding the event loop), so that other conversations go on, and messages are encoded on all cores.
- `RulePolicy` looks for rules on the message's literal text although no rule speaks of any.
- The domain is written out, and an empty one made to compare it with, to see at each message whether it is empty.
- Events, slots and states are copied deeply, and slots written out, for debug lines that nobody reads.
- At each message it is asked of each slot whether it takes its value from it, although ours are all set by actions.
- Python's collector of cycles walks the whole model, half a million objects, again and again: what is there once the model is loaded
  stays, and is left alone.

With the modules it names, this is the only one that changes Rasa's insides. It refuses to touch any version but the one it was written for, and
tests/nlu/test_rasa_speedups.py fails when Rasa changes what is replaced here.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy.util import await_only, greenlet_spawn

from jawab.understanding.sentence_vectors import encoding_by, vector

WRITTEN_FOR = "3.6.21"
# Objects made until the collector looks for cycles among them; a turn makes some thousands that it throws away by itself.
YOUNG = 20_000

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
    from jawab.nlu import action_calls, rule_states

    action_calls.apply()
    rule_states.apply()
    _remember_subclasses()
    _run_graphs_in_order()
    _encode_in_threads()
    _look_for_text_only_in_rules_of_text()
    _remember_whether_a_domain_is_empty()
    _copy_nothing_for_debug_lines()
    _extract_nothing_where_nothing_is_mapped()
    _make_default_actions_once()
    _let_the_collector_leave_the_model_alone()
    return True


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


def _encode_in_threads() -> None:
    from rasa.core.processor import MessageProcessor
    from rasa.shared.core.trackers import DialogueStateTracker

    original = MessageProcessor.parse_message
    encoders = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="encoder")

    def encode(text: str) -> Any:
        # Here the greenlet in which the message is read waits; the event loop goes on with others.
        return await_only(asyncio.get_running_loop().run_in_executor(encoders, vector, text))

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
        with encoding_by(encode):
            parsed: dict[str, Any] = await greenlet_spawn(
                self._parse_message_with_graph, message, tracker, only_output_properties
            )
        self._update_full_retrieval_intent(parsed)
        self._check_for_unseen_features(parsed)
        return parsed

    MessageProcessor.parse_message = parse_message


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
    processor.MessageProcessor._log_slots = staticmethod(lambda tracker: None)


def _extract_nothing_where_nothing_is_mapped() -> None:
    from rasa.core.actions.action import ActionExtractSlots
    from rasa.shared.core.constants import (
        ACTION_VALIDATE_SLOT_MAPPINGS,
        DEFAULT_SLOT_NAMES,
        MAPPING_TYPE,
        SlotMappingType,
    )

    original = ActionExtractSlots.run

    def takes_nothing(domain: Any) -> bool:
        known = domain.__dict__.get("_takes_nothing")
        if known is None:
            mappings = [
                mapping
                for slot in domain.slots
                if slot.name not in DEFAULT_SLOT_NAMES
                for mapping in slot.mappings
            ]
            known = domain.__dict__["_takes_nothing"] = (
                ACTION_VALIDATE_SLOT_MAPPINGS not in domain.user_actions
                and all(
                    mapping.get(MAPPING_TYPE) == SlotMappingType.CUSTOM.value
                    and "action" not in mapping
                    for mapping in mappings
                )
            )
        return bool(known)

    async def run(
        self: ActionExtractSlots, output_channel: Any, nlg: Any, tracker: Any, domain: Any
    ) -> list[Any]:
        if takes_nothing(domain):
            return []
        events: list[Any] = await original(self, output_channel, nlg, tracker, domain)
        return events

    ActionExtractSlots.run = run


def _make_default_actions_once() -> None:
    import rasa.core.actions.action as action

    original = action.default_actions
    # They hold nothing but the endpoint.
    made: dict[int, tuple[Any, list[Any]]] = {}

    def default_actions(action_endpoint: Any = None) -> list[Any]:
        if id(action_endpoint) not in made:
            made[id(action_endpoint)] = (action_endpoint, original(action_endpoint))
        return list(made[id(action_endpoint)][1])

    action.default_actions = default_actions


def _let_the_collector_leave_the_model_alone() -> None:
    import gc

    from rasa.core.processor import MessageProcessor

    original = MessageProcessor.__init__

    def load(self: MessageProcessor, *args: Any, **more: Any) -> None:
        gc.unfreeze()  # what an older model left behind
        original(self, *args, **more)
        gc.collect()
        gc.freeze()
        gc.set_threshold(YOUNG, *gc.get_threshold()[1:])

    MessageProcessor.__init__ = load
