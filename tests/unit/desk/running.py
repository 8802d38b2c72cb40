"""Real servers in threads, and the desk as a client meets it."""

import json
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import httpx
import uvicorn

from jawab.desk.app import build_app, utc_now
from jawab.settings import Settings

PATIENCE = 15.0
# All tests come from one address, and write as fast as the machine lets them.
UNLIMITED = {
    name: "1000000/minute"
    for name in (
        "requests_per_address",
        "conversations_per_address",
        "sign_ins_per_address",
        "requests_per_conversation",
        "messages_per_shop",
    )
}


def eventually(check, *, within=PATIENCE):
    """Return the first true value of `check()`, or fail."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(0.01)
    raise AssertionError(f"did not come true within {within} s: {check}")


class Running:
    """A uvicorn server on this or a free port, in a thread of its own."""

    def __init__(self, app, port=0):
        config = uvicorn.Config(
            app,
            port=port,
            ws="none",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self.url = ""

    def __enter__(self):
        self._thread.start()
        eventually(lambda: self._server.started or not self._thread.is_alive())
        host, port = self._server.servers[0].sockets[0].getsockname()[:2]
        self.url = f"http://{host}:{port}"
        return self

    def __exit__(self, *_):
        self._server.should_exit = True
        self._thread.join(PATIENCE)


class Desk:
    """A desk that runs, with a client's verbs."""

    def __init__(self, var, rasa_url, knowledge, settings):
        clock = settings.pop("clock", None)
        # By the real time the live chat may be closed just now: nobody who waits is sent away in the middle of a test.
        unwatched = {"watch_interval": timedelta(hours=1)} if clock is None else {}
        values = {
            "rasa_url": rasa_url,
            "actions_url": rasa_url,
            "rasa_token": "inside",
            "first_delay": timedelta(milliseconds=20),
            "rasa_timeout": timedelta(seconds=5),
            "shutdown_grace": timedelta(seconds=2),
            "secret_key": "k" * 40,
            **UNLIMITED,
            **unwatched,
            **settings,
        }
        self.settings = Settings(_env_file=None, var=var, **values)
        self.app = build_app(self.settings, knowledge=knowledge, clock=clock or utc_now)
        self.services = self.app.state.services
        self.store = self.services.store
        self._running = Running(self.app)
        self._running.__enter__()
        self.url = self._running.url
        self.http = httpx.Client(base_url=self.url, timeout=PATIENCE, trust_env=False)

    def stop(self):
        """End the server; the database stays."""
        self.http.close()
        self._running.__exit__()

    def begin(self, shop="digikala", **more):
        """A new conversation."""
        response = self.http.post("/api/v1/conversations", json={"shop": shop, **more})
        assert response.status_code == 201, response.text
        return Chat(self, response.json())


class Chat:
    """One shopper's side of a conversation."""

    def __init__(self, desk, opened):
        self.desk = desk
        self.opened = opened
        self.id = opened["id"]
        self.headers = {"Authorization": f"Bearer {opened['token']}"}
        self.path = f"/api/v1/conversations/{self.id}"
        self._sent = 0

    def at(self, desk):
        """The same conversation at another desk."""
        return Chat(desk, self.opened)

    def send(self, text=None, *, client_id=None, wait=False, **content):
        """POST one message; returns the response."""
        self._sent += 1
        body = {"client_id": client_id or f"c{self._sent}-{time.monotonic_ns()}", **content}
        if text is not None:
            body["text"] = text
        return self.desk.http.post(
            f"{self.path}/messages",
            params={"wait": "true"} if wait else {},
            content=json.dumps(body),
            headers={**self.headers, "Content-Type": "application/json"},
        )

    def ask(self, text=None, **content):
        """Send and wait; returns the replies."""
        response = self.send(text, wait=True, **content)
        assert response.status_code == 200, response.text
        return response.json()["replies"]

    def open_ticket(self, **form):
        """Fill in a ticket form; returns the response."""
        self._sent += 1
        body = {
            "client_id": f"t{self._sent}-{time.monotonic_ns()}",
            "topic": "delivery",
            "name": "سارا احمدی",
            "phone": "۰۹۱۲۱۲۳۴۵۶۷",
            "message": "سفارشم نرسیده",
            **form,
        }
        return self.desk.http.post(f"{self.path}/tickets", json=body, headers=self.headers)

    def messages(self, after=None):
        """The transcript."""
        response = self.desk.http.get(
            f"{self.path}/messages",
            params={"after": after} if after else {},
            headers=self.headers,
        )
        assert response.status_code == 200, response.text
        return response.json()["messages"]

    def said(self, author):
        """The texts of one author, in order."""
        return [m["text"] for m in self.messages() if m["author"] == author]

    @contextmanager
    def events(self, last_event_id=None):
        """The open event stream, as an iterator of (event, data, id)."""
        headers = dict(self.headers)
        if last_event_id:
            headers["Last-Event-ID"] = last_event_id
        with self.desk.http.stream("GET", f"{self.path}/events", headers=headers) as response:
            assert response.status_code == 200, response.read()
            yield _events(response.iter_lines())


def _events(lines):
    event = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            event[name] = value
        elif "event" in event:
            yield event["event"], json.loads(event["data"]), event.get("id")
            event = {}
        else:
            event = {}
