"""The mailroom: works on the mails that came, each to its end, whatever happens in between."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from jawab.channels.mail.headers import LONGEST
from jawab.channels.mail.letter import Letter
from jawab.channels.mail.reading import read_letter
from jawab.desk.hub import AGENTS, MESSAGE, QUEUE, Hub, News
from jawab.desk.mail.answering import MailAnswering
from jawab.desk.mail.sorting import Begin, Decision, Facts, FollowUp, Found, Ignore, Noted, decide
from jawab.desk.threads import in_thread
from jawab.support.cards import masked
from jawab.support.errors import UnknownTicket
from jawab.support.mail.incoming import Fate, NewMail, StoredMail
from jawab.support.mail.signs import MailSigns
from jawab.support.mail.store import MailStore
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import Ticket
from jawab.text import reference as references

log = structlog.get_logger()

AT_ONCE = 4
LEASE = timedelta(minutes=3)
ATTEMPTS = 20
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=30)
_POLL_SECONDS = 5.0
_ENVELOPE = 254


class Mailroom:
    """Keeps mails, then works on them; one that fails is tried again, with growing pauses, and never thrown away."""

    def __init__(
        self,
        mails: MailStore,
        tickets: TicketStore,
        answering: MailAnswering,
        hub: Hub,
        *,
        addresses: Mapping[str, str],
        signs: MailSigns,
        most: int,
        window: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._mails = mails
        self._tickets = tickets
        self._answering = answering
        self._hub = hub
        self._addresses = addresses
        self._signs = signs
        self._most = most
        self._window = window
        self._clock = clock
        self._bell = asyncio.Event()
        self._stopping = False
        self._in_hand: dict[int, StoredMail] = {}
        self._looking: asyncio.Future[tuple[StoredMail, ...]] | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        self._task = asyncio.create_task(self._run(), name="mailroom")

    async def stop(self) -> None:
        """Leave off; what is not done is in the database for the next start."""
        self._stopping = True
        self._bell.set()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._looking is not None:  # was cut off; what it takes is given back with the rest
            (taken,) = await asyncio.gather(self._looking, return_exceptions=True)
            if not isinstance(taken, BaseException):
                self._in_hand.update({mail.id: mail for mail in taken})
        for mail in self._in_hand.values():
            await in_thread(self._mails.postpone, mail, self._clock())

    def wake(self) -> None:
        """Look for mails now; never waits."""
        self._bell.set()

    def keep(self, address: str, raw: bytes, envelope_sender: str | None) -> None:
        """Store a mail that came to one of the shops' addresses; blocking."""
        letter = read_letter(raw, envelope_sender=envelope_sender)
        mail = NewMail(
            shop=self._addresses[address],
            address=address,
            digest=digest(letter, raw),
            sender=letter.sender[:_ENVELOPE],
            raw=raw,
            envelope_sender=None if envelope_sender is None else envelope_sender[:_ENVELOPE],
        )
        fresh = self._mails.keep(mail, now=self._clock())
        log.info("mail.kept", shop=mail.shop, bytes=len(raw), fresh=fresh)

    async def _run(self) -> None:
        while not self._stopping:
            self._bell.clear()
            taken: tuple[StoredMail, ...] = ()
            try:
                taken = await self._look()
                await asyncio.gather(*map(self._work, taken))
            except Exception as error:
                log.error("mails.interrupted", problem=type(error).__qualname__)
            if not taken:
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._bell.wait(), timeout=_POLL_SECONDS)

    async def _look(self) -> tuple[StoredMail, ...]:
        """Take what is due; a look that is cut off goes on in its thread, and `stop` waits for it."""
        self._looking = asyncio.ensure_future(
            in_thread(self._mails.take, now=self._clock(), lease=LEASE, limit=AT_ONCE)
        )
        taken = await asyncio.shield(self._looking)
        self._in_hand.update({mail.id: mail for mail in taken})
        self._looking = None
        return taken

    async def _work(self, mail: StoredMail) -> None:
        try:
            fate = await self._to_its_end(mail)
            log.info("mail.done", mail=mail.id, fate=fate.value if fate else None)
        except Exception as error:
            await self._failed(mail, error)
        del self._in_hand[mail.id]  # what a stop has cut off stays in hand

    async def _failed(self, mail: StoredMail, error: Exception) -> None:
        problem = type(error).__qualname__
        log.error("mail.failed", mail=mail.id, attempt=mail.attempts, problem=problem)
        if mail.attempts >= ATTEMPTS:
            await in_thread(self._mails.end, mail, Fate.BROKEN)
            return
        pause = min(_FIRST_PAUSE * 2 ** min(mail.attempts - 1, 16), _LONGEST_PAUSE)
        await in_thread(self._mails.postpone, mail, self._clock() + pause)

    async def _to_its_end(self, mail: StoredMail) -> Fate | None:
        letter = _without_cards(
            await in_thread(read_letter, mail.mail.raw, envelope_sender=mail.mail.envelope_sender)
        )
        decision = await in_thread(self._decide, mail, letter)
        match decision:
            case Ignore(fate=fate):
                if fate is Fate.BOUNCE:
                    await in_thread(self._returned, letter)
                await in_thread(self._mails.end, mail, fate)
                return fate
            case FollowUp(ticket=ticket):
                await self._answering.go_on(mail, letter, ticket)
                self._tell(ticket)
                return Fate.FOLLOW_UP
            case Noted(ticket=ticket, fate=fate):
                await self._answering.note(mail, letter, ticket, fate)
                self._tell(ticket)
                return fate
            case Begin():
                opened = await self._answering.begin(mail, letter)
                if opened is None:
                    return None
                self._tell(opened)
                return Fate.ANSWERED

    def _decide(self, mail: StoredMail, letter: Letter) -> Decision:
        if mail.conversation_id is not None:
            return Begin()  # it was begun before the process died
        shop = mail.mail.shop
        return decide(
            letter,
            Facts(
                shop=shop,
                own=frozenset(self._addresses),
                ours=self._signs.ticket_of((letter.message_id,)) is not None,
                signed=self._find(self._signs.ticket_of(letter.references)),
                named=self._find(_named(letter)),
                answered=self._mails.answers_to(letter.sender, since=self._clock() - self._window),
                most=self._most,
                last=self._mails.last_ticket(shop, letter.sender),
            ),
        )

    def _find(self, reference: str | None) -> Found | None:
        if reference is None:
            return None
        try:
            ticket = self._tickets.find(reference)
            return Found(ticket, self._tickets.going_on(ticket))
        except UnknownTicket:
            return None

    def _returned(self, letter: Letter) -> None:
        """Note on its ticket that a mail of ours came back for good."""
        reference = self._signs.ticket_of(letter.returned)
        if reference is not None and letter.permanent and self._find(reference):
            self._tickets.undelivered(reference, "mail", "bounced", at=self._clock())

    def _tell(self, ticket: Ticket) -> None:
        if ticket.conversation_id is not None:
            self._hub.publish(ticket.conversation_id, News(MESSAGE))
        self._hub.publish(AGENTS, News(QUEUE))


def _without_cards(letter: Letter) -> Letter:
    """What goes into conversations and tickets; the mail itself is kept as it came."""
    return replace(
        letter,
        subject=masked(letter.subject),
        text=masked(letter.text),
        said=masked(letter.said),
    )


def digest(letter: Letter, raw: bytes) -> str:
    """What tells a mail from every other, however often and by whatever way it comes: its id and what it says."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    known = letter.message_id.encode("utf-8", "replace") or head
    return hashlib.sha256(known + b"\n" + body).hexdigest()


def _named(letter: Letter) -> str | None:
    """The reference that the subject or what is new in the text names."""
    for text in (letter.subject, letter.said[:LONGEST]):
        for found in references.PATTERN.finditer(text):
            written = references.canonical(found.group())
            if written is not None and references.sound(written):
                return written
    return None
