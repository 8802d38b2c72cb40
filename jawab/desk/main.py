"""The desk as a process: `python -m jawab.desk.main`, or `uvicorn --ws none --factory jawab.desk.main:app`."""

import sys

import uvicorn
from fastapi import FastAPI

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
    settings = Settings()
    configure(level=settings.log_level, form=settings.log_format)
    try:
        application = build_app(settings)
    except (DeskError, KnowledgeError) as error:
        sys.exit(str(error))
    uvicorn.run(
        application,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",  # no websockets here, and the pinned library is too old for uvicorn
        timeout_graceful_shutdown=int(settings.shutdown_grace.total_seconds()) + 5,
    )


if __name__ == "__main__":
    main()
