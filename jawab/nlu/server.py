"""`python -m jawab.nlu.server …`: `rasa run …` on loopback, with its logs guarded and its token out of sight.

Arguments go to `rasa run` as they are. The token of Rasa's HTTP API comes from the environment (JAWAB_RASA_TOKEN), so
that it stands in no process list.
"""

from __future__ import annotations

import os
import sys

from jawab import log_privacy


def main() -> None:
    """Run Rasa's own command line."""
    log_privacy.guard()
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    arguments = ["rasa", "run", "--interface", "127.0.0.1", *sys.argv[1:]]
    if token := os.environ.get("JAWAB_RASA_TOKEN"):
        arguments += ["--enable-api", "--auth-token", token]
    sys.argv = arguments
    from jawab.nlu import rasa_speedups

    rasa_speedups.apply()
    from rasa.__main__ import main as rasa

    rasa()


if __name__ == "__main__":
    main()
