"""A store with a conversation in it, on every database."""

import pytest

from jawab.support.attachments.store import AttachmentStore
from jawab.support.conversations.store import Store

from .chats import opened


@pytest.fixture
def store(database):
    return Store(database)


@pytest.fixture
def chat(store):
    return opened(store)


@pytest.fixture
def files(database):
    return AttachmentStore(database)
