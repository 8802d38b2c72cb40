"""The two ways in: Rasa's REST channel, and the desk's public API as the widget uses it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Protocol
from uuid import uuid4

import aiohttp

from jawab.text.language import Lang

SHOP = "digikala"


class Conversation(Protocol):
    """A shopper's side of one conversation."""

    async def say(self, text: str) -> bool:
        """Send a message and wait for what is said to it; whether anything was."""
        ...


class Door(Protocol):
    """Where conversations begin."""

    async def open(self, session: aiohttp.ClientSession, lang: Lang) -> Conversation:
        """Begin a conversation."""
        ...


@dataclass(frozen=True)
class Rest:
    """Rasa's REST channel. ``known`` sends along what the desk tells Jawab's Rasa of a message."""

    url: str
    known: bool = False

    async def open(self, session: aiohttp.ClientSession, lang: Lang) -> Conversation:
        """Begin a conversation: a new sender is all it takes."""
        return _RestConversation(session, self, uuid4().hex, lang)


@dataclass
class _RestConversation:
    session: aiohttp.ClientSession
    door: Rest
    sender: str
    lang: Lang
    numbers: count[int] = field(default_factory=lambda: count(1))

    async def say(self, text: str) -> bool:
        body: dict[str, object] = {"sender": self.sender, "message": text}
        if self.door.known:
            body["metadata"] = {
                "message_id": f"{next(self.numbers)}",
                "shop": SHOP,
                "lang": self.lang.value,
                "agents": {"present": 0, "waiting": 0},
            }
        url = f"{self.door.url}/webhooks/rest/webhook"
        async with self.session.post(url, json=body) as response:
            # A failure in Rasa comes as an empty list.
            return response.status == 200 and any(
                item.get("text") for item in await response.json()
            )


@dataclass(frozen=True)
class Desk:
    """The desk's public API; each message waits for its answer."""

    url: str

    async def open(self, session: aiohttp.ClientSession, lang: Lang) -> Conversation:
        """Begin a conversation and take its token and greeting."""
        url = f"{self.url}/api/v1/conversations"
        async with session.post(url, json={"shop": SHOP, "lang": lang.value}) as response:
            response.raise_for_status()
            opened = await response.json()
        return _DeskConversation(
            session,
            f"{url}/{opened['id']}/messages?wait=true",
            {"Authorization": f"Bearer {opened['token']}"},
        )


@dataclass
class _DeskConversation:
    session: aiohttp.ClientSession
    url: str
    headers: dict[str, str]
    numbers: count[int] = field(default_factory=lambda: count(1))

    async def say(self, text: str) -> bool:
        body = {"client_id": f"c{next(self.numbers)}", "text": text}
        async with self.session.post(self.url, json=body, headers=self.headers) as response:
            return response.status == 200 and any(
                reply.get("text") for reply in (await response.json())["replies"]
            )
