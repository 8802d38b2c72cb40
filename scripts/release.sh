#!/usr/bin/env bash
# Builds dist/jawab-VERSION-py3-none-any.whl with all it needs beside packages (data, model, widget, Rasa's files), installs it into
# an empty environment and asks it questions from an empty folder. usage: scripts/release.sh
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD
work=$project/var/release
uv=$(command -v uv || echo "$project/.tools/bin/uv")
[ -x "$uv" ] || { .venv/bin/python -m venv .tools && .tools/bin/pip install --quiet --disable-pip-version-check uv; }

say() { printf '\033[1m› %s\033[0m\n' "$*" >&2; }

rm -rf "$work" && mkdir -p "$work/source" "$work/empty" dist
say "the source, as git knows it, with the project's files inside the package"
git ls-files -z jawab actions pyproject.toml README.md LICENSE NOTICE | xargs -0 cp --parents -t "$work/source"
mkdir -p "$work/source/jawab/project/models"
git ls-files -z data widget config.yml domain.yml endpoints.yml credentials.yml requirements.txt THIRD_PARTY.md \
    | xargs -0 cp --parents -t "$work/source/jawab/project"
model=$(ls -t models/*.tar.gz | head -1) # `make train` touches the one that fits
cp "$model" "$work/source/jawab/project/models/"

say "the wheel"
"$uv" build --quiet --wheel --no-build-isolation --python "$project/.venv/bin/python" --out-dir "$work" "$work/source"
wheel=$(ls "$work"/*.whl)

say "an empty environment with requirements.txt and the wheel (half a minute to some minutes)"
"$uv" venv --quiet --python "$project/.venv/bin/python" "$work/environment"
"$uv" pip sync --quiet --python "$work/environment/bin/python" --require-hashes requirements.txt
"$uv" pip install --quiet --python "$work/environment/bin/python" --no-deps "$wheel"

say "asked from an empty folder"
cd "$work/empty"
export JAWAB_VAR=$work/kept
jawab=$work/environment/bin/jawab
"$jawab" validate
"$work/environment/bin/python" -c 'import jawab, sys; sys.exit(not jawab.__file__.startswith(sys.prefix))'
ask() { # ask QUESTION-ID arguments…
    local wanted=$1
    shift
    "$jawab" ask "$@" --json | "$work/environment/bin/python" -c 'import json, sys
found = json.load(sys.stdin)
print(found["intent"], "·", found["replies"][0]["text"].splitlines()[0])
sys.exit(found["intent"] != sys.argv[1])' "$wanted"
}
ask returns_how "چجوری جنسی که خریدم رو پس بدم"
ask contact_hours "متى تفتحون خدمة العملاء؟" --shop souq
ask returns_how "how do I return an item" --shop souq

mv "$wheel" "$project/dist/"
rm -rf "$work"
say "dist/$(basename "$wheel")"
