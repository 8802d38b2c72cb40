"""A real desk on a free port, a fake Rasa on loopback behind it, and the project's own knowledge."""

import pytest

from jawab import knowledge as knowledge_package
from jawab.settings import PROJECT

from .fake_rasa import FakeRasa
from .running import Desk, Running


@pytest.fixture(scope="session")
def knowledge():
    return knowledge_package.load(PROJECT)


@pytest.fixture(scope="session")
def _rasa_server():
    fake = FakeRasa()
    with Running(fake.app) as server:
        fake.url = server.url
        yield fake


@pytest.fixture
def rasa(_rasa_server):
    _rasa_server.reset()
    yield _rasa_server
    _rasa_server.reset()


@pytest.fixture
def start_desk(tmp_path, rasa, knowledge):
    """Start a desk on this test's database: `start_desk(attempts=1)`; again after `desk.stop()`."""
    started = []

    def start(**settings):
        desk = Desk(tmp_path, rasa.url, knowledge, settings)
        started.append(desk)
        return desk

    yield start
    for desk in started:
        desk.stop()


@pytest.fixture(scope="session")
def _shared_desk(tmp_path_factory, _rasa_server, knowledge):
    desk = Desk(tmp_path_factory.mktemp("desk"), _rasa_server.url, knowledge, {})
    yield desk
    desk.stop()


@pytest.fixture
def desk(_shared_desk, rasa):
    """A desk with the usual settings, shared: each test has its own conversations in it."""
    return _shared_desk
