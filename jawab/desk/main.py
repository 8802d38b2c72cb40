"""The desk as a process: `python -m jawab.desk.main`, or `uvicorn --ws none --no-proxy-headers --factory jawab.desk.main:app`."""

import gc
import sys
from contextlib import suppress
from socket import socket

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jawab.channels.contract import ChannelError
from jawab.desk.app import build_app
from jawab.desk.failures import DeskError
from jawab.desk.logs import configure
from jawab.knowledge import KnowledgeError
from jawab.settings import Settings

_NOT_STARTED = 3  # as uvicorn.run says it
_NEW_OBJECTS = 10_000


def app() -> FastAPI:
    """The application, by the settings of the environment."""
    settings = Settings()
    configure(level=settings.log_level, form=settings.log_format)
    return build_app(settings)


def main() -> None:
    """Serve until a signal ends it; what the owner has to mend is said in plain words."""
    try:
        settings = Settings()
        configure(level=settings.log_level, form=settings.log_format)
        application = build_app(settings)
    except ValidationError as error:
        sys.exit("\n".join(map(_remedy, error.errors(include_url=False, include_input=False))))
    except (DeskError, ChannelError, KnowledgeError) as error:
        sys.exit(str(error))
    config = uvicorn.Config(
        application,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the application knows which proxies to believe
        ws="none",  # no websockets here, and the pinned library is too old for uvicorn
        timeout_graceful_shutdown=int(settings.shutdown_grace.total_seconds()) + 5,
    )
    server = _Server(config)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(_NOT_STARTED)


class _Server(uvicorn.Server):
    """uvicorn's server in a process of its own."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Start, and let the garbage collector leave alone what has come up."""
        await super().startup(sockets=sockets)
        settle_memory()


def settle_memory() -> None:
    """Take what is there out of the garbage collector's sight, and have it look less often at what comes.

    Knowledge, words and code stay for as long as the process lives; walking through them again and again took a
    sixth of the processor's time under load.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])


def _remedy(problem: ErrorDetails) -> str:
    name = f"JAWAB_{problem['loc'][0]}".upper() if problem["loc"] else "settings"
    return f"{name}: {problem['msg']}; set it in the environment or in .env"


if __name__ == "__main__":
    main()
