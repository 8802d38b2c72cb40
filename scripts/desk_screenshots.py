"""Takes the pictures of the desk's pages: starts a desk of its own, fills it as `jawab demo-data` does, needs no other process."""

from __future__ import annotations

import asyncio
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvicorn

from jawab import knowledge as knowledge_package
from jawab.demo import play, story
from jawab.desk.app import build_app
from jawab.desk.logs import configure
from jawab.desk.services import Services
from jawab.settings import PROJECT, Settings
from jawab.support.conversations.message import Author
from jawab.support.handovers.handover import Handover

# Saturday, when the live chats of both demo shops are open.
NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
PATIENT = timedelta(days=1)
SILENCE = timedelta(minutes=15)
AGENTS = {"fa": "returns", "ar": "orders", "en": "evening"}
SHOPS = {"fa": "digikala", "ar": "souq", "en": "souq"}
SOUGHT = {"fa": "سفارش", "ar": "الطلب", "en": "order"}
# A ticket with a photo, notes and answers: the first of this topic in the language.
TICKETS = {"fa": "payment", "ar": "payment", "en": "delivery"}


@dataclass(frozen=True)
class DemoDesk:
    """A running desk full of stories, and the agents' password."""

    address: str
    services: Services
    password: str


@contextmanager
def demo_desk() -> Iterator[DemoDesk]:
    """Run one; to be started before Playwright, which has a loop of its own."""
    configure(level="WARNING", form="text")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None,
            var=Path(folder),
            port=_free_port(),
            handover_limit=PATIENT,
            agent_silence=SILENCE,
            agent_absence=PATIENT,
        )
        knowledge = knowledge_package.load(PROJECT)
        played = asyncio.run(play.play(settings, knowledge, story.load(PROJECT), now=NOW, seed=1))
        began = datetime.now(timezone.utc)
        app = build_app(
            settings,
            knowledge=knowledge,
            clock=lambda: NOW + (datetime.now(timezone.utc) - began),
        )
        server = uvicorn.Server(
            uvicorn.Config(app, port=settings.port, ws="none", log_config=None, access_log=False)
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.05)
        try:
            yield DemoDesk(f"http://127.0.0.1:{settings.port}", app.state.services, played.password)
        finally:
            server.should_exit = True
            thread.join()


def take_all(
    browser: Any, desk: DemoDesk, sizes: dict[str, dict[str, int]], keep: Callable[[Any, str], None]
) -> None:
    """Let one picture a page, language and size be kept under its name."""
    for lang in AGENTS:
        for size, viewport in sizes.items():
            context = browser.new_context(viewport=viewport, locale=lang, reduced_motion="reduce")
            page = context.new_page()
            for name in _pages(page, desk, lang):
                keep(page, f"desk-{name}-{lang}-{size}")
            context.close()


def _pages(page: Any, desk: DemoDesk, lang: str) -> Iterator[str]:
    """Go to one page after the other; the name of each as soon as it stands."""
    at, services = f"{desk.address}/desk", desk.services
    page.goto(f"{at}/sign-in?lang={lang}")
    yield "sign-in"
    _sign_in(page, AGENTS[lang], desk.password)
    yield from _workplace(page, at, services, lang)
    page.goto(f"{at}/tickets?lang={lang}&state=all")
    yield "tickets"
    page.goto(f"{at}?lang={lang}#ticket={_ticket(services, lang)}")
    page.locator(".ticket .file img").first.wait_for()
    yield "ticket"
    page.goto(f"{at}/search?lang={lang}&q={quote(SOUGHT[lang])}")
    yield "search"
    page.goto(f"{at}?lang={lang}")
    page.locator("#sign-out").click()
    page.wait_for_url("**/sign-in*")
    _sign_in(page, "owner", desk.password)
    page.goto(f"{at}/figures?lang={lang}")
    yield "figures"
    page.goto(f"{at}/shop/{SHOPS[lang]}?lang={lang}")
    yield "shop"


def _workplace(page: Any, at: str, services: Services, lang: str) -> Iterator[str]:
    """The conversation of one who waited; the first time, the agent takes it."""
    agent = services.agents.named(AGENTS[lang])
    calls = {
        one.id: one
        for one in (*services.handovers.waiting(), *services.handovers.held_by(agent.id))
    }
    one = next(
        each
        for id, each in sorted(calls.items(), reverse=True)
        if each.lang.value == lang and _asked(services, each)
    )
    page.goto(f"{at}?lang={lang}#conversation={one.conversation_id}")
    page.locator(".talk .transcript li").last.wait_for()
    if one.agent_id is None:
        page.locator(".actions [data-way=take]").click()
    page.locator(".suggestion").first.wait_for()
    page.locator("#mine .entry").first.wait_for(state="attached")
    yield "workplace"


def _asked(services: Services, handover: Handover) -> bool:
    """Whether the shopper's last words were put to the assistant, whose suggestions then need no Rasa."""
    said = services.store.last_words(handover.conversation_id, Author.SHOPPER)
    return said is not None and services.store.turn(said.id) is not None


def _ticket(services: Services, lang: str) -> str:
    """A ticket with a photo, in this language."""
    return next(
        one.reference
        for one in services.tickets.search(limit=200)
        if (one.lang.value, one.topic) == (lang, TICKETS[lang]) and one.attachments
    )


def _sign_in(page: Any, login: str, password: str) -> None:
    page.locator("#login").fill(login)
    page.locator("#password").fill(password)
    page.locator("#sign-in button").click()
    page.locator("#desk").wait_for()
    page.locator("#tickets .entry").first.wait_for(state="attached")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
