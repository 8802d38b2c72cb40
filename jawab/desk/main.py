"""The desk as a process: `python -m jawab.desk.main`, or `uvicorn --ws none --no-proxy-headers --factory jawab.desk.main:app`."""

import sys

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
    uvicorn.run(
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


def _remedy(problem: ErrorDetails) -> str:
    name = f"JAWAB_{problem['loc'][0]}".upper() if problem["loc"] else "settings"
    return f"{name}: {problem['msg']}; set it in the environment or in .env"


if __name__ == "__main__":
    main()
