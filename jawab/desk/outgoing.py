"""What leaves the desk by itself, put together from the settings: e-mails and webhooks, or neither."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import httpx

from jawab.desk.courier import Courier
from jawab.desk.mail.mailer import Mailer, SmtpServer
from jawab.desk.mail.replies import MailReplies
from jawab.desk.measures import Measures
from jawab.desk.webhooks import Webhooks
from jawab.settings import Settings
from jawab.support.attachments.files import AttachmentFiles
from jawab.support.database import Database
from jawab.support.deliveries.delivery import Backoff, Carrier, Delivery, Outcome
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.errors import UnknownTicket
from jawab.support.mail import texts as mail_texts
from jawab.support.mail.signs import MailSigns
from jawab.support.mail.store import MailStore
from jawab.support.overrides.current import Current
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.topics import TicketTopics

_FACTOR = 4.0
_PATIENCE_SECONDS = 3.0


def client() -> httpx.AsyncClient:
    """The pool of connections for webhooks, and for looking after the action server; no proxy stands in between."""
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=32)
    return httpx.AsyncClient(limits=limits, timeout=_PATIENCE_SECONDS, trust_env=False)


def courier(
    settings: Settings,
    database: Database,
    *,
    current: Current,
    topics: TicketTopics,
    signs: MailSigns,
    files: AttachmentFiles,
    client: httpx.AsyncClient,
    measures: Measures,
    clock: Callable[[], datetime],
) -> Courier:
    """A courier with a carrier for everything that is set; DeskError for a mail server that is none."""
    tickets = TicketStore(database)

    def given_up(delivery: Delivery, problem: str) -> None:
        if delivery.parcel.carrier is Carrier.MAIL:
            with suppress(UnknownTicket):
                notice = str(delivery.parcel.data["notice"])
                tickets.undelivered(delivery.parcel.subject, notice, problem, at=clock())

    carriers: dict[Carrier, Callable[[Delivery], Awaitable[Outcome]]] = {}
    if settings.smtp_url and settings.mail_from:
        texts = mail_texts.load(settings.root)
        carriers[Carrier.MAIL] = Mailer(
            SmtpServer.parse(settings.smtp_url.get_secret_value()),
            sender=settings.mail_from,
            signs=signs,
            tickets=tickets,
            threads=MailStore(database),
            replies=MailReplies(database, current=current, texts=texts, signs=signs, files=files),
            current=current,
            topics=topics,
            texts=texts,
        )
    if settings.webhook_url and settings.webhook_secret:
        carriers[Carrier.WEBHOOK] = Webhooks(
            client,
            settings.webhook_url,
            secret=settings.webhook_secret.get_secret_value(),
            current=current,
            clock=clock,
        )
    return Courier(
        DeliveryStore(database),
        carriers,
        backoff=Backoff(
            settings.delivery_first_delay,
            _FACTOR,
            settings.delivery_longest_delay,
            settings.delivery_attempts,
        ),
        poll=settings.delivery_poll,
        grace=settings.shutdown_grace,
        clock=clock,
        given_up=given_up,
        measures=measures,
    )
