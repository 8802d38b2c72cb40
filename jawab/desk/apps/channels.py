"""The desk's side of messaging apps, put together: what comes is stored and taken up, what is said there leaves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from anyio import from_thread

from jawab.channels.eitaa import Eitaa
from jawab.desk.apps.accounts import ChannelAccounts
from jawab.desk.apps.files import ChannelFiles
from jawab.desk.apps.intake import ChannelIntake
from jawab.desk.apps.polls import ChannelPolls
from jawab.desk.apps.post import ChannelPost
from jawab.desk.apps.signs import ChannelSigns
from jawab.desk.apps.talk import ChannelTalk, Limits
from jawab.desk.apps.team_notices import TeamNotices
from jawab.desk.apps.vouching import Vouching
from jawab.desk.courier import Courier
from jawab.desk.filing import Filing
from jawab.desk.hearing import Hearing
from jawab.desk.hub import AGENTS, MESSAGE, QUEUE, Hub, News
from jawab.desk.invitations import Invitations
from jawab.desk.measures import Measures
from jawab.desk.sole import Sole
from jawab.desk.words import Words
from jawab.settings import Settings
from jawab.support.apps.inbox import InboxStore
from jawab.support.apps.store import ChatStore
from jawab.support.apps.texts import ChannelTexts
from jawab.support.attachments.files import AttachmentFiles
from jawab.support.attachments.store import AttachmentStore
from jawab.support.conversations.store import Store
from jawab.support.database import Database
from jawab.support.deliveries.delivery import Backoff, Carrier, Delivery, Outcome
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.overrides.current import Current
from jawab.support.persons.store import PersonStore

log = structlog.get_logger()

_FACTOR = 3.0
_AT_ONCE = 16


@dataclass(frozen=True)
class Channels:
    """The parts that run while the desk does."""

    accounts: ChannelAccounts
    chats: ChatStore
    intake: ChannelIntake
    polls: ChannelPolls
    courier: Courier
    signs: ChannelSigns

    @property
    def names(self) -> tuple[str, ...]:
        """The accounts."""
        return tuple(each.account.name for each in self.accounts)

    def start(self) -> None:
        """Begin to listen and to speak, with what an earlier process left."""
        self.courier.start()
        if self.accounts:
            self.intake.start()
            self.polls.start()
            log.info("channels.started", accounts=list(self.names))

    async def stop(self) -> None:
        """Listen no more, then let what is under way end."""
        await self.polls.stop()
        await self.intake.stop()
        await self.courier.stop()
        await self.signs.stop()
        await self.accounts.close()


def channels(
    settings: Settings,
    database: Database,
    *,
    accounts: ChannelAccounts,
    texts: ChannelTexts,
    invitations: Invitations,
    persons: PersonStore,
    store: Store,
    hub: Hub,
    hearing: Hearing,
    filing: Filing,
    attachments: AttachmentStore,
    files: AttachmentFiles,
    words: Words,
    current: Current,
    sole: Sole,
    measures: Measures,
    clock: Callable[[], datetime],
) -> Channels:
    """The parts that serve these accounts."""
    chats, deliveries = ChatStore(database), DeliveryStore(database)
    signs = ChannelSigns()
    talk = ChannelTalk(
        store,
        chats,
        hearing,
        ChannelFiles(filing, settings),
        signs,
        Vouching(chats, persons, clock),
        invitations,
        hub,
        texts=texts,
        words=words,
        current=current,
        limits=Limits(settings.max_message_length, settings.max_attachments),
        clock=clock,
    )
    intake = ChannelIntake(
        accounts,
        InboxStore(database),
        talk,
        poll=settings.channel_poll,
        grace=settings.shutdown_grace,
        clock=clock,
    )
    carriers: dict[Carrier, Callable[[Delivery], Awaitable[Outcome]]] = {
        Carrier.CHANNEL: ChannelPost(accounts, chats, deliveries, attachments, files, texts, clock)
    }
    if any(isinstance(each.channel, Eitaa) for each in accounts):
        carriers[Carrier.TEAM] = TeamNotices(accounts, texts, current)

    def given_up(delivery: Delivery, problem: str) -> None:
        # The delivery itself keeps the problem, and the agents' page shows it at the message.
        log.warning("channels.undelivered", conversation=delivery.parcel.subject, problem=problem)
        from_thread.run_sync(hub.publish, AGENTS, News(QUEUE))

    courier = Courier(
        deliveries,
        carriers,
        backoff=Backoff(
            settings.channel_first_delay,
            _FACTOR,
            settings.channel_longest_delay,
            settings.channel_attempts,
        ),
        poll=settings.channel_poll if accounts else settings.delivery_poll,
        grace=settings.shutdown_grace,
        clock=clock,
        given_up=given_up,
        measures=measures,
        duties=(Carrier.CHANNEL, Carrier.TEAM),
        at_once=_AT_ONCE,
    )

    def overhear(conversation_id: str, news: News) -> None:
        signs.overhear(conversation_id, news)
        if news.kind == MESSAGE:
            courier.wake()

    if accounts:
        hub.overhear(overhear)
    return Channels(accounts, chats, intake, ChannelPolls(accounts, intake, sole), courier, signs)
