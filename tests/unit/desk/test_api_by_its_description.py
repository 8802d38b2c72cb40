"""The API does what /openapi.json says, whatever is sent: no crash, documented statuses, answers of the documented form.

schemathesis reads the description and makes requests of it, fitting and unfitting ones, the same in each run.
"""

from datetime import timedelta

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks

from jawab.support.agents.agent import NewAgent, Presence, Role

from .colleague import PASSWORD, call_a_person
from .fake_rasa import FakeRasa
from .running import Desk, Running

SEED = 7
STREAMS = r"/events$"  # they do not end: tests of their own read them
PROMISES = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


def requests_of(number):
    """So many requests for each operation, beside those that walk the borders of its description."""
    return settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module")
def described(tmp_path_factory, knowledge):
    rasa = FakeRasa()
    call_a_person(rasa)
    with Running(rasa.app) as server:
        values = {"wait_limit": timedelta(seconds=0.2)}
        desk = Desk(tmp_path_factory.mktemp("described"), server.url, knowledge, values)
        yield desk
        desk.stop()


@pytest.fixture(scope="module")
def description(described):
    config = schemathesis.Config.from_dict({"seed": SEED})
    return schemathesis.openapi.from_url(f"{described.url}/openapi.json", config=config)


class Insiders:
    """A shopper who waits for a person and has a ticket, and an owner who serves them."""

    def __init__(self, desk):
        self._services = desk.services
        self._chat = desk.begin("souq", lang="en")
        self._chat.ask("a person please")
        ticket = self._chat.open_ticket(topic="other", phone="0501234567", message="x")
        agents, now = self._services.agents, self._services.clock()
        self._owner = agents.add(NewAgent("owner", "O", Role.OWNER), PASSWORD, now=now)
        agents.be(self._owner.id, Presence.ONLINE, now=now)
        self.known = {
            "conversation_id": self._chat.id,
            "message_id": self._chat.messages()[0]["id"],
            "reference": ticket.json()["reference"],
            "shop": "souq",
        }

    def headers(self, path):
        """Who may use this path is signed in; a session of one's own each time, since one may be ended by the request."""
        token = self._chat.opened["token"]
        if "/agent/" in path:
            now, lifetime = self._services.clock(), timedelta(hours=1)
            token = self._services.agents.open_session(self._owner.id, now=now, lifetime=lifetime)
        return {"Authorization": f"Bearer {token}"}


@pytest.fixture(scope="module")
def insiders(described):
    return Insiders(described)


api = schemathesis.pytest.from_fixture("description").exclude(path_regex=STREAMS)


@api.parametrize()
@requests_of(3)
def test_whoever_comes_without_a_token_gets_what_is_documented(case, described):
    case.call_and_validate(base_url=described.url, checks=PROMISES)


@api.parametrize()
@requests_of(12)
def test_shoppers_and_agents_get_what_is_documented(case, described, insiders):
    known = {name: insiders.known.get(name, value) for name, value in case.path_parameters.items()}
    case.path_parameters = known
    headers = insiders.headers(case.path)
    case.call_and_validate(base_url=described.url, headers=headers, checks=PROMISES)
