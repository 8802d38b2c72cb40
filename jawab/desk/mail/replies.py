"""The mails of conversations by e-mail, put together from what is stored."""

from email.message import EmailMessage

from jawab.knowledge import Shop
from jawab.support.attachments.files import AttachmentFiles
from jawab.support.attachments.store import AttachmentStore
from jawab.support.conversations.message import Message
from jawab.support.conversations.store import Store
from jawab.support.database import Database
from jawab.support.deliveries.delivery import Parcel
from jawab.support.mail.incoming import MailThread
from jawab.support.mail.replies import EnclosedFile, Writing, first_answer, written
from jawab.support.mail.signs import MailSigns
from jawab.support.mail.statements import ANSWERED
from jawab.support.mail.store import MailStore
from jawab.support.mail.texts import MailTexts
from jawab.support.overrides.current import Current
from jawab.support.tickets.ticket import Ticket

_ANSWERED = "answered"


class MailReplies:
    """Composes one mail at a time; it only reads."""

    def __init__(
        self,
        database: Database,
        *,
        current: Current,
        texts: MailTexts,
        signs: MailSigns,
        files: AttachmentFiles,
    ) -> None:
        self._mails = MailStore(database)
        self._store = Store(database)
        self._attachments = AttachmentStore(database)
        self._current = current
        self._texts = texts
        self._signs = signs
        self._files = files

    def compose(
        self, parcel: Parcel, ticket: Ticket, shop: Shop, from_name: str | None
    ) -> EmailMessage | None:
        """The mail of this parcel; None when what it tells of is gone."""
        thread = self._mails.thread(parcel.data["conversation"])
        message = self._mails.message_of(parcel.data["message"])
        if thread is None or message is None:
            return None
        by = Writing(shop, self._texts, self._signs, from_name)
        if parcel.event == ANSWERED:
            answer = self._answer(message)
            return first_answer(ticket, thread, answer, by=by, now=parcel.at)
        return self._written(ticket, thread, message, by, parcel)

    def _answer(self, message: Message) -> str:
        """What the FAQ says to a message; nothing where the bot said anything else."""
        turn = self._store.turn(message.id)
        report = turn.result or {} if turn else {}
        questions = self._current.knowledge.questions
        intents = report.get("intents") or [report.get("intent")]
        if report.get("outcome") != _ANSWERED or not any(one in questions for one in intents):
            return ""
        replies = self._store.replies(message.id)
        return "\n\n".join(reply.text.strip() for reply in replies if reply.text.strip())

    def _written(
        self, ticket: Ticket, thread: MailThread, message: Message, by: Writing, parcel: Parcel
    ) -> EmailMessage:
        kept = self._attachments.known([attached.id for attached in message.attachments])
        files = [
            EnclosedFile(self._files.path(one.content), one.shown.name, one.shown.type)
            for one in kept
            if self._files.path(one.content).is_file()
        ]
        return written(ticket, thread, message, files, by=by, now=parcel.at)
