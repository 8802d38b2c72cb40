"""Who may what: every route of the application, tried by everybody who could come.

The routes are read from the application. One that `CASES` does not name fails the first test: whoever adds a route
writes down here who may use it.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from jawab.desk.owner.access import form_token
from jawab.support.agents.agent import NewAgent, Presence, Role
from jawab.support.learning.mark import MarkKind, NewMark
from jawab.support.mail.incoming import Fate, NewMail

from . import pictures
from .colleague import PASSWORD, call_a_person
from .running import Desk

MARK = "zx81"  # stands in whatever the conversation of the test left behind
EVERYBODY = frozenset(
    ("nobody", "shopper", "other", "elsewhere", "lead_elsewhere", "agent", "lead", "owner")
)
AGENTS = frozenset(("elsewhere", "lead_elsewhere", "agent", "lead", "owner"))
OF_SHOP = frozenset(("agent", "lead", "owner"))
LEADS = frozenset(("lead_elsewhere", "lead", "owner"))
LEADS_OF_SHOP = frozenset(("lead", "owner"))
OWNER = frozenset(("owner",))
TAKER = frozenset(
    ("agent",)
)  # who has taken the conversation: nobody else speaks in it, whatever their role
SHOPPER = frozenset(("shopper",))
APPS_ALONE = frozenset()  # messaging apps, by a secret that is none of these people's

C = "/api/v1/conversations/{conversation_id}"
A = "/api/v1/agent"
AC = "/api/v1/agent/conversations/{conversation_id}"
AT = "/api/v1/agent/tickets/{reference}"


@dataclass(frozen=True)
class Case:
    """One request and who gets in; `sees` may read words of the conversation in the answer."""

    method: str
    path: str
    who: frozenset
    sees: frozenset = OF_SHOP | SHOPPER
    json: dict | None = None
    form: dict | None = None
    query: dict = field(default_factory=dict)
    file: bool = False
    name: str = ""

    def __str__(self):
        return f"{self.method} {self.path} {self.name}".strip()


CASES = [
    Case("GET", "/openapi.json", EVERYBODY),
    Case("POST", "/api/v1/conversations", EVERYBODY, json={"shop": "souq"}),
    Case("POST", f"{C}/messages", SHOPPER, json={"client_id": "m", "text": "x"}),
    Case("POST", f"{C}/typing", SHOPPER),
    Case("GET", f"{C}/messages", SHOPPER),
    Case("GET", f"{C}/events", SHOPPER),
    Case("POST", f"{C}/attachments", SHOPPER, file=True),
    # The address is the key: made for those who may see the message, for a while only (test_attachments.py).
    Case("GET", "/api/v1/attachments/{signed}", EVERYBODY),
    Case("POST", f"{C}/messages/{{message_id}}/feedback", SHOPPER, json={"value": "up"}),
    Case("POST", f"{C}/satisfaction", SHOPPER, json={"stars": 5}),
    Case(
        "POST",
        f"{C}/tickets",
        SHOPPER,
        json={
            "client_id": "t",
            "topic": "other",
            "name": "N",
            "phone": "0501234567",
            "message": "x",
        },
    ),
    Case("POST", "/api/v1/tickets/{reference}/status", SHOPPER, json={"phone": "0509999999"}),
    Case("GET", "/api/v1/shops/{shop}/topics", EVERYBODY),
    Case("GET", "/api/v1/shops/{shop}", EVERYBODY),
    Case("GET", "/healthz", EVERYBODY),
    Case("GET", "/readyz", EVERYBODY),
    Case("GET", "/metrics", EVERYBODY),  # who comes from this machine; others: test_metrics.py
    Case("GET", "/faq", EVERYBODY),
    Case("GET", "/faq/{shop}", EVERYBODY),
    Case("GET", "/demo", EVERYBODY),
    Case("GET", "/demo/{shop}", EVERYBODY),
    Case("GET", "/", EVERYBODY),
    Case("GET", "/favicon.ico", EVERYBODY),
    Case("GET", "/colours.css", EVERYBODY),
    Case("GET", "/chat/{shop}", EVERYBODY),
    Case("GET", "/desk/state", EVERYBODY),
    Case("GET", "/widget.js", EVERYBODY),
    Case("GET", "/widget-ticket.js", EVERYBODY),
    Case("GET", "/static", EVERYBODY),
    Case("GET", "/desk/sign-in", EVERYBODY),
    Case("POST", f"{A}/session", EVERYBODY, json={"login": "matrix", "password": PASSWORD}),
    Case("DELETE", f"{A}/session", AGENTS),
    Case("GET", f"{A}/me", AGENTS),
    Case("PUT", f"{A}/presence", AGENTS, json={"presence": "online"}),
    Case("GET", f"{A}/colleagues", AGENTS),
    Case("GET", f"{A}/queues", AGENTS),
    Case("GET", f"{A}/handovers", AGENTS),
    Case("GET", f"{A}/tickets", AGENTS),
    Case("GET", f"{A}/tickets", AGENTS, query={"shop": "souq"}, name="of the shop"),
    Case("GET", f"{A}/events", AGENTS),
    Case("GET", f"{A}/search", AGENTS, query={"q": "hedgehog"}),
    Case("GET", AC, OF_SHOP),
    Case("POST", f"{AC}/claim", OF_SHOP),
    Case("POST", f"{AC}/messages", TAKER, json={"client_id": "a", "text": "x"}),
    Case("POST", f"{AC}/attachments", TAKER, file=True),
    Case("POST", f"{AC}/typing", TAKER),
    Case("POST", f"{AC}/notes", OF_SHOP, json={"text": "x"}),
    Case("POST", f"{AC}/transfer", OF_SHOP, json={"queue": "shoppers"}),
    Case("POST", f"{AC}/return", OF_SHOP),
    Case("POST", f"{AC}/close", OF_SHOP),
    Case("POST", f"{AC}/reopen", OF_SHOP),
    Case("POST", f"{AC}/separate", OF_SHOP),
    Case("POST", f"{AC}/rejoin", OF_SHOP),
    Case("GET", f"{AC}/suggestions", OF_SHOP),
    Case("GET", f"{AC}/canned", OF_SHOP),
    Case("POST", f"{AC}/tickets", OF_SHOP, json={"client_id": "t", "topic": "other"}),
    Case("GET", AT, OF_SHOP),
    Case("GET", f"{AT}/mails", OF_SHOP),
    Case("GET", f"{AT}/mails/{{mail_id}}", OF_SHOP),
    Case("POST", f"{AT}/assign", OF_SHOP, json={}),
    Case("POST", f"{AT}/notes", OF_SHOP, json={"text": "x"}),
    Case("POST", f"{AT}/reply", OF_SHOP, json={"client_id": "r", "text": "x"}),
    Case("POST", f"{AT}/attachments", OF_SHOP, file=True),
    Case("POST", f"{AT}/merge", OF_SHOP, json={"into": "JW-K37-W9F2"}),
    Case("POST", f"{AT}/split", OF_SHOP),
    Case("POST", f"{AT}/snooze", OF_SHOP, json={"until": None}),
    Case("POST", f"{AT}/state", OF_SHOP, json={"state": "open"}),
    Case("GET", "/desk", AGENTS),
    Case("GET", "/desk/tickets", AGENTS),
    Case("GET", "/desk/conversations/{conversation_id}/transcript.pdf", OF_SHOP),
    Case("GET", "/desk/tickets/{reference}/transcript.pdf", OF_SHOP),
    Case("GET", "/desk/search", AGENTS, query={"q": "hedgehog"}),
    Case("GET", "/desk/agents", LEADS),
    Case("POST", "/desk/agents", OWNER, form={"login": "matrix-new", "name": "N"}),
    Case("POST", "/desk/agents/{agent_id}", OWNER, form={"do": "sign_out"}),
    Case("GET", "/desk/figures", LEADS),
    Case("GET", "/desk/figures/{name}.csv", LEADS, query={"lang": "en"}, name="unknown"),
    Case("GET", "/desk/figures/{name}.csv", OWNER, query={"lang": "en"}, name="tickets"),
    Case("GET", "/desk/learning", LEADS),
    Case("GET", "/desk/learning/groups/{group_id}", LEADS_OF_SHOP),
    Case("POST", "/desk/learning/groups/{group_id}", OWNER, form={"do": "ignored"}),
    Case("GET", "/desk/learning/changes/{mark_id}", LEADS_OF_SHOP),
    Case("GET", "/desk/learning/changes/{mark_id}.patch", LEADS_OF_SHOP),
    Case("POST", "/desk/learning/changes/{mark_id}", OWNER, form={"do": "stop"}),
    Case("GET", "/desk/shop/{shop}", LEADS_OF_SHOP),
    Case("POST", "/desk/shop/{shop}", OWNER, form={"target": "closing_days", "reset": "1"}),
    *(
        Case(method, f"/channels/{{account}}{path}", APPS_ALONE)
        for method in ("GET", "POST")
        for path in ("", "/{path:path}")
    ),
]


def routes(app):
    """Every method and path that the application serves."""
    for route in app.routes:
        contexts = getattr(route, "effective_route_contexts", None)
        for one in contexts() if contexts else (route,):
            for method in getattr(one, "methods", None) or {"GET"}:
                if method != "HEAD":  # the same as GET, without the content
                    yield method, one.path


@pytest.fixture(scope="module")
def matrix_desk(tmp_path_factory, _rasa_server, knowledge):
    """A desk that lets everybody guess at the one ticket."""
    folder = tmp_path_factory.mktemp("matrix")
    desk = Desk(folder, _rasa_server.url, knowledge, {"guesses_per_ticket": 100})
    desk.http.timeout = 180  # the pages on learning wait for a process of their own
    yield desk
    desk.stop()


@pytest.fixture(scope="module")
def people(matrix_desk):
    """The agents, hired once: ids by who they are."""
    hire = matrix_desk.services.agents.add
    now = matrix_desk.services.clock()
    staff = {
        "elsewhere": NewAgent("matrix-1", "E", shops=("digikala",)),
        "lead_elsewhere": NewAgent("matrix-2", "F", Role.LEAD, shops=("digikala",)),
        "agent": NewAgent("matrix-3", "A", shops=("souq",)),
        "lead": NewAgent("matrix-4", "L", Role.LEAD, shops=("souq",)),
        "owner": NewAgent("matrix-5", "O", Role.OWNER),
        "bystander": NewAgent("matrix", "B"),
    }
    found = {who: hire(new, PASSWORD, now=now).id for who, new in staff.items()}
    for id in found.values():
        matrix_desk.services.agents.be(id, Presence.ONLINE, now=now)
    return found


def mail_of(desk, reference):
    """A mail that went to this ticket; its id."""
    mails, now = desk.services.mails, desk.services.clock()
    raw = f"Subject: {MARK}\r\n\r\nhedgehog".encode()
    mails.keep(NewMail("souq", "help@souq.example", reference, "s@example.com", raw), now=now)
    (mail,) = mails.take(now=now, lease=timedelta(minutes=1), limit=1)
    mails.end(mail, Fate.FOLLOW_UP, reference=reference)
    return mail.id


class Stage:
    """A conversation of one shopper with files, a ticket and a note in it, and everybody with their tokens."""

    def __init__(self, desk, people):
        self.desk, self.people = desk, people
        chat = desk.begin("souq", lang="en")
        image = desk.http.post(
            f"{chat.path}/attachments",
            files={"file": (f"{MARK}.png", pictures.photo("PNG"), "image/png")},
            headers=chat.headers,
        ).json()["id"]
        chat.ask(f"hedgehog {MARK} for a person please", attachments=[image])
        ticket = chat.open_ticket(topic="other", phone="0501234567", message=f"hedgehog {MARK}")
        assert ticket.status_code == 201, ticket.text
        self.bearer = {"shopper": chat.opened["token"], "other": desk.begin().opened["token"]}
        self.chat = chat
        for who in AGENTS:
            self.sign_in(who)
        claimed = desk.http.post(
            f"{A}/conversations/{chat.id}/claim", headers=self.headers("agent")
        )
        assert claimed.status_code == 200, claimed.text
        said = chat.messages()
        self.vote_down()
        missed = desk.services.missed.missed(since=desk.services.clock() - timedelta(days=1))
        (file,) = next(m["attachments"] for m in said if m["attachments"])
        self.values = {
            "conversation_id": chat.id,
            "message_id": next(m["id"] for m in said if m["author"] == "bot"),
            "reference": ticket.json()["reference"],
            "shop": "souq",
            "agent_id": people["bystander"],
            "group_id": missed[0].message_id,  # the first of the messages with these words
            "mark_id": self.mark(missed[-1].message_id),
            "mail_id": mail_of(desk, ticket.json()["reference"]),
            "signed": file["url"].rsplit("/", 1)[1],
            "account": "shop-telegram",
            "path": "secret",
        }

    def vote_down(self):
        """The shopper did not like the answers, so that there is something to learn."""
        for said in self.chat.messages():
            if said["author"] == "bot":
                voted = self.desk.http.post(
                    f"{self.chat.path}/messages/{said['id']}/feedback",
                    json={"value": "down"},
                    headers=self.chat.headers,
                )
                assert voted.is_success, voted.text

    def mark(self, message_id):
        """A decision that the message belongs to a question."""
        services = self.desk.services
        owner = services.agents.get(self.people["owner"])
        ids = (message_id,)
        made = NewMark(MarkKind.QUESTION, ids, ("souq",), ids, "returns_how")
        return services.marks.add(made, by=owner, now=services.clock()).id

    def sign_in(self, who):
        services = self.desk.services
        self.bearer[who] = services.agents.open_session(
            self.people[who], now=services.clock(), lifetime=timedelta(hours=1)
        )

    def headers(self, who):
        token = self.bearer.get(who)
        return {"Authorization": f"Bearer {token}"} if token else {}

    def try_(self, case, who):
        """The status and the text that this one gets; of an event stream the status alone."""
        path = case.path.replace(":path", "").format(**self.values, name=case.name)
        content = {"params": case.query, "headers": self.headers(who)}
        if case.file:
            content["files"] = {"file": ("a.png", pictures.photo("PNG"), "image/png")}
        elif case.form is not None:
            token = form_token(self.bearer.get(who, ""))
            content["data"] = {"form_token": token, **case.form}
        elif case.method in ("POST", "PUT"):
            content["json"] = case.json or {}
        if case.json and "client_id" in case.json:
            content["json"] = {**case.json, "client_id": f"{case.json['client_id']}-{who}"}
        with self.desk.http.stream(case.method, path, **content) as response:
            streams = response.headers.get("content-type", "").startswith("text/event-stream")
            text = "" if streams else response.read().decode(errors="replace")
            return response, text


def is_in(response):
    """Whether the request came past the gate; what it then meets there is not the matter here."""
    if response.is_redirect and "/sign-in" in response.headers["location"]:
        return False
    return response.status_code not in (401, 403, 404)


@pytest.fixture
def stage(matrix_desk, rasa, people):
    call_a_person(rasa)
    return Stage(matrix_desk, people)


def test_every_route_says_who_may_use_it(matrix_desk):
    told = {(case.method, case.path) for case in CASES}
    assert set(routes(matrix_desk.app)) == told


@pytest.mark.parametrize("case", CASES, ids=str)
def test_only_those_get_in_who_may(stage, case):
    shut_out = sorted(EVERYBODY - case.who)
    for who in (*shut_out, *sorted(case.who)):
        response, text = stage.try_(case, who)
        assert response.status_code < 500, f"{who}: {text}"
        assert is_in(response) is (who in case.who), f"{who}: {response.status_code} {text[:200]}"
        if who not in case.sees:
            assert MARK not in text, f"{who} reads another's words"
