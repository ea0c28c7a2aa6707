#!/bin/sh
# Lets programs of other makers verify what our client of the payment channels sends, and make what it must accept:
# wechatpayv3, python-alipay-sdk, stripe and localstripe of PyPI, alipay-sdk and stripe of npm. PYTHON names the interpreter.
set -eu
cd "$(dirname "$0")/.."
tools=target/peers-connect

if [ ! -x "$tools/bin/python" ]; then
    "${PYTHON:-python3}" -m venv "$tools"
fi
if ! cmp -s peers-connect/requirements.txt "$tools/installed.txt"; then
    "$tools/bin/pip" install --quiet --disable-pip-version-check --requirement peers-connect/requirements.txt
    cp peers-connect/requirements.txt "$tools/installed.txt"
fi
if [ ! peers-connect/node_modules -nt peers-connect/package-lock.json ]; then
    npm ci --prefix peers-connect --silent --no-audit --no-fund
    touch peers-connect/node_modules
fi
[ -x target/debug/examples/channels ] || cargo build --locked --quiet -p connect --example channels

export PYTHONDONTWRITEBYTECODE=1
for peer in wechat alipay_peer stripe_peer; do
    "$tools/bin/python" "peers-connect/$peer.py"
done
node peers-connect/peers.mjs
