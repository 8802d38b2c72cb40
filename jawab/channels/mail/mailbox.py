"""A mailbox read by IMAP (RFC 3501): a mail counts as read there only after it is stored here. Where the server can, it tells
of new mails at once (IDLE, RFC 2177).
"""

import imaplib
import re
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from imap_tools import BaseMailBox, MailBox, MailboxLoginError, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from jawab.channels.contract import ChannelError

T = TypeVar("T")

TIMEOUT_SECONDS = 30.0
AT_ONCE = 50
_PORTS = {"imap": 143, "imaps": 993}
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
# How soon a wait that nobody needs any more ends.
_GLANCE_SECONDS = 1.0
_SEEN, _FLAGGED = "\\Seen", "\\Flagged"


class MailboxAway(Exception):
    """The mailbox cannot be read now; `reason` holds no address and no password."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class MailboxAccount:
    """Where a shop's mails lie. What is done with moves to `done`, where that folder is named; else it is marked as seen."""

    shop: str
    host: str
    port: int
    username: str
    password: str = field(repr=False)
    tls: bool
    folder: str = "INBOX"
    done: str | None = None

    @classmethod
    def parse(cls, shop: str, url: str) -> "MailboxAccount":
        """Read `imaps://user:password@host/INBOX?done=Answered`; ChannelError for what is none.

        `imap://` (no encryption) is for this machine alone.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS[parts.scheme]
        except (KeyError, ValueError):
            raise ChannelError(_FORM.format(shop=shop)) from None
        if not parts.hostname or not parts.username or parts.password is None:
            raise ChannelError(_FORM.format(shop=shop))
        if parts.scheme == "imap" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise ChannelError(
                f"JAWAB_MAILBOXES: {shop}: the password would go unencrypted; write imaps://"
            )
        return cls(
            shop=shop,
            host=parts.hostname,
            port=port,
            username=unquote(parts.username),
            password=unquote(parts.password),
            tls=parts.scheme == "imaps",
            folder=unquote(parts.path.strip("/")) or "INBOX",
            done=next(iter(parse_qs(parts.query).get("done", ())), None),
        )


_FORM = (
    "JAWAB_MAILBOXES: {shop}: write imaps://user:password@mail.example/INBOX,"
    " signs like @ and : in the password as %40 and %3A"
)


class ImapMailbox:
    """Reads one mailbox, with a connection for each look: a server that was away is simply asked again."""

    def __init__(
        self, account: MailboxAccount, *, limit: int, tls: ssl.SSLContext | None = None
    ) -> None:
        self.account = account
        self._limit = limit
        self._tls = tls

    def collect(self, keep: Callable[[bytes], None]) -> int:
        """Give every mail that is not seen to `keep`, then mark it; how many there were. `MailboxAway`.

        What `keep` raises ends the look, and leaves that mail as it was. One that is larger than the limit stays, flagged.
        """
        taken = 0
        with self._opened() as box:
            for uid in _asked(lambda: box.uids("UNSEEN", charset=None))[:AT_ONCE]:
                raw = _asked(partial(self._raw, box, uid))
                if raw is not None:
                    keep(raw)
                    taken += 1
                _asked(partial(self._mark, box, uid, stored=raw is not None))
        return taken

    def wait(self, seconds: float, *, ended: Callable[[], bool]) -> bool:
        """Wait until there is a mail that is not seen, as long as this at most, or until it has `ended`.

        False at once where the server cannot tell of new mails. `MailboxAway`.
        """
        with self._opened() as box:
            if b"IDLE" not in _flat(_asked(box.client.capability)).upper().split():
                return False
            if not _asked(lambda: box.uids("UNSEEN", charset=None)):
                _asked(partial(_idle, box, seconds, ended))
            return True

    def check(self) -> int:
        """Sign in and open the folder; how many mails wait there. `MailboxAway` says what is wrong."""
        with self._opened() as box:
            return len(_asked(lambda: box.uids("UNSEEN", charset=None)))

    def _opened(self) -> "_Session":
        return _Session(self.account, self._tls)

    def _raw(self, box: BaseMailBox, uid: str) -> bytes | None:
        """The mail as it lies there; None when it is too large."""
        size = _SIZE.search(_flat(box.client.uid("FETCH", uid, "(RFC822.SIZE)")))
        if size is not None and int(size[1]) > self._limit:
            return None
        _, found = box.client.uid("FETCH", uid, "(BODY.PEEK[])")
        for part in found or ():
            if isinstance(part, tuple) and len(part) > 1:
                return bytes(part[1])
        raise MailboxAway("a mail vanished")

    def _mark(self, box: BaseMailBox, uid: str, *, stored: bool) -> None:
        # imap-tools' own flag() also expunges what the owner has marked as deleted.
        flags = _SEEN if stored else f"{_SEEN} {_FLAGGED}"
        status, _ = box.client.uid("STORE", uid, "+FLAGS", f"({flags})")
        if status != "OK":
            raise MailboxAway("a mail could not be marked")
        if stored and self.account.done is not None:
            box.move(uid, self.account.done)


class _Session:
    """A connection, signed in, the folder open; `MailboxAway` for whatever goes wrong with it."""

    def __init__(self, account: MailboxAccount, tls: ssl.SSLContext | None) -> None:
        self._account = account
        self._tls = tls
        self._box: BaseMailBox | None = None

    def __enter__(self) -> BaseMailBox:
        self._box = _asked(self._connect)
        return self._box

    def __exit__(self, *_: object) -> None:
        if self._box is not None:
            with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):  # the server may be gone
                self._box.logout()

    def _connect(self) -> BaseMailBox:
        account = self._account
        box: BaseMailBox
        if account.tls:
            context = self._tls or ssl.create_default_context()
            box = MailBox(account.host, account.port, timeout=TIMEOUT_SECONDS, ssl_context=context)
        else:
            box = MailBoxUnencrypted(account.host, account.port, timeout=TIMEOUT_SECONDS)
        return box.login(account.username, account.password, initial_folder=account.folder)


def _idle(box: BaseMailBox, seconds: float, ended: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    with box.idle as idle:
        while not ended() and (left := end - time.monotonic()) > 0:
            glance, began = min(left, _GLANCE_SECONDS), time.monotonic()
            told = idle.poll(timeout=glance)
            if any(b"EXISTS" in line for line in told):
                return
            if not told and time.monotonic() - began < glance / 2:
                return  # the line has broken; ending the wait in order says so


def _asked(ask: Callable[[], T]) -> T:
    try:
        return ask()
    except MailboxLoginError:
        raise MailboxAway("login refused") from None
    except (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError, UnicodeError) as error:
        raise MailboxAway(type(error).__name__) from None


def _flat(answer: tuple[str, list[object]]) -> bytes:
    """An answer's lines in one."""
    parts: list[bytes] = []
    for line in answer[1] or ():
        parts.extend(
            one for one in (line if isinstance(line, tuple) else (line,)) if isinstance(one, bytes)
        )
    return b" ".join(parts)
