#!/usr/bin/env bash
# Prints the figures of docs/performance.md, a JSON object a run, to standard output.
#
# Machines are noisy: what is compared takes turns in one go, `ROUNDS` times, and medians count.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-10}
stored=${STORED:-1000000}

bench() {
  target/release/tessera bench "$@" --json
}

for engine in sqlite postgres; do
  connections=64
  [ "$engine" = sqlite ] || connections=256
  common=(--engine "$engine" --connections "$connections" --seconds "$seconds" --stored "$stored")
  for _ in $(seq "$rounds"); do
    bench echo "${common[@]}"
    bench raw "${common[@]}" --batch-max 128
    bench orders "${common[@]}" --skus 1000
    bench orders "${common[@]}" --skus 1
    bench orders "${common[@]}" --skus 1000 --batch-max 1
  done
  bench import --engine "$engine"
done
