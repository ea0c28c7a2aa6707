#!/usr/bin/env bash
# Installs what this machine lacks: `setup.sh run` for the program, `setup.sh test` for its tests too.
#
# As root on Debian it installs packages; otherwise it says what to install and stops. Rust is only
# checked, because how it gets onto a machine is its owner's choice. Nothing here runs twice.
set -euo pipefail
cd "$(dirname "$0")/.."

# Any version that is there already is used; these are installed where there is none.
nextest_version=0.9.143
deny_version=0.20.2
node_major=20

main() {
  need_packages "for building" "$(lacking gcc:gcc libc-headers:libc6-dev certificates:ca-certificates)"
  need_rust
  need_node
  need_modules console
  [ "$1" = test ] || return 0
  need_packages "for the tests" \
    "$(lacking git:git chromium:chromium chinese-font:fonts-noto-cjk python-venv:python3-venv)"
  need_modules e2e
  need_postgresql
  need_cargo_tool nextest "$nextest_version"
  need_cargo_tool deny "$deny_version"
}

# Prints the Debian packages, of pairs `what:package`, whose `what` isn't there.
lacking() {
  local pair
  for pair in "$@"; do
    has "${pair%%:*}" || printf '%s ' "${pair#*:}"
  done
}

has() {
  case "$1" in
    libc-headers) [ -e /usr/include/stdio.h ] ;;
    chinese-font) compgen -G '/usr/share/fonts/*/noto/NotoSansCJK*' ;;
    certificates) [ -e /etc/ssl/certs/ca-certificates.crt ] ;;
    # The one that `scripts/peers.sh` takes, so that any Python that is named there counts.
    python-venv) "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>&1 ;;
    postgresql) command -v postgres || compgen -G '/usr/lib/postgresql/*/bin/postgres' ;;
    *) command -v "$1" ;;
  esac >/dev/null
}

need_packages() {
  local purpose=$1 packages=$2
  [ -n "$packages" ] || return 0
  if [ "$(id -u)" != 0 ] || ! has apt-get; then
    stop "Please install these Debian packages, or your system's like them, $purpose: $packages"
  fi
  echo "setup: installing $packages"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086 # The names are separated by spaces.
  apt-get install -y -qq --no-install-recommends $packages >/dev/null
}

# Debian's package would start a cluster on port 5432, which nobody asked for: the tests start and
# end their own. `postgresql-common` comes first, because it holds the setting that prevents it.
need_postgresql() {
  [ -n "$(lacking postgresql:postgresql)" ] || return 0
  local settings=/etc/postgresql-common/createcluster.conf
  if [ "$(id -u)" = 0 ] && has apt-get; then
    [ -e "$settings" ] || need_packages "for the tests" postgresql-common
    sed -i 's/^#\? *create_main_cluster *=.*/create_main_cluster = false/' "$settings"
    grep -q '^create_main_cluster = false' "$settings" || echo 'create_main_cluster = false' >>"$settings"
  fi
  need_packages "for the tests (set create_main_cluster = false in $settings first)" postgresql
}

need_rust() {
  local wanted found
  wanted=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
  found=$(rustc --version 2>/dev/null | cut -d' ' -f2) || found=none
  [ "$found" = "$wanted" ] && return 0
  stop "Rust $wanted is needed, found: ${found:-none}. Install rustup from https://rustup.rs, then:" \
    "    rustup toolchain install $wanted --component rustfmt,clippy"
}

# Debian's own Node is too old, so it is only checked, like Rust.
need_node() {
  local found
  found=$(node --version 2>/dev/null) || found=none
  local major=${found#v}
  if [ "${major%%.*}" -ge "$node_major" ] 2>/dev/null && has npm; then
    return 0
  fi
  stop "Node $node_major or newer with npm is needed to build the console, found: $found." \
    "Install it from https://nodejs.org, or as your system does."
}

# What a folder's build or tests need of npm's registry, as its lock file says.
need_modules() {
  [ "$1/node_modules" -nt "$1/package-lock.json" ] && return 0
  npm ci --prefix "$1" --silent --no-audit --no-fund
  touch "$1/node_modules"
}

# Built without the long optimisation of a release: these tools run for seconds.
need_cargo_tool() {
  local tool=$1 version=$2
  cargo "$tool" --version >/dev/null 2>&1 && return 0
  echo "setup: building cargo-$tool $version, once; this takes some minutes"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo install --quiet --locked "cargo-$tool@$version"
}

stop() {
  printf '%s\n' "$@" >&2
  exit 1
}

case "${1:-}" in
  run | test) main "$1" ;;
  *) stop "usage: scripts/setup.sh run|test" ;;
esac
