"""What every messaging app's module gives the desk, and what it gets: one contract for all.

An app's module turns its updates into `Incoming` and `Outgoing` into its calls. Everything else, conversations, forms, hand-over,
retries and order, is the desk's and the same for all.
"""

from collections.abc import AsyncGenerator, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Protocol, TypeAlias, runtime_checkable

from jawab.support.deliveries.delivery import Arrived, Held, Later, Never
from jawab.text.language import Lang

Result: TypeAlias = Arrived | Later | Held | Never


class ChannelError(Exception):
    """An account is not as it should be; the message says how to mend it."""


# The reason of a file that is greater than allowed.
TOO_LARGE = "too large"


class FetchFailed(Exception):
    """A file could not be had. `final`: trying again is of no use (gone, or too large)."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final


class Kind(str, Enum):
    """What an update is about."""

    START = "start"  # the first thing an app sends; `payload` is a deep link's
    TEXT = "text"
    BUTTON = "button"
    FILES = "files"  # photos, videos, documents, voice notes; `text` is their caption
    CONTACT = "contact"
    STICKER = "sticker"
    LOCATION = "location"
    EDITED = "edited"
    REMOVED = "removed"  # the shopper took back a message; `reply_to` names it
    UNSUPPORTED = "unsupported"  # from a shopper, but nothing that is understood
    BLOCKED = "blocked"  # the shopper wants no more messages
    UNDELIVERED = "undelivered"  # a message of ours failed afterwards; `reply_to` names it, `problem` says why
    REACHED = "reached"  # a message of ours came further; `reply_to` names it, `state` says how far
    NOTHING = "nothing"  # nobody's message; kept so that its repetition is known


@dataclass(frozen=True)
class RemoteFile:
    """A file that lies with the app until it is fetched; `size` in bytes, as far as it is told."""

    id: str
    name: str = ""
    type: str = ""
    size: int | None = None
    voice: bool = False


@dataclass(frozen=True)
class Incoming:
    """One update of an app. `update` is the same whenever it is sent again; `id` is the message's own in its chat.

    `own_phone` is true where the app vouches that the shared contact is the sender's. In a group only what is
    `mentioned`, or an answer to us, is meant for us. `press` is what `acknowledge` needs. `album` joins files sent as one.
    """

    kind: Kind
    update: str
    chat: str
    id: str = ""
    sender: str = ""
    name: str = ""
    text: str = ""
    button: str | None = None
    files: tuple[RemoteFile, ...] = ()
    phone: str | None = None
    own_phone: bool = False
    email: str | None = None
    payload: str | None = None
    lang: Lang | None = None
    reply_to: str | None = None
    album: str | None = None
    group: bool = False
    mentioned: bool = False
    press: str | None = None
    problem: str | None = None
    state: str | None = None


@dataclass(frozen=True)
class OutgoingButton:
    """A button to be shown: its opaque id (at most 32 characters of ASCII) and its words."""

    id: str
    title: str


@dataclass(frozen=True)
class OutgoingFile:
    """A file to be sent, on this machine's disk; `size` in bytes."""

    path: Path
    name: str
    type: str
    size: int


@dataclass(frozen=True)
class Outgoing:
    """One call's worth of a message, planned within the app's `Capabilities`: words, or one file with its caption.

    `key` is the same at each attempt. `heard_at` is when the shopper last wrote, for apps whose window closes; `sender` who did
    first; `turn` is what it answers, "" where nothing was said. `form`: it is a form's question. `share` are the words of a key that
    shares the shopper's own number, where one is asked for.
    """

    key: str
    chat: str
    text: str
    lang: Lang
    buttons: tuple[OutgoingButton, ...] = ()
    file: OutgoingFile | None = None
    heard_at: datetime | None = None
    sender: str = ""
    turn: str = ""
    form: bool = False
    share: str = ""


@dataclass(frozen=True)
class Capabilities:
    """What an app can do. Lengths in UTF-16 units, as the apps count; sizes in bytes; 0 buttons: none at all.

    `button_text` is how long words with buttons may be, where that is less; `asks_number`: it has a key that shares one's number. `per_second` messages of the account,
    `chat_pause` between two messages to one chat.
    """

    text: int
    caption: int = 0
    buttons: int = 0
    button_title: int = 0
    button_text: int = 0
    files: bool = False
    upload: int = 0
    download: int = 0
    asks_number: bool = False
    per_second: float = 30.0
    chat_pause: timedelta = timedelta(seconds=1)


class Channel(Protocol):
    """One account of one app."""

    @property
    def capabilities(self) -> Capabilities:
        """What the app can do."""
        ...

    def verify(self, headers: Mapping[str, str], body: bytes, path: str) -> bool:
        """Whether a request comes from the app; compared in constant time. `headers` have names in lower case, `path` is
        what follows the account's name in the address.
        """
        ...

    def handshake(self, query: Mapping[str, str], path: str) -> str | None:
        """The answer to an app that asks, by GET, whether the address is ours; None: refuse."""
        ...

    def receive(self, body: bytes) -> tuple[Incoming, ...]:
        """Read what the app sent. Never raises: what cannot be read is nothing, or `UNSUPPORTED`."""
        ...

    def acknowledge(self, incoming: Incoming) -> Coroutine[Any, Any, None]:
        """End a pressed button's spinner, where there is one; failures do not matter."""
        ...

    def typing(self, chat: str) -> Coroutine[Any, Any, None]:
        """Show for some seconds that one is writing, where the app can; failures do not matter."""
        ...

    async def deliver(self, outgoing: Outgoing) -> Result:
        """Send it in one call. Never raises for what the app or the network does."""
        ...

    def fetch(self, file: RemoteFile, *, limit: int) -> AsyncGenerator[bytes, None]:
        """The file's bytes, piece by piece; `FetchFailed` also as soon as there are more than `limit`."""
        ...

    async def check(self) -> str:
        """Who the account is, in words for the owner; `ChannelError` says what is wrong."""
        ...


@runtime_checkable
class Registered(Protocol):
    """An app that is told where its updates go."""

    async def register(self, address: str) -> str:
        """Have updates sent to this public address (the account's own, without the secret path); what was done, in words."""
        ...

    async def unregister(self) -> str:
        """Have them sent nowhere, so that they can be polled; what was done, in words."""
        ...


@runtime_checkable
class Polled(Protocol):
    """An app that can be asked for updates, where no address of ours is reachable from outside."""

    async def poll(self, offset: str | None) -> tuple[tuple[Incoming, ...], str | None]:
        """Wait a while for updates after `offset`; also the offset to ask from next, once these are stored.

        `FetchFailed` when the app cannot be asked now.
        """
        ...
