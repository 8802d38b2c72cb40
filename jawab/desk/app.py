"""The desk's composition root: settings in, application out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timezone

import structlog
from fastapi import FastAPI
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from jawab import knowledge as knowledge_package
from jawab.desk import (
    api,
    demo,
    errors,
    events,
    faq,
    feedback,
    health,
    metrics,
    pages,
    satisfaction,
    shops,
    tickets,
    uploads,
    widget,
)
from jawab.desk.agents.routes import ROUTERS as AGENTS_ROUTERS
from jawab.desk.apps import routes as apps_routes
from jawab.desk.assembly import assembled
from jawab.desk.compression import Compression
from jawab.desk.cors import ForeignPages
from jawab.desk.edge import Edge
from jawab.desk.logs import quiet_loop
from jawab.desk.owner.routes import ROUTERS as OWNERS_ROUTERS
from jawab.desk.schemas import ErrorOut
from jawab.desk.services import Services
from jawab.desk.threads import in_thread
from jawab.desk.turnstile import Turnstile
from jawab.knowledge import Knowledge
from jawab.settings import Settings
from jawab.support.migrate import upgrade
from jawab.text import extract
from jawab.text.language import Lang

log = structlog.get_logger()


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
    services = assembled(settings, knowledge or knowledge_package.load(settings.root), clock)
    app = FastAPI(
        title="Jawab",
        description="Conversations of a shop's customers with its assistant.",
        version="1",
        docs_url=None,  # Its page would load scripts from elsewhere.
        redoc_url=None,
        lifespan=_lifespan,
        responses={status: {"model": ErrorOut} for status in (413, 422, 429, 503)},
    )
    app.state.services = services
    errors.install(app)
    app.add_middleware(Compression)
    app.add_middleware(Turnstile, gate=services.gate)
    app.add_middleware(
        Edge,
        max_body_bytes=settings.max_body_bytes,
        max_upload_bytes=uploads.most_bytes(settings),
        measures=services.measures,
    )
    if settings.allowed_origins:
        app.add_middleware(ForeignPages, origins=settings.allowed_origins)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    public = (
        api,
        events,
        uploads,
        feedback,
        satisfaction,
        tickets,
        shops,
        health,
        metrics,
        faq,
        demo,
        pages,
        apps_routes,
    )
    for router in (*(module.router for module in public), *AGENTS_ROUTERS, *OWNERS_ROUTERS):
        app.include_router(router)
    app.include_router(widget.router(settings.root))
    pages.mount_static(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    quiet_loop(asyncio.get_running_loop())
    await in_thread(upgrade, services.database)
    await in_thread(services.files.sweep)
    # Reads the matchers before an agent waits for a conversation: a second's work that would hold everybody up.
    await in_thread(extract, "12345678", lang=Lang.EN)
    services.hub.start()
    await services.lookout.start()
    await services.trials.start()
    services.worker.start()
    services.watchdog.start()
    services.alarm.start()
    services.courier.start()
    services.channels.start()
    await services.mail.start()
    services.sweeper.start()
    log.info("desk.started")
    try:
        yield
    finally:
        await services.sweeper.stop()
        await services.channels.stop()
        await services.mail.stop()
        await services.sole.give_back()
        await services.trials.stop()
        await services.watchdog.stop()
        await services.alarm.stop()
        await services.lookout.stop()
        await services.worker.stop()
        services.typing.stop()
        services.shoppers_typing.stop()
        await services.courier.stop()
        await services.hub.stop()
        await services.rasa.close()
        await services.http.aclose()
        services.gate.rates.close()
        services.trackers.close()
        services.database.close()
        log.info("desk.stopped")
