"""`python -m jawab.nlu.server …`: `rasa run …` on loopback, with its logs guarded and its token out of sight.

Arguments go to `rasa run` as they are. The token of Rasa's HTTP API comes from the environment (JAWAB_RASA_TOKEN), so
that it stands in no process list.
"""

from __future__ import annotations

import os
import sys

from jawab import log_privacy

# One row is too little work for a second thread: it would spin, waiting, on a core that another conversation needs.
_THREADS_OF_LIBRARIES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Run Rasa's own command line."""
    log_privacy.guard()
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    for name in _THREADS_OF_LIBRARIES:
        os.environ.setdefault(name, "1")
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
