"""The owner's figures on every database, against a small week that was counted by hand."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import insert

from jawab.support.agents.agent import NewAgent
from jawab.support.agents.store import AgentStore
from jawab.support.figures.figures import Fate, Scope, Spread
from jawab.support.figures.store import FigureStore
from jawab.support.handovers.tables import handovers, satisfaction
from jawab.support.tables import (
    conversations,
    feedback,
    messages,
    ticket_events,
    tickets,
    turns,
)
from jawab.text.lang import Lang

START = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
WEEK = timedelta(days=7)
NOW = START + WEEK
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ALL = Scope(START, NOW)
ACTS = ("thanks", "greet")
PROMISED = {"souq": MINUTE, "digikala": 5 * MINUTE}


class Week:
    """Writes rows as the desk leaves them."""

    def __init__(self, connection):
        self.connection = connection
        self.numbers = iter(range(1, 1000))

    def add(self, table, **values):
        return self.connection.execute(insert(table).values(values))

    def conversation(self, *said, at=START, shop="souq", lang="ar", channel="site"):
        """`said` are turns as (outcome, intent) or (outcome, intent, state)."""
        number = next(self.numbers)
        id = f"c{number}"
        self.add(
            conversations, id=id, shop=shop, lang=lang, owner="bot", created_at=at, channel=channel
        )  # fmt: skip
        for each in said:
            outcome, intent, state = (*each, "answered")[:3]
            message = self.add(
                messages, conversation_id=id, author="shopper", text=f"{outcome} {number}",
                lang=lang, created_at=at, buttons=[],
            ).inserted_primary_key[0]  # fmt: skip
            self.add(
                turns, message_id=message, conversation_id=id, state=state, attempts=1,
                queued_at=at, intent=intent, outcome=outcome,
            )  # fmt: skip
            self.last = message
        return id

    def vote(self, id, value, at=START):
        self.add(feedback, message_id=self.last, conversation_id=id, value=value, created_at=at)

    def ticket(self, reference, id=None, *, at=START, events=()):
        self.add(
            tickets, reference=reference, conversation_id=id, shop="souq", lang="ar",
            topic="delivery", name="x", message="x", attachments=[], origin="page", priority=2,
            queue="shoppers", state="open", due_at=at + 2 * HOUR, opened_at=at, updated_at=at,
            version=1, phone="+966512345678",
        )  # fmt: skip
        for after, who, what, data in events:
            self.add(
                ticket_events, reference=reference, who=who, at=at + after, what=what, data=data
            )

    def handover(self, id, agent=None, *, after=None, ending=None, state="ended"):
        self.add(
            handovers, conversation_id=id, shop="souq", lang="ar", reason="asked",
            queue="shoppers", state=state, asked_at=START, waiting_since=START, front=False,
            agent_id=agent, first_claimed_at=START + after if after else None, ending=ending,
        )  # fmt: skip


ASK = ("answered", "returns_how")
LOST = ("not_understood", None)


def reply(after):
    return (after, "agent:1", "reply", {"text": "x"})


def state(after, before, now):
    return (after, "agent:1", "state", {"from": before, "to": now})


@pytest.fixture
def store(database):
    agent = AgentStore(database).add(NewAgent("a", "A"), "صندلی-سبز-پنجره", now=START).id
    with database.writing() as connection:
        week = Week(connection)
        # Confirmed: thanked; a thumb up; a thumb up after a thumb down.
        week.conversation(ASK, ("answered", "thanks"))
        week.vote(week.conversation(ASK), "up")
        two = week.conversation(
            ASK, ("answered", "refund_how"), lang="fa", shop="digikala", channel="telegram"
        )
        week.vote(two, "up", START + MINUTE)
        # Answered and nothing more said, one of them a day later; a button's choice counts as asked.
        week.conversation(("offered", None), ASK)
        week.conversation(ASK, at=START + timedelta(days=1, minutes=20))
        # Left: not understood, offered in vain, never answered, apologised, thumb down, nobody came.
        week.conversation(ASK, LOST)
        week.conversation(("offered", None))
        week.conversation((None, None, "sent"))
        week.conversation(("apologised", None, "apologised"))
        week.vote(week.conversation(ASK), "down")
        week.handover(week.conversation(ASK), ending="nobody")
        # Handed over: taken soon, taken late with a ticket beside, still waiting.
        week.handover(week.conversation(ASK), agent, after=MINUTE / 2, ending="closed")
        late = week.conversation(LOST)
        week.handover(late, agent, after=10 * MINUTE, ending="closed")
        week.handover(week.conversation(ASK), state="waiting")
        # A ticket, after the shopper stopped waiting.
        stopped = week.conversation(LOST, channel="bale")
        week.handover(stopped, ending="ticket")
        # Only thanked; only greeted; nothing written; before the week; after it.
        week.conversation(("answered", "thanks"))
        week.conversation(("answered", "greet"))
        week.conversation()
        week.conversation(ASK, at=START - MINUTE)
        week.conversation(ASK, at=NOW)
        # Answered in an hour; after three; solved in one without a word; reopened; overdue; not yet due.
        week.ticket(
            "T1", late, events=[reply(HOUR), reply(5 * HOUR), state(HOUR, "open", "solved")]
        )
        week.ticket("T2", stopped, events=[reply(3 * HOUR)])
        week.ticket("T3", events=[state(HOUR, "open", "solved"), state(2 * HOUR, "solved", "open")])
        week.ticket("T4", events=[(HOUR, "shopper", "reply", {"text": "x"})])
        week.ticket("T5", at=NOW - HOUR)
        for id, given in ((late, 5), (stopped, None), ("c1", 2), ("c2", 5)):
            week.add(
                satisfaction, conversation_id=id, asked_at=START, stars=given, wants_word=False
            )
    return FigureStore(database, acts=ACTS)


def figures(store, scope=ALL):
    return store.figures(scope, promised=PROMISED, now=NOW, unknown=2)


def test_each_conversation_has_one_fate(store):
    found = figures(store)
    assert found.fates == {
        Fate.HANDED: 3,
        Fate.TICKET: 1,
        Fate.LEFT: 6,
        Fate.CONFIRMED: 3,
        Fate.ANSWERED: 2,
        Fate.TALK: 2,
    }
    assert (found.conversations, found.silent) == (17, 1)
    assert sum(found.fates_by_lang.values()) == sum(found.fates_by_quarter.values()) == 17


def test_who_wanted_people_and_got_neither_a_person_nor_a_ticket_was_not_helped(database):
    person = ("answered", "talk_to_human")
    with database.writing() as connection:
        week = Week(connection)
        week.conversation(ASK, person)
        week.conversation(ASK, ("answered", "open_ticket"))
        week.conversation(ASK, person, ("form", None))
        week.conversation(person, ASK)  # went on to ask the bot, and was answered
    found = figures(FigureStore(database, acts=(*ACTS, "talk_to_human", "open_ticket")))
    assert {fate: n for fate, n in found.fates.items() if n} == {Fate.LEFT: 3, Fate.ANSWERED: 1}


def test_fates_are_told_by_language_and_quarter_of_an_hour(store):
    found = figures(store)
    assert found.fates_by_lang[Lang.FA, Fate.CONFIRMED] == 1
    assert found.fates_by_lang[Lang.AR, Fate.CONFIRMED] == 2
    first = int(START.timestamp()) // 900
    assert found.fates_by_quarter[first, Fate.ANSWERED] == 1
    assert found.fates_by_quarter[first + 96 + 1, Fate.ANSWERED] == 1


def test_turns_are_counted_by_what_became_of_them(store):
    found = figures(store)
    assert (found.turns, found.misunderstood, found.offered, found.apologised) == (21, 3, 2, 1)
    assert found.questions == (("returns_how", 10), ("refund_how", 1))
    latest = [words for _, _, words in found.unknown]
    assert latest == ["not_understood 15", "not_understood 13"]  # as many as were asked for


def test_times_are_held_against_the_promise(store):
    found = figures(store)
    hour = HOUR.total_seconds()
    # T1 and T3 in time, T2 late, T4 overdue; T5 is not due yet.
    assert found.first_answer == Spread(3, hour, 3 * hour, kept=2, judged=4)
    assert found.solution == Spread(2, hour, hour, kept=2, judged=4)
    assert (found.tickets, found.solved, found.reopened) == (5, 2, 1)
    # One taken within the minute, one late, one that nobody took, one that waits too long by now.
    assert found.chat == Spread(2, 315, 600, kept=1, judged=4)


def test_satisfaction_counts_the_asked_and_the_stars(store):
    found = figures(store)
    assert (found.asked, found.stars) == (4, {1: 0, 2: 1, 3: 0, 4: 0, 5: 2})


def test_a_scope_leaves_the_others_out(store):
    persian = figures(store, Scope(START, NOW, lang=Lang.FA))
    assert (persian.conversations, persian.tickets, persian.asked) == (1, 0, 0)
    assert persian.questions == (("refund_how", 1), ("returns_how", 1))
    digikala = figures(store, Scope(START, NOW, shops=("digikala",)))
    assert digikala.fates[Fate.CONFIRMED] == digikala.conversations == 1
    assert figures(store, Scope(START, NOW, shops=("no-such",))).conversations == 0
    day = figures(store, Scope(START + HOUR, NOW))
    assert (day.conversations, day.fates[Fate.ANSWERED]) == (1, 1)


def test_fates_are_told_by_channel_and_can_be_narrowed_to_one(store):
    found = figures(store)
    assert found.fates_by_channel["telegram", Fate.CONFIRMED] == 1
    assert found.fates_by_channel["bale", Fate.TICKET] == 1
    assert sum(found.fates_by_channel.values()) == 17
    bale = figures(store, Scope(START, NOW, channel="bale"))
    assert (bale.conversations, bale.turns, bale.tickets, bale.asked) == (1, 1, 1, 1)
    assert bale.first_answer.judged == 1
    assert (bale.chat.judged, bale.chat.count) == (0, 0)  # stopped waiting
    site = figures(store, Scope(START, NOW, channel="site"))
    # Tickets of no conversation came by the site.
    assert (site.conversations, site.tickets, site.chat.judged) == (15, 4, 4)
    telegram = figures(store, Scope(START, NOW, channel="telegram"))
    assert telegram.questions == (("refund_how", 1), ("returns_how", 1))


def test_figures_of_an_empty_database_are_nought_and_no_error(database):
    found = figures(FigureStore(database, acts=ACTS))
    assert (found.conversations, found.turns, found.first_answer) == (0, 0, Spread())
    assert found.first_answer.share is None
