#!/usr/bin/env bash
# Pins every package with hashes: pyproject.toml + overrides.txt → requirements.txt, requirements-dev.txt; deploy/images/desk.in → desk.txt;
# requirements-docs.in → requirements-docs.txt.
# Arguments go to uv, for example: scripts/lock.sh --upgrade-package httpx
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .tools/bin/uv)
[ -x "$uv" ] || { python3 -m venv .tools && .tools/bin/pip install --quiet uv; }

lock() { # lock OUT "first line" IN uv-arguments…
    local out=$1 first=$2 in=$3
    shift 3
    "$uv" pip compile "$in" "$@" --quiet --python-version 3.10 --override overrides.txt --generate-hashes \
        --no-emit-index-url --no-header --no-annotate --output-file "$out"
    printf '%s\n%s' "$first" "$(cat "$out")" > "$out.new"
    printf '\n' >> "$out.new"
    mv "$out.new" "$out"
}

how='# Install with "make setup", or "pip install --no-deps --require-hashes -r FILE" on Python 3.10 (plain "pip install -r" ends in ResolutionImpossible: see overrides.txt).'
lock requirements.txt "${how/FILE/requirements.txt}" pyproject.toml "$@"
lock requirements-dev.txt "${how/FILE/requirements-dev.txt}" pyproject.toml --extra dev --constraint requirements.txt "$@"
lock deploy/images/desk.txt '# The desk alone, without Rasa; the versions of requirements.txt. Install with "pip install --no-deps --require-hashes -r desk.txt".' \
    deploy/images/desk.in --constraint requirements.txt "$@"
lock requirements-docs.txt '# Install with "make docs"; in an environment of its own, apart from .venv.' requirements-docs.in "$@"
