"""Bringing stored messages to the chats of messaging apps, part by part."""

from collections.abc import Callable
from datetime import datetime

from jawab.channels.contract import Outgoing, OutgoingFile
from jawab.channels.plan import Addressee, plan
from jawab.desk.apps.accounts import ChannelAccounts, OpenAccount
from jawab.desk.courier import LEASE
from jawab.desk.threads import in_thread
from jawab.support.apps.chat import Chat
from jawab.support.apps.statements import MESSAGE
from jawab.support.apps.store import ChatStore
from jawab.support.apps.texts import ChannelTexts
from jawab.support.attachments.files import AttachmentFiles
from jawab.support.attachments.store import AttachmentStore
from jawab.support.conversations.message import Message
from jawab.support.deliveries.delivery import Arrived, Delivery, Held, Later, Never, Outcome
from jawab.support.deliveries.store import DeliveryStore

ARRIVED = "arrived"


class ChannelPost:
    """The carrier of one message at a time. What has arrived of it is noted, so that no part is sent again."""

    def __init__(
        self,
        accounts: ChannelAccounts,
        chats: ChatStore,
        deliveries: DeliveryStore,
        attachments: AttachmentStore,
        files: AttachmentFiles,
        texts: ChannelTexts,
        clock: Callable[[], datetime],
    ) -> None:
        self._accounts = accounts
        self._chats = chats
        self._deliveries = deliveries
        self._attachments = attachments
        self._files = files
        self._texts = texts
        self._clock = clock

    async def __call__(self, delivery: Delivery) -> Outcome:
        """Send what is left of this delivery's message."""
        data = delivery.parcel.data
        chat = await in_thread(self._chats.of_conversation, delivery.parcel.subject)
        message = await in_thread(self._chats.message, int(data[MESSAGE]))
        if chat is None or message is None:
            return Never("no such message")
        account = self._accounts.get(chat.account)
        if account is None:
            return Never("no such account")
        parts = await in_thread(self._parts, message, chat, account)
        for number, part in enumerate(parts):
            if number < int(data.get(ARRIVED, 0)):
                continue
            failed = await self._send(account, part, message)
            if failed is not None:
                return failed
            await in_thread(
                self._deliveries.progress,
                delivery,
                until=self._clock() + LEASE,
                **{ARRIVED: number + 1},
            )
        return Arrived()

    async def _send(
        self, account: OpenAccount, part: Outgoing, message: Message
    ) -> Later | Held | Never | None:
        await account.pace.turn(part.chat)
        result = await account.channel.deliver(part)
        if not isinstance(result, Arrived):
            if isinstance(result, Later) and result.retry_after is not None:
                account.pace.hold(part.chat, result.retry_after)
            return result
        if result.reference is not None:
            # Within a chat only: many apps count the messages of each chat from one.
            await in_thread(
                self._chats.went, account.account.name, part.chat, result.reference, message
            )
        return None

    def _parts(self, message: Message, chat: Chat, account: OpenAccount) -> tuple[Outgoing, ...]:
        known = self._attachments.known([file.id for file in message.attachments])
        files = {
            one.shown.id: OutgoingFile(
                self._files.path(one.content), one.shown.name, one.shown.type, one.shown.size
            )
            for one in known
        }
        to = Addressee(chat.chat, chat.heard_at, chat.sender)
        share = self._texts.say("share_number", message.lang)
        return plan(message, to, account.channel.capabilities, files, share)
