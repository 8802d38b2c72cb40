"""The parts of a desk, put together: what each is made of stands here and nowhere else."""

from collections.abc import Callable
from datetime import datetime, timedelta

from jawab.desk import (
    outgoing,
    typing_signs,
)
from jawab.desk.alarm import Alarm
from jawab.desk.apps.accounts import ChannelAccounts
from jawab.desk.apps.channels import channels
from jawab.desk.context import context_of
from jawab.desk.endings import Endings
from jawab.desk.filing import Filing
from jawab.desk.gate import gate_of
from jawab.desk.handover_words import HANDOVER, HandoverWords
from jawab.desk.hearing import Hearing
from jawab.desk.holds import Holds
from jawab.desk.home_shops import HomeShops
from jawab.desk.hub import Hub, InProcessHub
from jawab.desk.invitations import CONTINUE, JOIN, Invitations
from jawab.desk.keywords import Keywords
from jawab.desk.links import Links
from jawab.desk.lookout import Lookout
from jawab.desk.mail.doors import mail_doors
from jawab.desk.measures import Measures
from jawab.desk.owner.learner import Learner
from jawab.desk.owner.trials import Trials
from jawab.desk.people import People
from jawab.desk.rasa import Rasa
from jawab.desk.redis_hub import RedisHub
from jawab.desk.secret import secret_from
from jawab.desk.services import Services
from jawab.desk.sole import Sole
from jawab.desk.survey import SATISFACTION, WORD, Survey
from jawab.desk.sweeper import Sweeper
from jawab.desk.together import Together
from jawab.desk.tokens import Tokens
from jawab.desk.turns import Turns
from jawab.desk.watchdog import Watchdog
from jawab.desk.words import Words
from jawab.desk.worker import Worker
from jawab.knowledge import Knowledge
from jawab.privacy.retention import Retention
from jawab.privacy.sweep import Sweep
from jawab.privacy.trackers import Trackers
from jawab.settings import Settings
from jawab.support.agents import canned
from jawab.support.agents.administration import AgentAdministration
from jawab.support.agents.store import AgentStore
from jawab.support.apps import texts as channel_texts
from jawab.support.apps.store import ChatStore
from jawab.support.attachments.files import FOLDER, AttachmentFiles
from jawab.support.attachments.store import AttachmentStore
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.feedback_store import FeedbackStore
from jawab.support.conversations.note_store import NoteStore
from jawab.support.conversations.reply_store import ReplyStore
from jawab.support.conversations.store import Store
from jawab.support.conversations.turn import RetryPolicy
from jawab.support.database import Database, connect
from jawab.support.figures.store import FigureStore
from jawab.support.figures.ticket_export import TicketExport
from jawab.support.handovers.handover import Patience
from jawab.support.handovers.satisfaction_store import SatisfactionStore
from jawab.support.handovers.store import HandoverStore
from jawab.support.learning.mark_store import MarkStore
from jawab.support.learning.missed_store import MissedStore
from jawab.support.learning.trial_store import TrialStore
from jawab.support.leases import LeaseStore
from jawab.support.load import LoadStore
from jawab.support.mail.signs import MailSigns
from jawab.support.mail.store import MailStore
from jawab.support.overrides.current import Current
from jawab.support.overrides.store import OverrideStore
from jawab.support.persons.invitation import InvitationSigns
from jawab.support.persons.store import PersonStore
from jawab.support.search.store import SearchStore
from jawab.support.shared_guesses import guesses_of
from jawab.support.tickets import topics
from jawab.support.tickets.doubles import DoubleStore
from jawab.support.tickets.signals import SignalReader
from jawab.support.tickets.snoozes import SnoozeStore
from jawab.support.tickets.store import TicketStore

SECRET_FILE = "secret.key"  # noqa: S105 a file's name
# What an attempt takes beside waiting for Rasa: its tracker is looked into, the answer is stored.
HOLD_MARGIN = timedelta(seconds=12)


def assembled(settings: Settings, knowledge: Knowledge, clock: Callable[[], datetime]) -> Services:
    """Every part, made for these settings; nothing is started."""
    database = Database(connect(settings.database_url, patience=settings.database_patience))
    overrides = OverrideStore(database)
    current = Current(knowledge, overrides)
    words = Words(current, clock)
    store, hub, http = Store(database), _hub(settings), outgoing.client()
    rasa = Rasa(
        settings.rasa_url,
        token=settings.rasa_token.get_secret_value() if settings.rasa_token else None,
        timeout=settings.rasa_timeout,
    )

    measures = Measures()
    agents, ticket_store = AgentStore(database), TicketStore(database)
    trial_store = TrialStore(database)
    handovers = HandoverStore(database, presence=settings.presence_lifetime)
    handover_words = HandoverWords(words)
    survey = Survey(SatisfactionStore(database), hub, words, clock=clock)
    people = People(
        handovers,
        agents,
        hub,
        handover_words,
        current=current,
        patience=Patience(
            settings.handover_promise,
            settings.handover_limit,
            settings.agent_silence,
            settings.agent_absence,
        ),
        presence=settings.presence_lifetime,
        survey=survey,
        clock=clock,
    )

    secret = (
        settings.secret_key.get_secret_value()
        if settings.secret_key
        else secret_from(settings.var / SECRET_FILE)
    )
    persons = PersonStore(database)
    accounts = ChannelAccounts.of(settings, knowledge)
    texts = channel_texts.load(settings.root)
    invitations = Invitations(
        persons,
        InvitationSigns(secret),
        accounts,
        texts,
        lifetime=settings.invitation_lifetime,
        written=handover_words.minutes,
        clock=clock,
    )

    def say(key: str, conversation: Conversation) -> str:
        return words.say(key, lang=conversation.lang, shop=conversation.shop)

    holds = Holds(settings.desk_name, settings.rasa_timeout + HOLD_MARGIN, clock)
    sole = Sole(LeaseStore(database), settings.desk_name, clock)
    endings, together = Endings(), Together(database)
    turns = Turns(
        store,
        rasa,
        hub,
        policy=RetryPolicy(
            settings.attempts, settings.first_delay, settings.delay_factor, settings.give_up_after
        ),
        holds=holds,
        people=people,
        context=context_of(database, people, ticket_store, ChatStore(database), persons),
        own_buttons={
            HANDOVER: lambda conversation, _: handover_words.not_waiting(conversation),
            SATISFACTION: survey.starred,
            WORD: survey.invited,
            CONTINUE: invitations.made,
            JOIN: invitations.answered,
        },
        own_answer=survey.word,
        endings=endings,
        together=together,
        say=say,
        measures=measures,
        clock=clock,
        parallel=settings.parallel_turns,
    )
    worker = Worker(
        store,
        turns,
        holds=holds,
        trouble=rasa.trouble,
        resume_patience=settings.resume_patience,
        grace=settings.shutdown_grace,
    )
    signs = MailSigns(secret)
    ticket_topics = topics.load(settings.root)
    hearing = Hearing(store, hub, people, survey, worker, together, current, holds, clock)
    attachments, files = AttachmentStore(database), AttachmentFiles(settings.var / FOLDER)
    filing = Filing(settings, attachments, files, clock)
    trackers = Trackers(settings.tracker_url, patience=settings.database_patience)
    return Services(
        settings=settings,
        current=current,
        overrides=overrides,
        figures=FigureStore(database, acts=tuple(knowledge.acts)),
        ticket_export=TicketExport(database),
        missed=MissedStore(database),
        marks=MarkStore(database),
        trial_store=trial_store,
        learner=Learner(settings, clock),
        trials=Trials(trial_store, settings, clock=clock),
        words=words,
        keywords=Keywords(knowledge),
        database=database,
        store=store,
        attachments=attachments,
        files=files,
        filing=filing,
        feedback=FeedbackStore(database),
        tickets=ticket_store,
        search=SearchStore(database),
        topics=ticket_topics,
        canned=canned.load(settings.root),
        signals=SignalReader(database),
        survey=survey,
        guesses=guesses_of(settings.redis, window=settings.guess_window, clock=clock),
        gate=gate_of(settings),
        holds=holds,
        hub=hub,
        tokens=Tokens(secret, lifetime=settings.token_lifetime, clock=clock),
        links=Links(secret, lifetime=settings.attachment_link_lifetime, clock=clock),
        http=http,
        rasa=rasa,
        worker=worker,
        hearing=hearing,
        endings=endings,
        together=together,
        home_shops=HomeShops(store),
        channels=channels(
            settings,
            database,
            accounts=accounts,
            texts=texts,
            invitations=invitations,
            persons=persons,
            store=store,
            hub=hub,
            hearing=hearing,
            filing=filing,
            attachments=attachments,
            files=files,
            words=words,
            current=current,
            sole=sole,
            measures=measures,
            clock=clock,
        ),
        persons=persons,
        invitations=invitations,
        agents=agents,
        administration=AgentAdministration(database),
        handovers=handovers,
        notes=NoteStore(database),
        replies=ReplyStore(database),
        people=people,
        handover_words=handover_words,
        typing=typing_signs.of_agents(hub, seconds=settings.agent_typing.total_seconds()),
        shoppers_typing=typing_signs.of_shoppers(
            hub, seconds=settings.agent_typing.total_seconds()
        ),
        doubles=DoubleStore(database, ticket_store),
        snoozes=(snoozes := SnoozeStore(database)),
        alarm=Alarm(snoozes, hub, clock=clock, interval=settings.watch_interval),
        watchdog=Watchdog(handovers, people, clock=clock, interval=settings.watch_interval),
        courier=outgoing.courier(
            settings,
            database,
            current=current,
            topics=ticket_topics,
            signs=signs,
            files=files,
            client=http,
            measures=measures,
            clock=clock,
        ),
        mails=MailStore(database),
        mail=mail_doors(
            settings,
            database,
            worker=worker,
            hub=hub,
            filing=filing,
            current=current,
            topics=ticket_topics,
            words=words,
            signs=signs,
            sole=sole,
            clock=clock,
        ),
        sole=sole,
        lookout=Lookout(current, interval=settings.lookout_interval),
        trackers=trackers,
        measures=measures,
        load=LoadStore(database, presence=settings.presence_lifetime),
        sweeper=Sweeper(
            Sweep(database, files, trackers, retention=Retention.of(settings.retention_days)),
            clock=clock,
            interval=settings.sweep_interval,
        ),
        clock=clock,
    )


def _hub(settings: Settings) -> Hub:
    return InProcessHub() if settings.redis is None else RedisHub(settings.redis)
