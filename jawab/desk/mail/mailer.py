"""Sending the shoppers' e-mails through the owner's SMTP server."""

import ipaddress
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib

from jawab.desk.failures import DeskError
from jawab.desk.mail.replies import MailReplies
from jawab.desk.threads import in_thread
from jawab.support.deliveries.delivery import Arrived, Delivery, Later, Never, Outcome, Unwanted
from jawab.support.deliveries.notices import Notice
from jawab.support.errors import UnknownTicket
from jawab.support.mail.composing import compose
from jawab.support.mail.signs import MailSigns
from jawab.support.mail.statements import ANSWERED, WRITTEN
from jawab.support.mail.store import MailStore
from jawab.support.mail.texts import MailTexts
from jawab.support.overrides.current import Current
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.topics import TicketTopics

TIMEOUT_SECONDS = 30.0
_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed in. `starttls` None: encrypted where the server offers it."""

    host: str
    port: int
    username: str | None
    password: str | None
    tls: bool
    starttls: bool | None

    @classmethod
    def parse(cls, url: str) -> "SmtpServer":
        """Read `smtp://user:password@host:587` or `smtps://…`; DeskError for what is neither.

        A password goes over an encrypted line, or to this machine itself.
        """
        parts = urlsplit(url)
        try:
            port = parts.port or _PORTS[parts.scheme]
        except (KeyError, ValueError):
            port = 0
        if not port or not parts.hostname or parts.path.strip("/"):
            raise DeskError(
                "JAWAB_SMTP_URL is no address of a mail server;"
                " write smtp://user:password@mail.example:587 or smtps://mail.example"
            )
        tls = parts.scheme == "smtps"
        must = parts.username is not None and not tls and not is_local(parts.hostname)
        return cls(
            host=parts.hostname,
            port=port,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls=tls,
            starttls=False if tls else (True if must else None),
        )


class Mailer:
    """Composes and hands in one mail at a time."""

    def __init__(
        self,
        server: SmtpServer,
        *,
        sender: str,
        signs: MailSigns,
        tickets: TicketStore,
        threads: MailStore,
        replies: MailReplies,
        current: Current,
        topics: TicketTopics,
        texts: MailTexts,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._sender = sender
        self._signs = signs
        self._tickets = tickets
        self._threads = threads
        self._replies = replies
        self._current = current
        self._topics = topics
        self._texts = texts
        self._tls = tls

    async def __call__(self, delivery: Delivery) -> Outcome:
        """Send the notice of this delivery."""
        data = delivery.parcel.data
        try:
            ticket = await in_thread(self._tickets.find, delivery.parcel.subject)
        except UnknownTicket:
            return Never("no such ticket")
        shop = self._current.knowledge.shops.get(ticket.shop)
        if shop is None or not ticket.email:
            return Never("no shop" if shop is None else "no address")
        settings = self._current.notices(ticket.shop)
        if delivery.parcel.event in (ANSWERED, WRITTEN):
            made = await in_thread(
                self._replies.compose, delivery.parcel, ticket, shop, settings.from_name
            )
            if made is None:
                return Never("no such message")
            return await self._hand_in(
                made, ticket.email, sender=made["From"].addresses[0].addr_spec
            )
        notice = Notice(data["notice"])
        if notice not in settings.mail:
            return Unwanted()
        thread = await in_thread(self._threads.thread, ticket.conversation_id)
        sender = thread.address if thread else self._sender
        mail = compose(
            notice,
            ticket,
            shop=shop,
            topics=self._topics,
            texts=self._texts,
            sender=sender,
            signs=self._signs,
            thread=thread,
            from_name=settings.from_name,
            number=data["number"],
            now=delivery.parcel.at,
            answer=data.get("answer", ""),
        )
        return await self._hand_in(mail, ticket.email, sender=sender)

    async def _hand_in(self, mail: Any, recipient: str, *, sender: str) -> Outcome:
        server = self._server
        try:
            await aiosmtplib.send(
                mail,
                sender=sender,
                recipients=[recipient],
                hostname=server.host,
                port=server.port,
                username=server.username,
                password=server.password,
                use_tls=server.tls,
                start_tls=server.starttls,
                tls_context=self._tls,
                timeout=TIMEOUT_SECONDS,
            )
        except aiosmtplib.SMTPAuthenticationError as error:
            return Later(f"smtp login {error.code}")  # the owner's to mend, not the shopper's
        except aiosmtplib.SMTPRecipientsRefused as error:
            return _refused(max(each.code for each in error.recipients))
        except aiosmtplib.SMTPResponseException as error:
            return _refused(error.code)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            return Later(f"smtp {type(error).__name__}")
        return Arrived()


def is_local(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refused(code: int) -> Outcome:
    # RFC 5321, 4.2.1: 4yz may succeed later, 5yz will not.
    return Never(f"smtp {code}") if 500 <= code < 600 else Later(f"smtp {code}")
