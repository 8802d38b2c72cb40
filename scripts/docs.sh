#!/usr/bin/env bash
# Builds the documentation site into var/site, in an environment of its own: MkDocs wants newer packages than Rasa bears.
# usage: scripts/docs.sh [serve]     (serve: on http://127.0.0.1:8099/, renewed as files change)
set -euo pipefail
cd "$(dirname "$0")/.."
tools=.tools/docs
export NO_MKDOCS_2_WARNING=1

digest=$(sha256sum < requirements-docs.txt)
if ! grep -qsF "$digest" "$tools/.installed"; then
    uv=$(command -v uv || echo .tools/bin/uv)
    [ -x "$uv" ] || { python3 -m venv .tools && .tools/bin/pip install --quiet uv; uv=.tools/bin/uv; }
    "$uv" venv --quiet --clear --python "${JAWAB_PYTHON:-.venv/bin/python}" "$tools"
    "$uv" pip sync --quiet --python "$tools/bin/python" --require-hashes requirements-docs.txt
    echo "$digest" > "$tools/.installed"
fi

if [ "${1:-build}" = serve ]; then
    exec "$tools/bin/mkdocs" serve --strict --dev-addr 127.0.0.1:8099
fi
# Not with --quiet, with which MkDocs counts no warning and so never is strict.
said=$("$tools/bin/mkdocs" build --strict 2>&1) || { echo "$said" >&2; exit 1; }
echo "var/site/index.html"
