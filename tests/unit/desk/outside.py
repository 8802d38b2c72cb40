"""What stands outside the desk, on loopback: a real SMTP server, and a receiver of webhooks."""

import asyncio
import socket
import threading
from collections import deque
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


class Mailbox:
    """A mail server's handler; `then(...)` lines up what it says to the next mails, as "451 later"."""

    def __init__(self):
        self.mails = []
        self.raw = []
        self.attempts = 0
        self.recipients_refused = None
        self._next = deque()

    def then(self, *answers):
        self._next.extend(answers)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.recipients_refused:
            self.attempts += 1
            return self.recipients_refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.attempts += 1
        answer = self._next.popleft() if self._next else "250 OK"
        if answer.startswith("2"):
            self.raw.append(envelope)
            self.mails.append(message_from_bytes(envelope.content, policy=default))
        return answer


class MailServer:
    """aiosmtpd on a free port, in a thread."""

    def __init__(self, **options):
        self.box = Mailbox()
        with (
            socket.socket() as free
        ):  # the controller calls its own server, so it must know the port
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._controller = Controller(self.box, hostname="127.0.0.1", port=self.port, **options)

    def __enter__(self):
        self._controller.start()
        self.url = f"smtp://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_):
        self._controller.stop()


class Receiver:
    """A web server that takes webhooks; `then(...)` lines up its answers: statuses, or an Event to wait for."""

    def __init__(self):
        self.got = []
        self.stray = []
        self._next = deque()
        self.app = Starlette(
            routes=[
                Route("/hook", self._hook, methods=["POST"]),
                Route("/elsewhere", self._elsewhere, methods=["GET", "POST"]),
            ]
        )

    def then(self, *answers):
        self._next.extend(answers)

    def events(self):
        return [request["headers"]["jawab-event"] for request in self.got]

    async def _hook(self, request):
        self.got.append({"headers": dict(request.headers), "body": await request.body()})
        answer = self._next.popleft() if self._next else 204
        if isinstance(answer, threading.Event):
            while not answer.is_set():
                await asyncio.sleep(0.005)
            answer = 204
        headers = {"Location": "/elsewhere"} if 300 <= answer < 400 else {}
        return PlainTextResponse("", answer, headers=headers)

    async def _elsewhere(self, request):
        self.stray.append(request.method)
        return PlainTextResponse("")
