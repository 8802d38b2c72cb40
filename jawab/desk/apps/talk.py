"""What an update of a messaging app means to the desk: a message to the bot or an agent, or something to note politely.

Longer than other modules: one short method for each kind of update.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from jawab.channels.contract import Incoming, Kind
from jawab.channels.numbered import bear_numbers, chosen, needs_numbers
from jawab.channels.splitting import split
from jawab.desk.apps.accounts import OpenAccount
from jawab.desk.apps.files import ChannelFiles, Kept
from jawab.desk.apps.signs import ChannelSigns
from jawab.desk.apps.vouching import Vouching
from jawab.desk.hearing import Hearing
from jawab.desk.hub import AGENTS, MESSAGE, QUEUE, Hub, News
from jawab.desk.invitations import Invitations
from jawab.desk.threads import in_thread
from jawab.desk.welcome import welcome
from jawab.desk.words import Words
from jawab.support import contact
from jawab.support.apps.chat import Chat, client_id
from jawab.support.apps.store import ChatStore
from jawab.support.apps.texts import ChannelTexts
from jawab.support.conversations.conversation import Conversation, begin
from jawab.support.conversations.message import Arrival, Draft, Message
from jawab.support.conversations.store import Store
from jawab.support.errors import BadPhone, ClientIdReused, UnknownButton
from jawab.support.overrides.current import Current
from jawab.support.persons.invitation import is_invitation
from jawab.support.texts import visible
from jawab.text.language import Lang

log = structlog.get_logger()


@dataclass(frozen=True)
class Limits:
    """How long one message may be, in characters, and how many files it may carry."""

    text: int
    files: int


@dataclass(frozen=True)
class _Said:
    """An update, where it came, and in which language that conversation is."""

    incoming: Incoming
    account: OpenAccount
    chat: Chat
    conversation: Conversation
    key: str

    @property
    def lang(self) -> Lang:
        return self.conversation.lang


class ChannelTalk:
    """Does what updates ask for. Done twice it does nothing twice: everything is stored under the update's own name."""

    def __init__(
        self,
        store: Store,
        chats: ChatStore,
        hearing: Hearing,
        files: ChannelFiles,
        signs: ChannelSigns,
        vouching: Vouching,
        invitations: Invitations,
        hub: Hub,
        *,
        texts: ChannelTexts,
        words: Words,
        current: Current,
        limits: Limits,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._chats = chats
        self._hearing = hearing
        self._files = files
        self._signs = signs
        self._vouching = vouching
        self._invitations = invitations
        self._hub = hub
        self._texts = texts
        self._words = words
        self._current = current
        self._limits = limits
        self._clock = clock

    async def __call__(
        self, account: OpenAccount, incoming: Sequence[Incoming], last: bool
    ) -> None:
        """Take an update, or those of one album, whose files come as one message."""
        first = incoming[0]
        if first.kind is Kind.UNDELIVERED:
            await self._undelivered(account, first)
            return
        if first.kind is Kind.REACHED:
            reference, state = first.reply_to or "", first.state or ""
            name = account.account.name
            found = await in_thread(self._chats.reached, name, first.chat, reference, state)
            if found is not None:
                self._hub.publish(AGENTS, News(QUEUE))
            return
        said = await self._enter(account, first)
        self._signs.heard(account, said.chat, first)
        if await in_thread(self._chats.knows, said.conversation.id, client_id(said.key)):
            return
        match first.kind:
            case Kind.START:
                await self._start(said)
            case Kind.TEXT:
                await self._text(said, first.text)
            case Kind.BUTTON:
                await self._button(said, first.button or "")
            case Kind.FILES:
                await self._album(said, incoming, last=last)
            case Kind.CONTACT:
                await self._contact(said)
            case Kind.STICKER:
                noted = self._texts.say("noted_sticker", said.lang, emoji=first.text)
                await self._note(said, noted, "sticker")
            case Kind.LOCATION:
                noted = self._texts.say("noted_location", said.lang, text=first.text)
                await self._note(said, noted, "location")
            case Kind.EDITED:
                noted = self._texts.say("noted_edited", said.lang, text=first.text)
                await self._note(said, noted, "edited")
            case Kind.REMOVED:
                await self._keep(said, self._texts.say("noted_removed", said.lang), None)
            case _:
                await self._unsupported(said)

    async def _enter(self, account: OpenAccount, first: Incoming) -> _Said:
        now = self._clock()
        shop = self._current.knowledge.shops[account.account.shop]
        lang = first.lang or shop.language
        conversation = begin(shop=shop.id, lang=lang, now=now, channel=account.account.app)
        come = Chat(
            account=account.account.name,
            chat=first.chat,
            conversation_id=conversation.id,
            sender=first.sender,
            name=first.name,
            heard_at=now,
            payload=None if is_invitation(first.payload) else first.payload,
        )
        chat = await in_thread(self._chats.enter, come, conversation)
        if first.own_phone and first.kind is not Kind.CONTACT:
            await in_thread(self._vouching.by_message, chat, first)
        if chat.conversation_id != conversation.id:
            conversation = await in_thread(self._store.conversation, chat.conversation_id)
        key = first.id or first.update
        if first.kind is Kind.EDITED:  # the message itself has that name already
            key = f"{key}~{first.update}"
        return _Said(first, account, chat, conversation, key)

    async def _start(self, said: _Said) -> None:
        knowledge, payload = self._current.knowledge, said.incoming.payload
        if payload is not None and is_invitation(payload) and not said.incoming.group:
            name, opened = said.account.account.name, self._invitations.opened
            reply = await in_thread(opened, name, said.conversation, payload)
            await self._keep(said, self._texts.say("noted_start", said.lang), reply)
            return
        greeting = welcome(self._words, knowledge, shop=said.conversation.shop, lang=said.lang)
        await self._keep(said, self._texts.say("noted_start", said.lang), greeting)

    async def _text(self, said: _Said, text: str, attachments: Sequence[str] = ()) -> None:
        if not visible(text) and not attachments:
            await self._unsupported(said)
            return
        if not attachments and (button := await self._written(said, text)) is not None:
            await self._button(said, button)
            return
        text = self._texts.command(text, said.lang) or text
        pieces = [text] if len(text) <= self._limits.text else split(text, self._limits.text)
        for number, piece in enumerate(pieces or ("",)):
            files = tuple(attachments[: self._limits.files]) if number == 0 else ()
            await self._hear(said, Arrival(client_id(said.key, number), piece, attachments=files))
        rest = attachments[self._limits.files :]
        for at in range(0, len(rest), self._limits.files):
            files = tuple(rest[at : at + self._limits.files])
            key = client_id(said.key, len(pieces) + at + 1)
            await self._hear(said, Arrival(key, "", attachments=files))

    async def _written(self, said: _Said, text: str) -> str | None:
        """The button whose very words were written, as keys below a chat do, or the number that it bears or that the app showed."""
        offered = next((m.buttons for m in reversed(await self._asked(said)) if m.buttons), ())
        if named := [each.id for each in offered if each.title == text.strip()]:
            return named[0]
        titles = [each.title for each in offered]
        listed = needs_numbers(titles, said.account.channel.capabilities)
        if not (listed or bear_numbers(titles)):
            return None
        place = chosen(text, len(titles))
        return offered[place].id if place is not None else None

    async def _button(self, said: _Said, button: str) -> None:
        try:
            await self._hear(said, Arrival(client_id(said.key), button=button))
        except UnknownButton:
            await self._note(said, self._texts.say("noted_button", said.lang), "old_button")

    async def _album(self, said: _Said, incoming: Sequence[Incoming], *, last: bool) -> None:
        files = tuple(file for each in incoming for file in each.files)
        text = "\n".join(each.text for each in incoming if visible(each.text))
        channel = said.account.channel
        kept = await self._files.keep(channel, said.conversation.id, files, last=last)
        alone = not visible(text)
        if kept.ids and alone and files[0].voice and not await self._wants(said, "files"):
            reply = Draft(self._texts.say("voice", said.lang), said.lang)
            await self._keep(said, "", reply, attachments=kept.ids)
        elif kept.ids or not alone:
            await self._text(said, text if not alone else "", kept.ids)
        if kept.refused or kept.lost:
            await self._not_kept(said, kept)

    async def _not_kept(self, said: _Said, kept: Kept) -> None:
        limit = str(self._files.megabytes(said.account.channel))
        key = "file_refused" if kept.refused else "file_lost"
        reply = Draft(self._texts.say(key, said.lang, limit=limit), said.lang)
        noted = self._texts.say("noted_file", said.lang)
        # Under a name of its own where the message itself stands already.
        suffix = "!" if kept.ids or visible(said.incoming.text) else ""
        await self._keep(said, noted, reply, key=f"{said.key}{suffix}")

    async def _contact(self, said: _Said) -> None:
        given = said.incoming.phone or ""
        try:
            phone = contact.phone(given if given.startswith(("+", "0")) else f"+{given}")
        except BadPhone:
            noted = self._texts.say("noted_contact", said.lang, text=given)
            await self._note(said, noted, "contact_unread")
            return
        await in_thread(self._vouching.by_contact, said.chat, phone, said.incoming)
        if await self._wants(said, "tel"):
            await self._hear(said, Arrival(client_id(said.key), phone))
            return
        await self._note(said, self._texts.say("noted_contact", said.lang, text=phone), "contact")

    async def _unsupported(self, said: _Said) -> None:
        await self._note(said, self._texts.say("noted_unsupported", said.lang), "unsupported")

    async def _undelivered(self, account: OpenAccount, incoming: Incoming) -> None:
        name, problem = account.account.name, incoming.problem or "undelivered"
        reference = incoming.reply_to or ""
        found = await in_thread(self._chats.failed, name, incoming.chat, reference, problem)
        if found is not None:
            self._tell(found)

    async def _hear(self, said: _Said, arrival: Arrival) -> None:
        try:
            await self._hearing.hear(said.conversation.id, arrival)
        except ClientIdReused:  # it stands there since an attempt that was cut off
            log.info("channels.heard_before", conversation=said.conversation.id)

    async def _note(self, said: _Said, text: str, key: str) -> None:
        await self._keep(said, text, Draft(self._texts.say(key, said.lang), said.lang))

    async def _keep(
        self,
        said: _Said,
        text: str,
        reply: Draft | None,
        *,
        attachments: Sequence[str] = (),
        key: str | None = None,
    ) -> None:
        await in_thread(
            self._chats.note,
            said.conversation.id,
            client_id=client_id(key or said.key),
            text=text,
            reply=reply,
            now=self._clock(),
            attachments=attachments,
        )
        self._tell(said.conversation.id)

    async def _asked(self, said: _Said) -> tuple[Message, ...]:
        return await in_thread(self._chats.unanswered, said.conversation.id)

    async def _wants(self, said: _Said, input: str) -> bool:
        """Whether a form asks for this kind of answer just now."""
        return any(m.form is not None and m.form.input == input for m in await self._asked(said))

    def _tell(self, conversation_id: str) -> None:
        self._hub.publish(conversation_id, News(MESSAGE))
        self._hub.publish(AGENTS, News(QUEUE))
