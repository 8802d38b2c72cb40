"""The call of the action server, made cheap: what is sent, over what, and how the result is checked.

- `RemoteAction._action_call_format` sends every event of the conversation whole: each message with the ranking of all its
  candidates, each answer with its buttons. Here a message before the latest one is sent with its text, intent, entities and
  question, and what the bot has said is left out; `latest_message` and the slots are whole. An action that wants more asks Rasa.
- `EndpointConfig.session` opens a connection for every action call; one session keeps them. It writes JSON by ujson, which Sanic
  at the other end reads with.
- `RemoteAction._validate_action_result` checks Rasa's large event schema against its meta-schema at every action call, 55 ms
  on two cores, and tries all kinds of events on each; a validator of each kind is built once, and a slot's event, which nearly
  all are, is checked by hand.

Applied by jawab.nlu.rasa_speedups.
"""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import ujson
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import DEFAULT_REQUEST_TIMEOUT, EndpointConfig

# The action server closes a silent connection after 5 s; it is not to be used at that very moment.
KEPT_SECONDS = 2.0
# What is known of a message that is not the latest.
PARSED = ("text", "intent", "entities", "faq_id")
_SENT = "_sent"
_SLOT_KEYS = frozenset(("event", "name", "value", "timestamp"))

_whole_call = RemoteAction._action_call_format


def apply() -> None:
    """Replace all three."""
    _send_what_is_read()
    _keep_connections()
    _validate_with_one_validator()


def sent(events: list[Event]) -> list[dict[str, Any]]:
    """Return the events as the action server gets them."""
    return [_of(event) for event in events if not isinstance(event, BotUttered)]


def _of(event: Event) -> dict[str, Any]:
    known: dict[str, Any] | None = event.__dict__.get(_SENT)
    if known is None:
        known = event.as_dict()
        if isinstance(event, UserUttered):
            parsed = known.get("parse_data") or {}
            known["parse_data"] = {key: parsed[key] for key in PARSED if key in parsed}
        event.__dict__[_SENT] = known
    return known


def _send_what_is_read() -> None:
    def call(self: RemoteAction, tracker: DialogueStateTracker, domain: Any) -> dict[str, Any]:
        events = list(tracker.events)
        silent = _Silent(tracker)
        body: dict[str, Any] = _whole_call(self, silent, domain)
        body["tracker"]["events"] = sent(events)
        return body

    RemoteAction._action_call_format = call


class _Silent:
    """A tracker that tells its state without its events."""

    def __init__(self, tracker: DialogueStateTracker) -> None:
        self.sender_id = tracker.sender_id
        self._tracker = tracker

    def current_state(self, verbosity: EventVerbosity) -> dict[str, Any]:
        state: dict[str, Any] = self._tracker.current_state(EventVerbosity.NONE)
        return state


class _Kept:
    """A session that outlives its `async with`."""

    def __init__(self, session: Any) -> None:
        self.session = session

    async def __aenter__(self) -> Any:
        return self.session

    async def __aexit__(self, *_: object) -> None:
        pass


def _keep_connections() -> None:
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
                cookie_jar=aiohttp.DummyCookieJar(),
                json_serialize=ujson.dumps,
            )
            self.__dict__["_kept"] = (kept, loop)
        return _Kept(kept)

    EndpointConfig.session = session


def _validate_with_one_validator() -> None:
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

    def is_good(each: dict[str, Any]) -> bool:
        if _is_plain_slot(each):
            return True
        name = str(each.get("event"))
        return name in of_event and bool(of_event[name].is_valid(each))

    def plainly_good(result: dict[str, Any]) -> bool:
        events, responses = result.get("events", []), result.get("responses", [])
        return (
            isinstance(events, list)
            and isinstance(responses, list)
            and all(isinstance(each, dict) for each in (*events, *responses))
            and all(is_good(each) for each in events)
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


def _is_plain_slot(event: dict[str, Any]) -> bool:
    return (
        event.get("event") == "slot"
        and isinstance(event.get("name"), str)
        and "value" in event
        and event.get("timestamp") is None
        and event.keys() <= _SLOT_KEYS
    )
