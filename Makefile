# Two commands are enough: `make run` and `make test`. Each sets up what is missing first.

# Tests wait for leases, timers and servers that start: two for each processor keep it busy.
TEST_THREADS := $(shell expr 2 \* $$(nproc))
# They make hundreds of databases and drop them: in memory, where there are 4 GiB for it.
TEST_FOLDER := $(shell df -k --output=avail /dev/shm 2>/dev/null | \
	awk 'NR == 2 && $$1 > 4194304 { print "/dev/shm"; found = 1 } END { if (!found) print ENVIRON["TMPDIR"] ? ENVIRON["TMPDIR"] : "/tmp" }')

.PHONY: run test pictures bench fuzz scan faults sdk-check channels histories

# The demo shop, with its data in ./data; the keys are in ./data/ready.json.
run:
	scripts/setup.sh run
	npm run build --prefix console --silent
	cargo build --profile demo --locked -p tessera
	target/demo/tessera demo --data ./data --listen 127.0.0.1:8080 --ready-file ./data/ready.json

# Everything that must hold before a change is taken. One build of the whole workspace makes every program that is run here:
# asked for alone (`-p`), a package gets its libraries with other features, and they are all built once more. The console goes
# before it, because the program holds it.
test:
	scripts/setup.sh test
	npm test --prefix console --silent
	cargo fmt --all --check
	cargo deny --locked check bans licenses sources
	@echo "skipped: cargo deny check advisories (its database is not on the package registry)"
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo nextest run --locked --workspace --no-run
	target/debug/xtask tidy
	target/debug/examples/gallery
	scripts/peers.sh
	scripts/channels.sh
	npm test --prefix e2e --silent
	npm run flows --prefix console --silent
	TMPDIR=$(TEST_FOLDER) cargo nextest run --locked --workspace --no-fail-fast --test-threads $(TEST_THREADS)

# Every page of the console, photographed into target/console-pictures and looked over by axe.
pictures:
	scripts/setup.sh test
	npm run build --prefix console --silent
	cargo build --locked -p tessera
	npm run pictures --prefix console --silent

# The figures of docs/performance.md.
bench:
	scripts/setup.sh test
	cargo build --release --locked -p tessera
	scripts/bench.sh

# Ten minutes of faults by seed and twenty kills, on both engines; `make test` makes a few seconds of them.
faults:
	scripts/setup.sh test
	cargo run --quiet --locked -p xtask -- faults

# Random requests, good and bad, against the demo's API for four minutes; needs Python and PyPI.
fuzz:
	scripts/setup.sh test
	cargo build --locked -p tessera
	scripts/fuzz-api.sh

# A scanner of web applications over the demo, as a guest, an owner and a key; some minutes; needs Python up to 3.12 and PyPI.
scan:
	scripts/setup.sh test
	npm run build --prefix console --silent
	cargo build --locked -p tessera
	scripts/scan.sh

# Clients of the API in Python and TypeScript, generated from its document by two programs; needs Python, PyPI and a network.
sdk-check:
	scripts/setup.sh test
	cargo build --locked -p tessera
	scripts/sdk-check.sh

# Other makers' clients and servers against our client of the payment channels; needs Python, PyPI, npm and a network once.
channels:
	cargo build --locked -p connect --example channels
	scripts/channels.sh

# A thousand random histories of payments at the sandbox, on both engines: every fen of its books equals ours.
histories:
	TESSERA_HISTORIES=1000 cargo nextest run --profile long --no-capture --locked --workspace --no-fail-fast -E 'test(/channels::histories/)'
