"""`/metrics` for Prometheus: what was counted, what waits, which parts serve. No label comes from a shopper (docs/metrics.md)."""

import asyncio
import hmac
import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from sqlalchemy.exc import SQLAlchemyError

from jawab.desk.exposition import CONTENT_TYPE, Family, Kind, Sample, rendered
from jawab.desk.failures import Refusal
from jawab.desk.health import ACTIONS, DATABASE, NEWS, RASA, missing_parts
from jawab.desk.measures import COUNTED
from jawab.desk.services import Desk, Services
from jawab.desk.threads import on_watch
from jawab.support.conversations.statements import OPEN_STATES
from jawab.support.deliveries.delivery import Carrier, DeliveryState
from jawab.support.load import Load
from jawab.support.tickets.ticket import Queue

router = APIRouter(tags=["health"])

_LOOK_SECONDS = 3.0
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-real-ip")
_QUEUES = tuple(queue.value for queue in Queue)
_G = Kind.GAUGE
UP = Family("jawab_up", _G, "Whether a part serves (1) or not (0).", ("part",))
CONVERSATIONS = Family("jawab_conversations", _G, "Conversations that are kept.")
MESSAGES = Family("jawab_messages_total", Kind.COUNTER, "Messages ever stored, by anybody.")
OPEN_TURNS = Family(
    "jawab_open_turns", _G, "Messages that the bot owes an answer, by state.", ("state",)
)
OLDEST_TURN = Family("jawab_oldest_open_turn_seconds", _G, "Since when the longest one waits.")
WAITING = Family("jawab_waiting_shoppers", _G, "Shoppers who wait for a person.", ("queue",))
LONGEST_WAIT = Family("jawab_longest_wait_seconds", _G, "Since when the longest one waits.")
IN_TALK = Family("jawab_live_chats", _G, "Conversations that agents are in.")
AGENTS = Family("jawab_agents_present", _G, "Agents who are there.")
TICKETS = Family("jawab_unsolved_tickets", _G, "Tickets that are not solved.", ("queue",))
OVERDUE = Family("jawab_overdue_tickets", _G, "Unsolved tickets whose promised time is over.")
DELIVERIES = Family(
    "jawab_deliveries",
    _G,
    "What leaves by mail, webhook and app, by state; ended ones for thirty days.",
    ("carrier", "state"),
)
OLDEST_DELIVERY = Family(
    "jawab_oldest_delivery_seconds", _G, "Since when the oldest delivery waits."
)
INBOX = Family("jawab_app_updates_waiting", _G, "What apps brought and waits.", ("account",))
MAILS = Family("jawab_mails_waiting", _G, "Mails that came and wait to be worked on.")
LOOKED_AT = (
    *(UP, CONVERSATIONS, MESSAGES, OPEN_TURNS, OLDEST_TURN, WAITING, LONGEST_WAIT, IN_TALK, AGENTS),
    *(TICKETS, OVERDUE, DELIVERIES, OLDEST_DELIVERY, INBOX, MAILS),
)
FAMILIES = (*COUNTED, *LOOKED_AT)


@router.get("/metrics", response_class=PlainTextResponse, responses={404: {}})
async def metrics(request: Request, desk: Desk) -> PlainTextResponse:
    """Numbers for Prometheus; for everybody who may not read them it is not there."""
    if not _may_read(request, desk):
        raise Refusal(404, "not_found")
    load, missing, news = await asyncio.gather(_load(desk), missing_parts(desk), desk.hub.trouble())
    serves = {part: part not in missing for part in (DATABASE, RASA, ACTIONS)}
    if desk.settings.redis_url is not None:
        serves[NEWS] = news is None
    found = [*desk.measures.read(), (UP, [Sample(up, (part,)) for part, up in serves.items()])]
    if load is not None:
        found.extend(_looked_at(load, desk.clock(), desk.channels.names))
    return PlainTextResponse(rendered(found), media_type=CONTENT_TYPE)


def _may_read(request: Request, desk: Services) -> bool:
    """By the token, if one is set; else from this machine or its network, straight and through no proxy."""
    token = desk.settings.metrics_token
    if token is not None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        wanted = token.get_secret_value().encode()
        return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), wanted)
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_private
    except ValueError:
        return False


async def _load(desk: Services) -> Load | None:
    """What waits; None while the database is away, which `jawab_up` says."""
    try:
        with anyio.fail_after(_LOOK_SECONDS):
            return await on_watch(desk.load.load, now=desk.clock())
    except (SQLAlchemyError, TimeoutError):
        return None


def _looked_at(
    load: Load, now: datetime, accounts: Sequence[str]
) -> Iterator[tuple[Family, list[Sample]]]:
    carriers = [(carrier.value, state.value) for carrier in Carrier for state in DeliveryState]
    yield CONVERSATIONS, [Sample(load.conversations)]
    yield MESSAGES, [Sample(load.messages)]
    yield OPEN_TURNS, _each(OPEN_STATES, load.turns)
    yield OLDEST_TURN, _since(load.oldest_turn, now)
    yield WAITING, _each(_QUEUES, load.waiting)
    yield LONGEST_WAIT, _since(load.oldest_waiting, now)
    yield IN_TALK, [Sample(load.in_talk)]
    yield AGENTS, [Sample(load.agents)]
    yield TICKETS, _each(_QUEUES, load.tickets)
    yield OVERDUE, [Sample(load.overdue)]
    yield DELIVERIES, [Sample(load.deliveries.get(key, 0), key) for key in carriers]
    yield OLDEST_DELIVERY, _since(load.oldest_delivery, now)
    yield INBOX, _each(accounts, load.inbox)
    yield MAILS, [Sample(load.mails)]


def _each(names: Sequence[str], found: Mapping[str, int]) -> list[Sample]:
    """One for each name, 0 where there is none: a series that comes and goes cannot be watched."""
    return [Sample(found.get(name, 0), (name,)) for name in names]


def _since(moment: datetime | None, now: datetime) -> list[Sample]:
    return [Sample(max((now - moment).total_seconds(), 0) if moment else 0)]
