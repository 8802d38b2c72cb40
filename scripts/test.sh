#!/usr/bin/env bash
# `make test` after the lint: one core trains the model while the other runs the tests that need none; then all others.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\033[1m› %s\033[0m\n' "$*" >&2; }

mkdir -p var/log
told=var/log/make-test-train.log
.venv/bin/jawab train > "$told" 2>&1 &
training=$!
trap 'kill "$training" 2>/dev/null || true' EXIT

failed=0
say "tests/unit and tests/contract, while the model is trained (minutes, where it has to be: $told)"
.venv/bin/pytest -m "not slow" tests/unit tests/contract || failed=1

wait "$training" || { cat "$told" >&2; exit 1; }
trap - EXIT
cat "$told" >&2

say "all that needs the model, processes or a browser"
.venv/bin/pytest tests --ignore=tests/slow --ignore=tests/faults --ignore=tests/unit --ignore=tests/contract || failed=1
exit "$failed"
