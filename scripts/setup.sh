#!/usr/bin/env bash
# Makes .venv from the lock files: finds Python 3.10 (on PATH or under pyenv), finds or bootstraps uv, installs.
# usage: scripts/setup.sh LOCKFILE     (does nothing when .venv already matches that lock)
set -euo pipefail
cd "$(dirname "$0")/.."
lock=${1:-requirements.txt}

say() { printf '\033[1m› %s\033[0m\n' "$*" >&2; }

works() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

find_python() {
    local candidate
    for candidate in "${JAWAB_PYTHON:-}" python3.10 python3 python \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python; do
        if [ -n "$candidate" ] && works "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

find_uv() {
    if command -v uv >/dev/null 2>&1; then
        command -v uv
        return
    fi
    if [ ! -x .tools/bin/uv ]; then
        say "uv is not installed: bootstrapping it with pip into .tools/"
        "${1:-python3}" -m venv .tools >&2
        .tools/bin/pip install --quiet --disable-pip-version-check uv >&2
    fi
    echo "$PWD/.tools/bin/uv"
}

stamp=.venv/.installed
digest=$(cat "$lock" pyproject.toml | sha256sum | cut -d' ' -f1)
if [ -x .venv/bin/python ] && grep -qs "$digest" "$stamp"; then
    exit 0
fi

if python=$(find_python); then
    uv=$(find_uv "$python")
else
    uv=$(find_uv) || true
    python=$("$uv" python find 3.10 2>/dev/null || true)
    if [ -z "$python" ]; then
        say "no Python 3.10 found on PATH or under pyenv: asking uv for one"
        "$uv" python install 3.10 >&2 || {
            say "Python 3.10 is needed (Rasa 3.6 runs on 3.8 to 3.10). Install it, for example 'pyenv install 3.10', or set JAWAB_PYTHON to one."
            exit 1
        }
        python=$("$uv" python find 3.10)
    fi
fi

say "environment: Python 3.10 and the packages of $lock into .venv (3 GB; half a minute to some minutes)"
[ -x .venv/bin/python ] && works .venv/bin/python || "$uv" venv --quiet --clear --python "$python" .venv
"$uv" pip sync --quiet --python .venv/bin/python --require-hashes "$lock"
"$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
# A smaller environment satisfies no larger lock, but the larger one (tests) serves the smaller (run).
echo "$digest" > "$stamp"
if [ "$lock" = requirements-dev.txt ]; then
    cat requirements.txt pyproject.toml | sha256sum | cut -d' ' -f1 >> "$stamp"
fi
