"""Limits at the door: how much may come from one address, into one conversation, for one shop.

Shoppers, agents and messaging apps are counted apart: a flood of one shuts out none of the others, even from the
same address.
"""

from dataclasses import dataclass
from enum import Enum

import limits
from limits import RateLimitItem

from jawab.desk.failures import Refusal
from jawab.desk.rates import Rates
from jawab.settings import Settings

_FREE = ("/static/", "/healthz", "/widget.js", "/widget-ticket.js", "/colours.css", "/favicon.ico")
_APPS = ("/channels/",)
_AGENTS = ("/desk", "/api/v1/agent/")
_SIGN_IN = "/api/v1/agent/session"
_BEGIN = "/api/v1/conversations"


class Limited(str, Enum):
    """What is counted, each with a rate of its own in the settings."""

    SHOPPERS = "shoppers"
    AGENTS = "agents"
    APPS = "apps"
    SIGN_INS = "sign-ins"
    CONVERSATIONS = "conversations"
    CONVERSATION = "conversation"
    SHOP = "shop"


@dataclass(frozen=True)
class Gate:
    """Counts requests, and refuses (429, with Retry-After) those above the rates of the settings."""

    rates: Rates
    allowed: dict[Limited, RateLimitItem]

    async def enter(self, what: Limited, *key: str) -> None:
        """Count one, or refuse."""
        seconds = await self.rates.wait(self.allowed[what], what.value, *key)
        if seconds:
            raise Refusal(
                429,
                "too_many_requests",
                headers={"Retry-After": str(seconds)},
                seconds=str(seconds),
            )

    async def admit(self, method: str, path: str, address: str) -> None:
        """Count a request by where it comes from, before anything is read of it."""
        if path.startswith(_FREE):
            return
        if path.startswith(_APPS):
            await self.enter(Limited.APPS, address)
        elif path.startswith(_AGENTS):
            if (method, path) == ("POST", _SIGN_IN):
                await self.enter(Limited.SIGN_INS, address)
            await self.enter(Limited.AGENTS, address)
        else:
            await self.enter(Limited.SHOPPERS, address)
            if (method, path) == ("POST", _BEGIN):
                await self.enter(Limited.CONVERSATIONS, address)


def gate_of(settings: Settings) -> Gate:
    """The gate that these settings ask for."""
    return Gate(
        Rates(settings.redis),
        {
            Limited.SHOPPERS: limits.parse(settings.requests_per_address),
            Limited.AGENTS: limits.parse(settings.requests_per_address),
            Limited.APPS: limits.parse(settings.updates_per_address),
            Limited.SIGN_INS: limits.parse(settings.sign_ins_per_address),
            Limited.CONVERSATIONS: limits.parse(settings.conversations_per_address),
            Limited.CONVERSATION: limits.parse(settings.requests_per_conversation),
            Limited.SHOP: limits.parse(settings.messages_per_shop),
        },
    )
