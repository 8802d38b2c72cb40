"""A desk that calls a person when asked, and two agents."""

import pytest

from ..colleague import Clock, call_a_person, hired


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(start_desk, clock):
    return start_desk(clock=clock, watch_interval=0.02, agent_typing=0.2)


@pytest.fixture(autouse=True)
def _calls(rasa):
    call_a_person(rasa)


@pytest.fixture
def sara(desk):
    return hired(desk)


@pytest.fixture
def ali(desk):
    return hired(desk, "ali", "علی")
