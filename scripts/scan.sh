#!/bin/sh
# Scans a demo with wapiti, three times: as a guest, as an owner who is signed in, with a key. A finding of medium or above
# fails, and so does an answer of 500.
# Usage: scripts/scan.sh [SECONDS], how long a module may attack, 20 by default. TESSERA names the binary, PYTHON the interpreter.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-20}
tools=target/scan
version=3.2.3
# `ssrf` and `xxe` want a server on the internet that was called; nothing here calls an address that a stranger names, and
# nothing reads XML. `csrf` looks for names of fields, not at `Origin` and `Sec-Fetch-Site` (e2e/forms.test.mjs does). `ssl` wants TLS.
# `spring4shell` takes every refusal of an unknown parameter for a program in Java.
modules=common,-ssrf,-ssl,backup,crlf,htaccess,ldap,shellshock,timesql

if [ ! -x "$tools/bin/wapiti" ]; then
    "${PYTHON:-python3}" -m venv "$tools"
fi
"$tools/bin/pip" install --quiet --disable-pip-version-check "wapiti3==$version"

. scripts/demo.sh
"$tools/bin/python" scripts/scan.py prepare "$work"

# scan NAME ARGUMENT...
scan() {
    name=$1
    shift
    "$tools/bin/wapiti" -u "$(cat "$work/url")" -m "$modules" --scope domain \
        --max-scan-time 60 --max-attack-time "$seconds" --max-links-per-page 60 --max-files-per-dir 40 --tasks 16 \
        --flush-session --store-session "$work/session-$name" --store-config "$work/config" --no-bugreport \
        -f json -o "$work/$name.json" "$@" >"$work/$name.log" 2>&1 || { cat "$work/$name.log" >&2; exit 1; }
}

scan guest -s "$work/starts"
scan owner -s "$work/starts" --swagger "$work/api.json" -H "$(cat "$work/cookie")" -H "$(cat "$work/csrf")"
scan key --swagger "$work/api.json" -H "$(cat "$work/key")"
"$tools/bin/python" scripts/scan.py still "$work"
kill -0 "$server" || { echo "the demo ended" >&2; exit 1; }
"$tools/bin/python" scripts/scan.py judge "$work"
