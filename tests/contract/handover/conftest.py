"""The stores that hand-overs touch, and two agents."""

import pytest

from jawab.support.agents.agent import NewAgent
from jawab.support.agents.store import AgentStore
from jawab.support.conversations.note_store import NoteStore
from jawab.support.conversations.reply_store import ReplyStore
from jawab.support.conversations.store import Store
from jawab.support.handovers.store import HandoverStore

from .calls import NOW, PASSWORD, PRESENCE


@pytest.fixture
def store(database):
    return Store(database)


@pytest.fixture
def handovers(database):
    return HandoverStore(database, presence=PRESENCE)


@pytest.fixture
def notes(database):
    return NoteStore(database)


@pytest.fixture
def replies(database):
    return ReplyStore(database)


@pytest.fixture
def people(database):
    return AgentStore(database)


@pytest.fixture
def sara(people):
    return people.add(NewAgent("sara", "سارا"), PASSWORD, now=NOW)


@pytest.fixture
def ali(people):
    return people.add(NewAgent("ali", "علی"), PASSWORD, now=NOW)
