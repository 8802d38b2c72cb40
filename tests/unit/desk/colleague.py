"""An agent as the API meets them, and a clock that a test moves."""

import json
from contextlib import contextmanager
from datetime import datetime, timezone

from jawab.support.agents.agent import NewAgent, Presence

from .running import _events

PASSWORD = "صندلی-سبز-پنجره"
TEN = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)  # 13:00 in Riyadh, a Saturday


class Clock:
    """A clock that a test moves."""

    def __init__(self, now=TEN):
        self.now = now

    def __call__(self):
        return self.now

    def forward(self, by):
        self.now += by


class Colleague:
    """An agent's side of the API, by a Bearer token."""

    def __init__(self, desk, agent_id, token):
        self.desk = desk
        self.id = agent_id
        self.token = token
        self.headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
        self._sent = 0

    def call(self, method, path, expected=None, **body):
        """One request below /api/v1/agent; returns the response's content."""
        response = self.desk.http.request(
            method,
            f"/api/v1/agent{path}",
            content=json.dumps(body) if body else None,
            headers={**self.headers, "Content-Type": "application/json"},
        )
        if expected is None:
            assert response.is_success, response.text
        else:
            assert response.status_code == expected, response.text
        return response.json() if response.content else None

    def get(self, path, expected=None):
        return self.call("GET", path, expected)

    def post(self, path, expected=None, **body):
        return self.call("POST", path, expected, **body)

    def refused(self, method, path, **body):
        """The code of the refusal."""
        response = self.desk.http.request(
            method,
            f"/api/v1/agent{path}",
            content=json.dumps(body) if body else None,
            headers={**self.headers, "Content-Type": "application/json"},
        )
        assert response.is_error, response.text
        return response.status_code, response.json()["error"]["code"]

    def online(self):
        self.call("PUT", "/presence", presence="online")
        return self

    def claim(self, chat):
        return self.post(f"/conversations/{chat.id}/claim")

    def say(self, chat, text, client_id=None):
        self._sent += 1
        return self.post(
            f"/conversations/{chat.id}/messages", client_id=client_id or f"a{self._sent}", text=text
        )

    @contextmanager
    def events(self, last_event_id=None):
        """The open event stream, as an iterator of (event, data, id)."""
        headers = dict(self.headers)
        if last_event_id:
            headers["Last-Event-ID"] = last_event_id
        with self.desk.http.stream("GET", "/api/v1/agent/events", headers=headers) as response:
            assert response.status_code == 200, response.read()
            yield _events(response.iter_lines())


def hired(desk, login="sara", name="سارا", *, presence=Presence.ONLINE, **more):
    """A new agent, signed in."""
    agents, now = desk.services.agents, desk.services.clock()
    made = agents.add(NewAgent(login, name, **more), PASSWORD, now=now)
    agents.be(made.id, presence, now=now)
    response = desk.http.post("/api/v1/agent/session", json={"login": login, "password": PASSWORD})
    assert response.status_code == 201, response.text
    return Colleague(desk, made.id, response.json()["token"])


def call_a_person(rasa):
    """Let the bot call a person for whoever says «person»; everything else is answered by an echo."""

    def reply(question):
        custom = rasa.custom(question)
        if "person" in question["message"]:
            custom["handover"] = {"reason": "asked"}
        return [{"text": f"پاسخ: {question['message']}"}, {"custom": custom}]

    rasa.reply = reply


def called(desk, shop="souq", lang="en", text="a person please"):
    """A conversation whose shopper waits for a person."""
    chat = desk.begin(shop, lang=lang)
    chat.ask(text)
    return chat
