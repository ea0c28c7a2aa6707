#!/usr/bin/env bash
# Lets SDKs that we did not write pay, ask and refund as merchants at the payment sandbox: from PyPI wechatpayv3,
# python-alipay-sdk and stripe, from npm alipay-sdk and stripe, in the versions of peers/requirements.txt and
# peers/package-lock.json. They are installed once, into target/peers and peers/node_modules.
#
# TESSERA names the binary, PYTHON the interpreter. `peers.sh wechat` runs one of them.
set -euo pipefail
cd "$(dirname "$0")/.."

tessera=${TESSERA:-target/debug/tessera}
python=${PYTHON:-python3}
tools=target/peers

main() {
  need_python
  need_node
  work=$(mktemp -d)
  trap 'end_sandbox; rm -rf "$work"' EXIT
  start_sandbox
  local peers=("$@")
  [ $# -gt 0 ] || peers=(wechat alipay_python alipay_node stripe_python stripe_node)
  local peer
  for peer in "${peers[@]}"; do
    run_peer "$peer" || stop "the peer $peer and the sandbox disagree; the sandbox's log: $(tail -n 5 "$work/log")"
  done
}

need_python() {
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null ||
    stop "$python is missing or older than 3.10: install Python 3, or name one with PYTHON"
  [ "$tools/installed" -nt peers/requirements.txt ] && return 0
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    stop "$python lacks the modules venv and ensurepip: install them (python3-venv on Debian), or name another with PYTHON"
  "$python" -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check --requirement peers/requirements.txt ||
    stop "the packages of peers/requirements.txt could not be installed from the package registry"
  touch "$tools/installed"
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null || stop "node and npm are missing: install Node 20 or newer"
  [ peers/node_modules -nt peers/package-lock.json ] && return 0
  npm ci --prefix peers --silent --no-audit --no-fund
  touch peers/node_modules
}

start_sandbox() {
  "$tessera" sandbox --listen 127.0.0.1:0 --ready-file "$work/ready.json" >"$work/log" 2>&1 &
  sandbox=$!
  local tries
  for tries in $(seq 100); do
    [ -f "$work/ready.json" ] && return 0
    kill -0 "$sandbox" 2>/dev/null || break
    sleep 0.1
  done
  stop "the sandbox did not start: $(cat "$work/log")"
}

end_sandbox() {
  [ -z "${sandbox:-}" ] && return 0
  kill "$sandbox" 2>/dev/null || true
  wait "$sandbox" 2>/dev/null || true
}

run_peer() {
  if [ -f "peers/$1.py" ]; then
    timeout 60 "$tools/bin/python" "peers/$1.py" "$work/ready.json"
  else
    timeout 60 node "peers/$1.mjs" "$work/ready.json"
  fi
}

stop() {
  echo "peers: $*" >&2
  exit 1
}

main "$@"
