#!/usr/bin/env bash
# A bill of materials (CycloneDX) of what requirements.txt installs, into var/sbom.json, and a search for secrets in what is
# committed. The tools live in an environment of their own: they would raise packages that Rasa pins.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=.tools/audit
if [ ! -x "$tools/bin/cyclonedx-py" ]; then
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --quiet --disable-pip-version-check cyclonedx-bom==7.5.0 detect-secrets==1.5.0
fi
mkdir -p var
"$tools/bin/cyclonedx-py" requirements requirements.txt --output-format JSON --output-file var/sbom.json
echo "var/sbom.json: $(grep -c '"purl"' var/sbom.json) packages"

# Left out: digests of packages and of the development set; words; tests, whose secrets are made up.
no_secret='(//|=)[a-z]*:?password@|user:password|help%40|noqa: S10[56]|"password_weak"|ATTACHMENTS, SECRETS|^    .[0-9a-f]{16}.$'
git ls-files -z | grep -zvE '^(requirements.*\.txt|evaluation/|data/|tests/)' \
    | xargs -0 "$tools/bin/detect-secrets-hook" --exclude-lines "$no_secret"
echo "no secrets found"
