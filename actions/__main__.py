"""`python -m actions`: the rasa-sdk server on loopback, with its logs guarded."""

from __future__ import annotations

import os
import sys

from jawab import log_privacy


def main() -> None:
    """Serve this package's actions; `--port` and the other arguments are rasa-sdk's own."""
    log_privacy.guard()
    os.environ.setdefault("SANIC_HOST", "127.0.0.1")
    from rasa_sdk.__main__ import main as serve

    from actions import correlation

    correlation.install()
    # Knowledge is read before the port opens, so that a wrong file stops the start and not the first answer.
    from actions.services import services

    services()
    sys.argv = ["rasa_sdk", "--actions", "actions", *sys.argv[1:]]
    serve()


if __name__ == "__main__":
    main()
