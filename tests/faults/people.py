"""The load: shoppers who ask, fill in forms and wait for a person, and agents; each repeats what was not accepted, as the widget does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

import httpx

from ..e2e.test_ticket_form import REFERENCE
from ..unit.desk.colleague import PASSWORD

# How long somebody goes on repeating what is not accepted.
PERSISTENCE = 240.0
QUESTIONS = {
    "digikala": (
        "چطوری کالا رو مرجوع کنم؟",
        "هزینه ارسال چقدره؟",
        "chejoori sefaresham ro peygiri konam",
        "ساعت کاری پشتیبانی",
        "what is your support phone number?",
        "سلام",
    ),
    "souq": (
        "كيف أسترد فلوسي؟",
        "متى تفتحون خدمة العملاء؟",
        "كم تكلفة الشحن؟",
        "kayf arajje3 el montaj",
        "how do I return an item",
        "شكرا",
    ),
}
# How the tickets begin that the widget's form opens.
FILED = "سفارشم نرسیده"
WISH = {"digikala": "می‌خوام با یه آدم حرف بزنم", "souq": "أريد التحدث مع موظف"}


@dataclass
class Accepted:
    """What one shopper was told to have been accepted: messages by id, in order, and tickets by reference."""

    conversation: str
    headers: dict[str, str]
    messages: list[tuple[int, str]] = field(default_factory=list)
    tickets: dict[str, str] = field(default_factory=dict)  # client_id → reference
    confirmed: int = 0  # forms of the conversation
    told: set[str] = field(default_factory=set)  # their references
    repeated: int = 0


class Door:
    """The desk as everybody meets it: one pool of connections, requests repeated until they are answered for good."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(
            base_url=url,
            timeout=60,
            trust_env=False,
            limits=httpx.Limits(max_connections=80, max_keepalive_connections=0),
        )

    def insist(self, method: str, path: str, *, on_repeat=lambda: None, **content):
        """Return the first answer that is none of a server in trouble."""
        end = time.monotonic() + PERSISTENCE
        pause = 0.1
        while True:
            try:
                answer = self.http.request(method, path, **content)
                if answer.status_code < 500:
                    return answer
                problem = f"{answer.status_code} {answer.text}"
            except httpx.HTTPError as error:
                problem = repr(error)
            assert time.monotonic() < end, f"{method} {path}: {problem}"
            on_repeat()
            time.sleep(pause)
            pause = min(2 * pause, 2.0)


class Shopper(threading.Thread):
    """One conversation. `plan` is one of ask, form (in the conversation), file (a form of the widget), call (for a person)."""

    def __init__(
        self, door: Door, plan: str, number: int, random: Random, over: Callable[[], bool]
    ) -> None:
        super().__init__(name=f"shopper {number}, {plan}", daemon=True)
        self.accepted: Accepted | None = None
        self._door = door
        self._plan = plan
        self._number = number
        self._random = random
        self._over = over
        self._sent = 0
        self.problem: BaseException | None = None

    def run(self) -> None:
        """Go on until the faults are over, and finish what was begun."""
        try:
            self._shop = self._random.choice(("digikala", "souq"))
            opened = self._door.insist("POST", "/api/v1/conversations", json={"shop": self._shop})
            assert opened.status_code == 201, opened.text
            token = opened.json()["token"]
            self.accepted = Accepted(opened.json()["id"], {"Authorization": f"Bearer {token}"})
            while not self._over():
                getattr(self, f"_{self._plan}")()
        except BaseException as problem:
            self.problem = problem

    def _path(self, end: str) -> str:
        return f"/api/v1/conversations/{self.accepted.conversation}/{end}"

    def _count_repeat(self) -> None:
        self.accepted.repeated += 1

    def say(self, text: str, *, wait: bool) -> list[dict]:
        """Send one message until it is accepted; its replies when they came in time."""
        self._sent += 1
        answer = self._door.insist(
            "POST",
            self._path("messages"),
            params={"wait": "true"} if wait else {},
            json={"client_id": f"c{self._sent}", "text": text},
            headers=self.accepted.headers,
            on_repeat=self._count_repeat,
        )
        assert answer.status_code in (200, 202), answer.text
        self.accepted.messages.append((int(answer.json()["id"]), text))
        return answer.json().get("replies", [])

    def _rest(self) -> None:
        time.sleep(self._random.uniform(0.2, 3))

    def _ask(self) -> None:
        question = self._random.choice(QUESTIONS[self._shop])
        self.say(question, wait=self._random.random() < 0.7)
        self._rest()

    def _call(self) -> None:
        self.say(WISH[self._shop], wait=True)
        for _ in range(self._random.randint(1, 3)):
            self._rest()
            self.say(f"{self._number}: {self._sent}", wait=True)
        self._ask()

    def _file(self) -> None:
        self._sent += 1
        client_id = f"t{self._sent}"
        answer = self._door.insist(
            "POST",
            self._path("tickets"),
            json={
                "client_id": client_id,
                "topic": "delivery",
                "name": "سارا احمدی",
                "email": f"sara{self._number}@example.com",
                "message": f"{FILED} {self._number}-{self._sent}",
            },
            headers=self.accepted.headers,
            on_repeat=self._count_repeat,
        )
        assert answer.status_code == 201, answer.text
        self.accepted.tickets[client_id] = answer.json()["reference"]
        self._ask()

    def _form(self) -> None:
        """Fill in the form step by step, by what the last reply asks for; without one the form is begun again."""
        complaint = f"Your packaging is far too large {self._number}-{self._sent}"
        says = {
            "topic": "Something else",
            "message": complaint,
            "order_number": "none",
            "name": "Jane Doe",
            "phone": "none",
            "email": f"jane{self._number}@example.com",
            "files": "none",
            "confirmed": "yes",
        }
        replies = self.say("open a ticket for me", wait=True)
        for _ in range(14):
            asked = next((m["form"]["field"] for m in reversed(replies) if m.get("form")), None)
            opened = REFERENCE.findall(" ".join(message["text"] for message in replies))
            self.accepted.told |= set(opened)
            if opened and asked is None:
                break
            self._rest()
            self.accepted.confirmed += asked == "confirmed"
            replies = self.say(says.get(asked, "open a ticket for me"), wait=True)


class Agent(threading.Thread):
    """Takes whoever waits, says something, and gives them back to the bot or closes."""

    def __init__(self, door: Door, login: str, random: Random, over: Callable[[], bool]) -> None:
        super().__init__(name=f"agent {login}", daemon=True)
        self.said: list[tuple[str, str]] = []
        self.problem: BaseException | None = None
        self._door = door
        self._login = login
        self._random = random
        self._over = over

    def run(self) -> None:
        """Work until the faults are over and nobody is left."""
        try:
            body = {"login": self._login, "password": PASSWORD}
            signed = self._door.insist("POST", "/api/v1/agent/session", json=body)
            assert signed.status_code == 201, signed.text
            self._headers = {"Authorization": f"Bearer {signed.json()['token']}"}
            while True:
                assert self._call("PUT", "presence", json={"presence": "online"}).is_success
                found = self._call("GET", "queues").json()
                if not found["mine"] and not found["waiting"]:
                    if self._over():
                        return
                    time.sleep(0.5)
                for one in found["mine"]:
                    self._serve(one["conversation_id"])
                for one in found["waiting"][:1]:
                    claimed = self._call("POST", f"conversations/{one['conversation_id']}/claim")
                    assert claimed.status_code in (200, 409), claimed.text
        except BaseException as problem:
            self.problem = problem

    def _call(self, method: str, path: str, **content):
        return self._door.insist(method, f"/api/v1/agent/{path}", headers=self._headers, **content)

    def _serve(self, conversation: str) -> None:
        for _ in range(self._random.randint(1, 2)):
            text = f"{self._login} {len(self.said)}"
            body = {"client_id": f"{self._login}-{len(self.said)}", "text": text}
            answer = self._call("POST", f"conversations/{conversation}/messages", json=body)
            if answer.status_code in (403, 409):  # it was taken away meanwhile
                return
            assert answer.status_code in (200, 201), answer.text
            self.said.append((conversation, text))
            time.sleep(self._random.uniform(0.2, 1))
        end = self._random.choice(("return", "close"))
        answer = self._call("POST", f"conversations/{conversation}/{end}")
        # When the first answer was lost, the second says that it is over already.
        assert answer.status_code in (200, 403, 409), answer.text


def see_off(people: Sequence[Shopper | Agent]) -> None:
    """Wait until all have finished what they began; raise what went wrong for one of them."""
    for one in people:
        one.join(PERSISTENCE)
        if one.problem is not None:
            raise AssertionError(one.name) from one.problem
        assert not one.is_alive(), one.name
