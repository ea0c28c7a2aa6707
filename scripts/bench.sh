#!/usr/bin/env bash
# Prints the figures of docs/performance.md, a JSON object a run, to standard output.
#
# Machines are noisy: what is compared takes turns in one go, ROUNDS times, and medians count. The runs with
# STORED orders and codes in the database fill it first, which takes a minute or two each.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-5}
seconds=${RUN_SECONDS:-10}
stored=${STORED:-1000000}
program=${PROGRAM:-target/release/tessera}

bench() {
  "$program" bench "$@" --json
}

for engine in ${ENGINES:-sqlite postgres}; do
  connections=64
  [ "$engine" = sqlite ] || connections=256
  common=(--engine "$engine" --connections "$connections" --seconds "$seconds")
  for _ in $(seq "$rounds"); do
    bench echo "${common[@]}"
    bench raw "${common[@]}"
    bench orders "${common[@]}"
    bench orders "${common[@]}" --skus 1000
    bench orders "${common[@]}" --batch-max 1
    bench orders "${common[@]}" --two-step
  done
  bench pages --engine "$engine" --seconds "$seconds" --connections 32 --rate 1000
  bench overload "${common[@]}"
  bench orders "${common[@]}" --connections 1024
  # Open loop at half and at 1.2 times of what the last closed-loop run reached.
  reached=$(bench orders "${common[@]}" | tee /dev/stderr | sed 's/.*"per_second":\([0-9]*\).*/\1/')
  bench orders "${common[@]}" --rate $((reached / 2))
  bench orders "${common[@]}" --rate $((reached * 12 / 10))
  bench import --engine "$engine"
  bench import --engine "$engine" --stored "${STORED_CODES:-10000000}"
  # 256 connections that wait for each other have a p99 of 40 ms even without an import.
  beside=(--engine "$engine" --connections $((connections < 128 ? connections : 128)))
  bench orders "${beside[@]}" --seconds "$seconds"
  bench import "${beside[@]}" --beside
  bench start --engine "$engine" --stored "$stored"
  bench journal --engine "$engine" --stored "$stored"
  bench memory --engine "$engine" --connections "$connections"
  bench raw "${common[@]}" --stored "$stored"
  bench orders "${common[@]}" --stored "$stored"
done
