"""Any course of events leaves the store as a simple model of it says."""

import tempfile
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from jawab.support.database import Database, connect
from jawab.support.errors import IllegalTransition
from jawab.support.migrate import upgrade
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import (
    TRANSITIONS,
    Happening,
    NewTicket,
    Origin,
    Priority,
    Queue,
    TicketState,
)
from jawab.text.language import Lang

START = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
NEW = NewTicket(
    shop="souq",
    lang=Lang.AR,
    topic="other",
    queue=Queue.SHOPPERS,
    name="سارة",
    message="وين طلبي؟",
    origin=Origin.CONVERSATION,
    at=START,
)


class Course(RuleBasedStateMachine):
    """Opening, moving, assigning, prioritising and noting, in any order."""

    references = Bundle("references")

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / "t.db"
        self.database = Database(connect(f"sqlite:///{file}", patience=timedelta(seconds=5)))
        upgrade(self.database)
        self.store = TicketStore(self.database)
        self.by_message = {}
        self.tickets = {}
        self.histories = {}
        self.now = START

    def teardown(self):
        self.database.close()
        self.folder.cleanup()

    def tick(self):
        self.now += timedelta(seconds=1)
        return self.now

    def changed(self, reference, what, **values):
        before = self.tickets[reference]
        self.tickets[reference] = replace(
            before, **values, version=before.version + 1, updated_at=self.now
        )
        self.histories[reference].append(what)

    @rule(target=references, message=st.integers(1, 4))
    def open(self, message):
        at = self.tick()
        ticket = self.store.open(replace(NEW, message_id=message, at=at), due_at=at)
        if message in self.by_message:
            assert ticket == self.tickets[self.by_message[message]]
            return multiple()
        self.by_message[message] = ticket.reference
        self.tickets[ticket.reference] = ticket
        self.histories[ticket.reference] = [Happening.OPENED]
        return ticket.reference

    @rule(reference=references, state=st.sampled_from(TicketState))
    def move(self, reference, state):
        at = self.tick()
        if state in TRANSITIONS[self.tickets[reference].state]:
            self.store.move(reference, state, who="agent:1", at=at)
            self.changed(reference, Happening.STATE, state=state)
            return
        try:
            self.store.move(reference, state, who="agent:1", at=at)
        except IllegalTransition:
            return
        raise AssertionError("an illegal move was made")

    @rule(reference=references, who=st.sampled_from([None, "1", "2"]))
    def assign(self, reference, who):
        self.store.assign(reference, who, who="system", at=self.tick())
        self.changed(reference, Happening.ASSIGNED, assignee=who)

    @rule(reference=references, priority=st.sampled_from(Priority))
    def prioritise(self, reference, priority):
        self.store.prioritise(reference, priority, who="system", at=self.tick())
        self.changed(reference, Happening.PRIORITY, priority=priority)

    @rule(reference=references, text=st.text(max_size=20))
    def note(self, reference, text):
        self.store.note(reference, text, who="agent:2", at=self.tick())
        self.changed(reference, Happening.NOTE)

    @invariant()
    def the_store_says_what_the_model_says(self):
        for reference, ticket in self.tickets.items():
            assert self.store.find(reference) == ticket
            history = self.store.history(reference)
            assert [event.what for event in history] == self.histories[reference]
            assert [event.at for event in history] == sorted(event.at for event in history)
        assert len(self.store.search()) == len(self.tickets)


TestCourse = Course.TestCase
TestCourse.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
