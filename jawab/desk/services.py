"""What the desk's routes work with: made once by `build_app`, carried by the application."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import httpx
from fastapi import Depends, Request

from jawab.desk.alarm import Alarm
from jawab.desk.apps.channels import Channels
from jawab.desk.courier import Courier
from jawab.desk.endings import Endings
from jawab.desk.filing import Filing
from jawab.desk.gate import Gate
from jawab.desk.handover_words import HandoverWords
from jawab.desk.hearing import Hearing
from jawab.desk.holds import Holds
from jawab.desk.home_shops import HomeShops
from jawab.desk.hub import Hub
from jawab.desk.invitations import Invitations
from jawab.desk.keywords import Keywords
from jawab.desk.links import Links
from jawab.desk.lookout import Lookout
from jawab.desk.mail.doors import MailDoors
from jawab.desk.measures import Measures
from jawab.desk.owner.learner import Learner
from jawab.desk.owner.trials import Trials
from jawab.desk.people import People
from jawab.desk.rasa import Rasa
from jawab.desk.sole import Sole
from jawab.desk.survey import Survey
from jawab.desk.sweeper import Sweeper
from jawab.desk.together import Together
from jawab.desk.tokens import Tokens
from jawab.desk.typing_signs import TypingSigns
from jawab.desk.watchdog import Watchdog
from jawab.desk.words import Words
from jawab.desk.worker import Worker
from jawab.knowledge import Knowledge
from jawab.privacy.trackers import Trackers
from jawab.settings import Settings
from jawab.support.agents.administration import AgentAdministration
from jawab.support.agents.canned import Canned
from jawab.support.agents.store import AgentStore
from jawab.support.attachments.files import AttachmentFiles
from jawab.support.attachments.store import AttachmentStore
from jawab.support.conversations.feedback_store import FeedbackStore
from jawab.support.conversations.note_store import NoteStore
from jawab.support.conversations.reply_store import ReplyStore
from jawab.support.conversations.store import Store
from jawab.support.database import Database
from jawab.support.figures.store import FigureStore
from jawab.support.figures.ticket_export import TicketExport
from jawab.support.guesses import Guesses
from jawab.support.handovers.store import HandoverStore
from jawab.support.learning.mark_store import MarkStore
from jawab.support.learning.missed_store import MissedStore
from jawab.support.learning.trial_store import TrialStore
from jawab.support.load import LoadStore
from jawab.support.mail.store import MailStore
from jawab.support.overrides.current import Current
from jawab.support.overrides.store import OverrideStore
from jawab.support.persons.store import PersonStore
from jawab.support.search.store import SearchStore
from jawab.support.tickets.doubles import DoubleStore
from jawab.support.tickets.signals import SignalReader
from jawab.support.tickets.snoozes import SnoozeStore
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.topics import TicketTopics


@dataclass(frozen=True)
class Services:
    """The parts of a running desk."""

    settings: Settings
    current: Current
    overrides: OverrideStore
    figures: FigureStore
    ticket_export: TicketExport
    missed: MissedStore
    marks: MarkStore
    trial_store: TrialStore
    learner: Learner
    trials: Trials
    words: Words
    keywords: Keywords
    database: Database
    store: Store
    attachments: AttachmentStore
    files: AttachmentFiles
    filing: Filing
    feedback: FeedbackStore
    tickets: TicketStore
    search: SearchStore
    topics: TicketTopics
    canned: tuple[Canned, ...]
    signals: SignalReader
    survey: Survey
    guesses: Guesses
    gate: Gate
    holds: Holds
    hub: Hub
    tokens: Tokens
    links: Links
    http: httpx.AsyncClient
    rasa: Rasa
    worker: Worker
    hearing: Hearing
    endings: Endings
    together: Together
    home_shops: HomeShops
    channels: Channels
    persons: PersonStore
    invitations: Invitations
    agents: AgentStore
    administration: AgentAdministration
    handovers: HandoverStore
    notes: NoteStore
    replies: ReplyStore
    people: People
    handover_words: HandoverWords
    typing: TypingSigns
    shoppers_typing: TypingSigns
    watchdog: Watchdog
    doubles: DoubleStore
    snoozes: SnoozeStore
    alarm: Alarm
    courier: Courier
    mail: MailDoors
    mails: MailStore
    sole: Sole
    lookout: Lookout
    sweeper: Sweeper
    trackers: Trackers
    measures: Measures
    load: LoadStore
    clock: Callable[[], datetime]

    @property
    def knowledge(self) -> Knowledge:
        """What is known now, the owners' settings included."""
        return self.current.knowledge


def services_of(request: Request) -> Services:
    """The services of the application that serves this request."""
    services: Services = request.app.state.services
    return services


async def _services(request: Request) -> Services:
    return services_of(request)  # a plain function would cost a thread in every request


Desk = Annotated[Services, Depends(_services)]
