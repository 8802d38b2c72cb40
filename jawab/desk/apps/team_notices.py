"""Notices of tickets to the shop's own people, in an app that only sends."""

from jawab.channels.contract import Outgoing
from jawab.channels.eitaa import Eitaa
from jawab.desk.apps.accounts import ChannelAccounts
from jawab.support.apps.texts import ChannelTexts
from jawab.support.deliveries.delivery import Delivery, Outcome, Unwanted
from jawab.support.deliveries.notices import Notice
from jawab.support.overrides.current import Current


class TeamNotices:
    """The carrier of a notice, to the first account of its shop that wants such notices. It tells the reference, nothing of the shopper."""

    def __init__(self, accounts: ChannelAccounts, texts: ChannelTexts, current: Current) -> None:
        self._accounts = accounts
        self._texts = texts
        self._current = current

    async def __call__(self, delivery: Delivery) -> Outcome:
        """Send it; `Unwanted` where the shop has no such account."""
        shop, notice = delivery.parcel.subject, Notice(delivery.parcel.data["notice"])
        for account in self._accounts:
            channel = account.channel
            if not isinstance(channel, Eitaa) or account.account.shop != shop:
                continue
            if notice not in channel.notices:
                continue
            lang = self._current.knowledge.shops[shop].language
            reference = str(delivery.parcel.data["reference"])
            text = self._texts.say(f"notice_{notice.value}", lang, reference=reference)
            await account.pace.turn(channel.chat)
            return await channel.deliver(Outgoing(f"n{delivery.id}", channel.chat, text, lang))
        return Unwanted()
