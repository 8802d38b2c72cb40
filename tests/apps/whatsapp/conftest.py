"""A Cloud API on loopback."""

import pytest

from ...fakes.whatsapp import (
    FakeWhatsApp,
)
from ...unit.desk.running import Running


@pytest.fixture(scope="module")
def _server():
    fake = FakeWhatsApp()
    with Running(fake.app) as server:
        fake.url = server.url
        yield fake


@pytest.fixture
def cloud(_server):
    _server.reset()
    return _server
