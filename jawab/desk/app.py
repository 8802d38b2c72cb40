"""The desk's composition root: settings in, application out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timezone

import structlog
from fastapi import FastAPI

from jawab import knowledge as knowledge_package
from jawab.desk import api, errors, events, health, pages
from jawab.desk.edge import Edge
from jawab.desk.hub import InProcessHub
from jawab.desk.logs import quiet_loop
from jawab.desk.rasa import Rasa, client
from jawab.desk.secret import secret_from
from jawab.desk.services import Services
from jawab.desk.threads import in_thread
from jawab.desk.tokens import Tokens
from jawab.desk.turns import Turns
from jawab.desk.words import Words
from jawab.desk.worker import Worker
from jawab.knowledge import Knowledge
from jawab.settings import Settings
from jawab.support.conversation import Conversation
from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade
from jawab.support.store import Store
from jawab.support.turn import RetryPolicy

log = structlog.get_logger()

SECRET_FILE = "secret.key"  # noqa: S105 a file's name


def utc_now() -> datetime:
    """The clock of a running desk."""
    return datetime.now(timezone.utc)


def build_app(
    settings: Settings,
    *,
    knowledge: Knowledge | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> FastAPI:
    """Build the desk. The database is migrated and the worker started when the application starts."""
    services = _services(settings, knowledge or knowledge_package.load(settings.root), clock)
    app = FastAPI(
        title="Jawab",
        description="Conversations of a shop's customers with its assistant.",
        version="1",
        docs_url=None,  # Its page would load scripts from elsewhere.
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.services = services
    errors.install(app)
    app.add_middleware(Edge, max_body_bytes=settings.max_body_bytes)
    for module in (api, events, health, pages):
        app.include_router(module.router)
    pages.mount_static(app)
    return app


def _services(settings: Settings, knowledge: Knowledge, clock: Callable[[], datetime]) -> Services:
    words = Words(knowledge, clock)
    database = Database(connect(settings.database_url, patience=settings.database_patience))
    store, hub, http = Store(database), InProcessHub(), client()
    rasa = Rasa(
        http,
        settings.rasa_url,
        token=settings.rasa_token.get_secret_value() if settings.rasa_token else None,
        timeout=settings.rasa_timeout,
    )

    def apology(conversation: Conversation) -> str:
        return words.say("rasa_away", lang=conversation.lang, shop=conversation.shop)

    turns = Turns(
        store,
        rasa,
        hub,
        policy=RetryPolicy(
            settings.attempts, settings.first_delay, settings.delay_factor, settings.give_up_after
        ),
        apology=apology,
        clock=clock,
        parallel=settings.parallel_turns,
    )
    worker = Worker(
        store,
        turns,
        trouble=rasa.trouble,
        resume_patience=settings.resume_patience,
        grace=settings.shutdown_grace,
    )
    secret = (
        settings.secret_key.get_secret_value()
        if settings.secret_key
        else secret_from(settings.var / SECRET_FILE)
    )
    tokens = Tokens(secret, lifetime=settings.token_lifetime, clock=clock)
    return Services(
        settings, knowledge, words, database, store, hub, tokens, http, rasa, worker, clock
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    quiet_loop(asyncio.get_running_loop())
    await in_thread(upgrade, services.database)
    services.worker.start()
    log.info("desk.started")
    try:
        yield
    finally:
        await services.worker.stop()
        await services.http.aclose()
        services.database.close()
        log.info("desk.stopped")
