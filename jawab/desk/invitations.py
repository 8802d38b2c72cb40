"""Links by which a shopper goes on in a messaging app: made in a conversation of the site, opened in a chat with the shop's bot.

The link asks the one who opened it whether it is theirs; only then are the two conversations one person's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from jawab.channels.apps import APPS
from jawab.desk.apps.accounts import ChannelAccounts, OpenAccount
from jawab.desk.channel_words import channel_name
from jawab.support.apps.texts import ChannelTexts
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.message import Choice, Draft, Message, Picked
from jawab.support.errors import UnknownButton
from jawab.support.persons.invitation import InvitationSigns, digest
from jawab.support.persons.person import Joining
from jawab.support.persons.store import Opening, PersonStore
from jawab.text.language import Lang

log = structlog.get_logger()

# What buttons mean to the desk: `{CONTINUE: account}` asks for a link, `{JOIN: YES}` says that an opened one is theirs.
CONTINUE, JOIN = "continue", "join"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class LinkedApp:
    """An account that a link can lead to, and what asks for one: «ادامه در تلگرام»."""

    account: str
    title: str


class Invitations:
    """Makes links, and takes them where they are opened."""

    def __init__(
        self,
        persons: PersonStore,
        signs: InvitationSigns,
        accounts: ChannelAccounts,
        texts: ChannelTexts,
        *,
        lifetime: timedelta,
        written: Callable[[timedelta, Lang], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._persons = persons
        self._signs = signs
        self._accounts = accounts
        self._texts = texts
        self._lifetime = lifetime
        self._written = written
        self._clock = clock

    def apps(self, shop: str, lang: Lang) -> tuple[LinkedApp, ...]:
        """Where this shop's shoppers can go on."""
        return tuple(
            LinkedApp(each.account.name, self._title(each, lang))
            for each in self._accounts
            if each.account.shop == shop and _address(each, "") is not None
        )

    def asked(self, account: str, shop: str, lang: Lang) -> Picked:
        """A shopper's wish for a link to this account; `UnknownButton` when the shop has none such."""
        found = (app for app in self.apps(shop, lang) if app.account == account)
        if (app := next(found, None)) is None:
            raise UnknownButton(
                "no link leads to an account of this name; choose one of the shop's"
            )
        return Picked(app.account, app.title, key=CONTINUE)

    def made(self, conversation: Conversation, message: Message) -> Draft:
        """The link that a message asks for."""
        asked = str(message.pressed.meaning.get(CONTINUE)) if message.pressed else ""
        account, token = self._accounts.get(asked), self._signs.new(asked)
        link = _address(account, token) if account is not None else None
        if account is None or link is None:  # the account has gone since
            return self._say("join_over", conversation)
        now = self._clock()
        self._persons.invite(
            conversation.id,
            digest(token),
            account=asked,
            now=now,
            expires_at=now + self._lifetime,
        )
        log.info("invitation.made", conversation=conversation.id, account=asked)
        lang = conversation.lang
        time = self._written(self._lifetime, lang)
        app = channel_name(account.account.app, lang)
        return self._say("join_link", conversation, app=app, link=link, time=time)

    def opened(self, account: str, conversation: Conversation, token: str) -> Draft:
        """What is said where a link was opened: a question, or that it works no more."""
        opening = Opening.OVER
        if self._signs.holds(token, account):
            opening = self._persons.open(
                digest(token),
                account=account,
                conversation_id=conversation.id,
                now=self._clock(),
            )
        log.info("invitation.opened", conversation=conversation.id, result=opening.value)
        if opening is Opening.OVER:
            return self._say("join_over", conversation)
        lang = conversation.lang
        choices = tuple(
            Choice(self._texts.say(f"join_{word}", lang), {JOIN: word}) for word in (YES, NO)
        )
        return Draft(self._texts.say("join_question", lang), lang, choices)

    def answered(self, conversation: Conversation, message: Message) -> Draft:
        """Whoever opened a link has said whether it is theirs."""
        now = self._clock()
        if message.pressed is None or message.pressed.meaning.get(JOIN) != YES:
            self._persons.decline(conversation.id, now=now)
            return self._say("join_declined", conversation)
        outcome: Joining | None = self._persons.accept(conversation.id, now=now)
        result = outcome.value if outcome else Opening.OVER.value
        log.info("invitation.answered", conversation=conversation.id, result=result)
        return self._say(f"join_{result}", conversation)

    def _title(self, account: OpenAccount, lang: Lang) -> str:
        return self._texts.say("join_menu", lang, app=channel_name(account.account.app, lang))

    def _say(self, key: str, conversation: Conversation, **values: str) -> Draft:
        return Draft(self._texts.say(key, conversation.lang, **values), conversation.lang)


def _address(account: OpenAccount, token: str) -> str | None:
    """The deep link with this payload; None where the app has none, or its bot's name is not known."""
    username = account.account.options.get("username", "").lstrip("@")
    form = APPS[account.account.app].deep_link
    return form.format(username=username, payload=token) if form and username else None
