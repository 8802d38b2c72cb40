"""How mail comes in, put together from the settings: mailboxes that are read, a door for SMTP, or neither."""

import asyncio
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial

import structlog

from jawab.channels.contract import ChannelError
from jawab.channels.mail.mailbox import ImapMailbox, MailboxAccount, MailboxAway
from jawab.channels.mail.smtp_door import SmtpDoor
from jawab.desk.failures import DeskError
from jawab.desk.filing import Filing
from jawab.desk.hub import Hub
from jawab.desk.mail.answering import MailAnswering
from jawab.desk.mail.files import MailFiles
from jawab.desk.mail.mailroom import Mailroom
from jawab.desk.sole import WAIT_SECONDS, Sole
from jawab.desk.threads import at_leisure, in_thread
from jawab.desk.words import Words
from jawab.desk.worker import Worker
from jawab.settings import Settings
from jawab.support.conversations.store import Store
from jawab.support.database import Database
from jawab.support.mail.signs import MailSigns
from jawab.support.mail.store import MailStore
from jawab.support.overrides.current import Current
from jawab.support.tickets.signals import SignalReader
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.topics import TicketTopics

log = structlog.get_logger()

_LONGEST_PAUSE_SECONDS = 600.0
# How long a mailbox is waited for that tells of new mails: less than a lease, and than a quiet line is kept.
_TOLD_SECONDS = 60.0


class MailDoors:
    """Reads each mailbox again and again, alone among the desks, and listens for SMTP; a mailbox that is away is left alone for longer and longer."""

    def __init__(
        self, settings: Settings, room: Mailroom, mailboxes: tuple[ImapMailbox, ...], sole: Sole
    ) -> None:
        self._room = room
        self._mailboxes = mailboxes
        self._sole = sole
        self._pause = max(settings.mail_poll.total_seconds(), 0.01)
        self._addresses = {shop: address for shop, address in reversed(settings.mail_addresses)}
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()
        self.door: SmtpDoor | None = None
        if settings.mail_listen is not None:
            host, _, port = settings.mail_listen.rpartition(":")
            self.door = SmtpDoor(
                host.strip("[]"),
                int(port),
                addresses=[address for _, address in settings.mail_addresses],
                limit=settings.max_mail_bytes,
                keep=self._delivered,
            )

    async def start(self) -> None:
        """Open them; without an address of a shop there is nothing to open."""
        if not self._addresses:
            return
        self._room.start()
        if self.door is not None:
            await self.door.start()
        self._tasks = [
            asyncio.create_task(self._watch(box), name=f"mailbox {box.account.shop}")
            for box in self._mailboxes
        ]

    async def stop(self) -> None:
        """Close them."""
        self._stopping.set()
        if self.door is not None:
            await self.door.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._room.stop()

    async def _delivered(self, address: str, raw: bytes, envelope_sender: str) -> None:
        await in_thread(self._room.keep, address, raw, envelope_sender)
        self._room.wake()

    async def _watch(self, box: ImapMailbox) -> None:
        shop, failures = box.account.shop, 0
        keep = partial(self._found, self._addresses[shop])
        while not self._stopping.is_set():
            try:
                if not await self._sole.may(
                    f"mailbox {shop} {box.account.host} {box.account.folder}"
                ):
                    await self._rest(WAIT_SECONDS)
                    continue
                if await in_thread(box.collect, keep):
                    self._room.wake()
                failures = 0
                if await at_leisure(box.wait, _TOLD_SECONDS, ended=self._stopping.is_set):
                    continue
            except MailboxAway as away:
                failures += 1
                log.warning("mailbox.away", shop=shop, reason=away.reason, failures=failures)
            except Exception as error:  # our own database is away
                failures += 1
                log.error("mailbox.interrupted", shop=shop, problem=type(error).__qualname__)
            pause = min(
                self._pause * 2 ** min(failures, 16), max(_LONGEST_PAUSE_SECONDS, self._pause)
            )
            spread = pause * random.uniform(0.9, 1.1) if failures else pause  # noqa: S311 no secret
            await self._rest(spread)

    async def _rest(self, seconds: float) -> None:
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), timeout=seconds)

    def _found(self, address: str, raw: bytes) -> None:
        if self._stopping.is_set():
            raise MailboxAway("the desk stops")  # the mail stays where it is
        self._room.keep(address, raw, None)


def mail_doors(
    settings: Settings,
    database: Database,
    *,
    worker: Worker,
    hub: Hub,
    filing: Filing,
    current: Current,
    topics: TicketTopics,
    words: Words,
    signs: MailSigns,
    sole: Sole,
    clock: Callable[[], datetime],
) -> MailDoors:
    """The doors of these settings, and the mailroom behind them."""
    mails, tickets = MailStore(database), TicketStore(database)
    answering = MailAnswering(
        mails,
        Store(database),
        tickets,
        worker,
        hub,
        files=MailFiles(filing, most=settings.max_attachments),
        signals=SignalReader(database),
        current=current,
        topics=topics,
        words=words,
        longest_message=settings.max_message_length,
        patience=settings.wait_limit,
        clock=clock,
    )
    room = Mailroom(
        mails,
        tickets,
        answering,
        hub,
        addresses={address: shop for shop, address in settings.mail_addresses},
        signs=signs,
        most=settings.mails_per_sender,
        window=settings.guess_window,
        clock=clock,
    )
    return MailDoors(settings, room, mailboxes(settings), sole)


def mailboxes(settings: Settings) -> tuple[ImapMailbox, ...]:
    """The mailboxes of the settings; DeskError for what is none, or belongs to no shop's address."""
    written = settings.mailboxes.get_secret_value() if settings.mailboxes else ""
    shops: Mapping[str, str] = dict(settings.mail_addresses)
    found = []
    for part in written.split():
        shop, _, url = part.partition("=")
        if shop not in shops:
            raise DeskError(f"JAWAB_MAILBOXES: {shop[:64]} has no address in JAWAB_MAIL_ADDRESSES")
        try:
            account = MailboxAccount.parse(shop, url)
        except ChannelError as error:
            raise DeskError(str(error)) from error
        found.append(ImapMailbox(account, limit=settings.max_mail_bytes))
    return tuple(found)
