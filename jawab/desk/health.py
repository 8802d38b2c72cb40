"""Whether the desk lives, and whether everything it needs is there."""

import asyncio
from collections.abc import Awaitable, Callable

import anyio
import httpx
from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from jawab.desk.services import Desk, Services
from jawab.desk.threads import on_watch
from jawab.support.database import Database
from jawab.support.migrate import is_current

DATABASE, RASA, ACTIONS, NEWS = "database", "rasa", "actions", "redis"
_LOOK_SECONDS = 3.0
# SQLite writes each change twice before it is in its place.
_ROOM_BYTES = 4_000_000

router = APIRouter(tags=["health"])


class Live(BaseModel):
    """The process serves requests."""

    status: str = "ok"


class Readiness(BaseModel):
    """Whether shoppers get answers; `missing` names the parts that do not serve, and why, `degraded` those without which
    all goes on, only slower.
    """

    ready: bool
    missing: dict[str, str]
    degraded: dict[str, str] = {}


@router.get("/healthz")
async def live() -> Live:
    """The process serves requests."""
    return Live()


@router.get("/readyz", responses={503: {"model": Readiness}})
async def ready(desk: Desk, response: Response) -> Readiness:
    """Ready when the database, Rasa with a model, and the action server all answer."""
    missing = await missing_parts(desk)
    response.status_code = 503 if missing else 200
    trouble = await desk.hub.trouble()  # without it live news comes by looking into the database
    degraded = {NEWS: trouble} if trouble else {}
    return Readiness(ready=not missing, missing=missing, degraded=degraded)


async def missing_parts(desk: Services) -> dict[str, str]:
    """The parts that do not serve, with the reason; all are asked at the same time."""
    checks: dict[str, Callable[[], Awaitable[str | None]]] = {
        DATABASE: lambda: _database_trouble(desk),
        RASA: desk.rasa.trouble,
        ACTIONS: lambda: _actions_trouble(desk),
    }
    found = await asyncio.gather(*(check() for check in checks.values()))
    return {part: trouble for part, trouble in zip(checks, found, strict=True) if trouble}


async def _database_trouble(desk: Services) -> str | None:
    try:
        with anyio.fail_after(_LOOK_SECONDS):
            return await on_watch(_trouble_with, desk.database)
    except TimeoutError:
        return "timeout"
    except SQLAlchemyError as error:
        return type(error).__name__


def _trouble_with(database: Database) -> str | None:
    """What is the matter with the tables or the room for them; fails where one cannot read, or not begin to write."""
    if not is_current(database):
        return "not_migrated"
    room = database.room()
    if room is not None and room < _ROOM_BYTES:
        return "disk_full"
    with database.writing():
        return None


async def _actions_trouble(desk: Services) -> str | None:
    url = f"{desk.settings.actions_url.rstrip('/')}/health"
    try:
        response = await desk.http.get(url, timeout=_LOOK_SECONDS)
    except httpx.TimeoutException:
        return "timeout"
    except httpx.HTTPError:
        return "not_reached"
    return None if response.status_code == httpx.codes.OK else f"status_{response.status_code}"
