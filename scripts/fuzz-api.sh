#!/bin/sh
# Fuzzes the API of a demo with schemathesis for some minutes: no 5xx, no answer outside the document.
# Usage: scripts/fuzz-api.sh [SECONDS], 240 by default. TESSERA names the binary, PYTHON the interpreter.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-240}
tools=target/fuzz-api
version=4.32.5

if [ ! -x "$tools/bin/st" ]; then
    "${PYTHON:-python3}" -m venv "$tools"
fi
"$tools/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"

. scripts/demo.sh
FUZZ_READY="$work/ready.json" SCHEMATHESIS_HOOKS=scripts.fuzz_api PYTHONPATH=. \
    "$tools/bin/st" run "$("$tools/bin/python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["url"])' \
    "$work/ready.json")/openapi.json" \
    --max-time "$seconds" --mode all --continue-on-failure --no-shrink --max-examples 40 \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance

"$tools/bin/python" - "$work/ready.json" <<'PYTHON'
import json
import sys
import urllib.request

ready = json.load(open(sys.argv[1]))
counts = json.load(open(sys.argv[1] + ".counts"))
with urllib.request.urlopen(ready["url"] + "/openapi.json") as answer:
    paths = json.load(answer)["paths"]
counts["GET /openapi.json"] = 1  # It was just read.
verbs = {"get", "post", "put", "patch", "delete"}
operations = [f"{verb.upper()} {path}" for path, item in paths.items() for verb in item if verb in verbs]
missing = [operation for operation in operations if not counts.get(operation)]
if missing:
    sys.exit("no 2xx from: " + ", ".join(missing))
print(f"each of {len(operations)} operations reached a 2xx")
PYTHON
