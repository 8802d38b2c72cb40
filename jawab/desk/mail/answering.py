"""What a mail becomes: a conversation that the bot is asked in, with a ticket; or a word more on a ticket."""

from collections.abc import Callable
from datetime import datetime, timedelta

import anyio

from jawab.channels.mail.letter import Letter
from jawab.desk.hub import MESSAGE, Hub, News
from jawab.desk.mail.files import MailFiles
from jawab.desk.threads import in_thread
from jawab.desk.words import Words
from jawab.desk.worker import Worker
from jawab.knowledge import Shop
from jawab.support import contact
from jawab.support.conversations.conversation import EMAIL, begin
from jawab.support.conversations.message import Arrival, Message
from jawab.support.conversations.store import Store
from jawab.support.errors import BadName, BadOrderNumber
from jawab.support.mail.incoming import Fate, MailThread, StoredMail
from jawab.support.mail.store import MailStore
from jawab.support.overrides.current import Current
from jawab.support.texts import storable, visible
from jawab.support.tickets.priority import priority_of
from jawab.support.tickets.promise import due_at
from jawab.support.tickets.signals import SignalReader
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import NewTicket, Origin, Ticket
from jawab.support.tickets.topics import TicketTopics
from jawab.text import extract
from jawab.text.language import Lang

OTHER = "other"
AGAIN = timedelta(seconds=10)
_NOTHING = "—"
_LONGEST_TICKET = 20_000


class MailAnswering:
    """Every step can be taken again: a process that dies in between loses and doubles nothing."""

    def __init__(
        self,
        mails: MailStore,
        store: Store,
        tickets: TicketStore,
        worker: Worker,
        hub: Hub,
        *,
        files: MailFiles,
        signals: SignalReader,
        current: Current,
        topics: TicketTopics,
        words: Words,
        longest_message: int,
        patience: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._mails = mails
        self._store = store
        self._tickets = tickets
        self._worker = worker
        self._hub = hub
        self._files = files
        self._signals = signals
        self._current = current
        self._topics = topics
        self._words = words
        self._longest = longest_message
        self._patience = patience.total_seconds()
        self._clock = clock

    async def begin(self, mail: StoredMail, letter: Letter) -> Ticket | None:
        """Ask the bot, open a ticket, and let both answers leave in one mail; None when the bot needs more time."""
        shop = self._current.knowledge.shop(mail.mail.shop)
        conversation_id = await in_thread(self._conversation, mail, letter, shop)
        message = await in_thread(self._mails.message, conversation_id, mail)
        if message is None:
            kept = await self._files.keep(conversation_id, letter.files)
            arrival = Arrival(f"mail-{mail.id}", text=self._question(letter), attachments=kept)
            got = await in_thread(self._store.accept, conversation_id, arrival, now=self._clock())
            message = got.message
            self._hub.publish(conversation_id, News(MESSAGE))
        self._worker.wake(conversation_id)
        if not await self._over(message):
            await in_thread(self._mails.postpone, mail, self._clock() + AGAIN)
            return None
        ticket = await in_thread(self._open, message, letter, shop)
        await in_thread(
            self._mails.answered, mail, ticket, message_id=message.id, now=self._clock()
        )
        return ticket

    async def go_on(self, mail: StoredMail, letter: Letter, ticket: Ticket) -> None:
        """Put what the shopper wrote on their ticket."""
        kept: tuple[str, ...] = ()
        if ticket.conversation_id is not None:
            kept = await self._files.keep(ticket.conversation_id, letter.files)
        lost = self._not_kept(letter, len(kept), lang=ticket.lang, shop=ticket.shop)
        await in_thread(
            self._mails.follow_up,
            mail,
            ticket.reference,
            self._said(letter) + lost,
            message_id=letter.message_id,
            attachments=kept,
            now=self._clock(),
        )

    async def note(self, mail: StoredMail, letter: Letter, ticket: Ticket, fate: Fate) -> None:
        """Put it on a ticket for the agents, with a word why it is not the shopper's for certain."""
        why = self._words.say(f"desk_mail_{fate.value}", lang=ticket.lang, shop=ticket.shop)
        lost = self._not_kept(letter, 0, lang=ticket.lang, shop=ticket.shop)
        text = f"{why}\n\n{self._said(letter)}{lost}"
        await in_thread(self._mails.note, mail, ticket.reference, text, fate, now=self._clock())

    def _conversation(self, mail: StoredMail, letter: Letter, shop: Shop) -> str:
        now = self._clock()
        conversation = begin(shop=shop.id, lang=shop.language, now=now, channel=EMAIL)
        thread = MailThread(
            conversation_id=conversation.id,
            address=mail.mail.address,
            sender=contact.email(letter.sender),
            name=_name(letter),
            subject=letter.subject,
            last_id=letter.message_id,
        )
        return self._mails.begin(mail, conversation, thread)

    def _question(self, letter: Letter) -> str:
        """What the bot is asked: the subject too, unless the text says it again."""
        subject, said = visible(letter.subject), visible(storable(letter.said))
        text = said if subject.casefold() in said.casefold() else f"{subject}\n{said}"
        return storable(text)[: self._longest] if visible(text) else _NOTHING

    def _not_kept(self, letter: Letter, kept: int, *, lang: Lang, shop: str) -> str:
        """A line about the files that only the mail itself holds."""
        number = len(letter.files) - kept
        if not number:
            return ""
        line = self._words.say("desk_mail_files", lang=lang, shop=shop, number=str(number))
        return f"\n\n{line}"

    def _said(self, letter: Letter) -> str:
        text = storable(letter.said)
        return text[: self._longest] if visible(text) else visible(letter.subject) or _NOTHING

    async def _over(self, message: Message) -> bool:
        """Wait until the bot's turn is over; False when that takes too long."""
        with (
            self._hub.subscribe(message.conversation_id) as news,
            anyio.move_on_after(self._patience),
        ):
            while True:
                turn = await in_thread(self._store.turn, message.id)
                if turn is None or not turn.is_open:
                    return True
                await news.next()
        return False

    def _open(self, message: Message, letter: Letter, shop: Shop) -> Ticket:
        now = self._clock()
        conversation = self._store.conversation(message.conversation_id)
        turn = self._store.turn(message.id)
        report = (turn.result if turn else None) or {}
        question = self._current.knowledge.questions.get(str(report.get("intent")))
        suggested = self._topics.suggested(question.id, question.topic) if question else None
        topic = self._topics.by_id.get(suggested or OTHER) or next(iter(self._topics))
        email = contact.email(letter.sender)
        signals = self._signals.of(conversation.id, shop=shop.id, email=email)
        whole = f"{letter.subject}\n\n{letter.said}" if letter.subject else letter.said
        kept = len(message.attachments)
        lost = self._not_kept(letter, kept, lang=conversation.lang, shop=shop.id)
        new = NewTicket(
            shop=shop.id,
            lang=conversation.lang,
            topic=topic.id,
            queue=topic.queue,
            name=_name(letter),
            email=email,
            message=(storable(whole)[:_LONGEST_TICKET] or _NOTHING) + lost,
            order_number=_order_number(message, shop),
            attachments=tuple(attached.id for attached in message.attachments),
            conversation_id=conversation.id,
            message_id=message.id,
            origin=Origin.EMAIL,
            priority=priority_of(signals),
            at=now,
        )
        return self._tickets.open(new, due_at=due_at(shop, new.queue, now))


def _name(letter: Letter) -> str:
    for given in (letter.name, letter.sender.partition("@")[0].replace(".", " ")):
        try:
            return contact.name(given)
        except BadName:
            continue
    return letter.sender.partition("@")[0][: contact.NAME_LENGTH]


def _order_number(message: Message, shop: Shop) -> str | None:
    for entity in extract(message.text, lang=message.lang, order_number=shop.order_number.pattern):
        if entity.kind == "order_number":
            try:
                return contact.order_number(entity.value, shop.order_number)
            except BadOrderNumber:
                continue
    return None
