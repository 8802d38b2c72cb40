"""Mail delivered to us by SMTP: a small server behind the shop's own, which takes mail for the shop's addresses alone."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any, TypeAlias

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

log = structlog.get_logger()

TIMEOUT_SECONDS = 60.0
MOST_RECIPIENTS = 20
_MOST_COMMANDS = 200

# Stores a mail that was sent to this address: the raw mail, and the envelope's sender (empty for a bounce).
Keeping: TypeAlias = Callable[[str, bytes, str], Awaitable[None]]


class SmtpDoor:
    """Listens; a mail is taken ("250") only after it is stored, else its sender tries again ("451")."""

    def __init__(
        self, host: str, port: int, *, addresses: Collection[str], limit: int, keep: Keeping
    ) -> None:
        self._host = host
        self._port = port
        self._limit = limit
        self._handler = _Handler(addresses, keep)
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """The port it listens on, once it does."""
        return int(self._server.sockets[0].getsockname()[1]) if self._server else self._port

    async def start(self) -> None:
        """Begin to listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, self._host, self._port)

    async def stop(self) -> None:
        """Take no more mail."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    def _protocol(self) -> Any:
        return SMTP(
            self._handler,
            data_size_limit=self._limit,
            enable_SMTPUTF8=True,
            hostname="jawab",
            ident="ESMTP",
            timeout=TIMEOUT_SECONDS,
            command_call_limit=_MOST_COMMANDS,
        )


class _Handler:
    def __init__(self, addresses: Collection[str], keep: Keeping) -> None:
        self._addresses = frozenset(addresses)
        self._keep = keep

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.lower() not in self._addresses:
            return "550 5.1.1 no such address here"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 too many recipients"
        envelope.rcpt_tos.append(address.lower())
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        try:
            for address in dict.fromkeys(envelope.rcpt_tos):
                await self._keep(address, content, envelope.mail_from or "")
        except Exception as error:
            log.error("mail.not_stored", problem=type(error).__qualname__)
            return "451 4.3.0 not stored, try again later"
        return "250 OK"
