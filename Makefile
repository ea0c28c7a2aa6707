# Two commands are enough: `make run` and `make test`. Each sets up what is missing first.

.PHONY: run test pictures bench fuzz faults sdk-check

# The demo shop, with its data in ./data; the keys are in ./data/ready.json.
run:
	scripts/setup.sh run
	cargo build --release --locked -p tessera
	target/release/tessera demo --data ./data --listen 127.0.0.1:8080 --ready-file ./data/ready.json

# Everything that must hold before a change is taken.
test:
	scripts/setup.sh test
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo run --quiet -p xtask -- tidy
	cargo deny --locked check bans licenses sources
	@echo "skipped: cargo deny check advisories (its database is not on the package registry)"
	cargo run --quiet --locked -p pages --example gallery
	cargo build --quiet --locked -p tessera
	npm test --prefix e2e --silent
	npm test --prefix console --silent
	npm run flows --prefix console --silent
	cargo nextest run --locked --workspace --no-fail-fast

# Every page of the console, photographed into target/console-pictures and looked over by axe.
pictures:
	scripts/setup.sh test
	cargo build --locked -p tessera
	npm run build --prefix console --silent
	npm run pictures --prefix console --silent

# The figures of docs/performance.md.
bench:
	scripts/setup.sh test
	cargo build --release --locked -p tessera
	scripts/bench.sh

# Ten minutes of faults by seed, on both engines; `make test` makes a few seconds of it.
faults:
	scripts/setup.sh test
	cargo run --quiet --locked -p xtask -- faults

# Random requests, good and bad, against the demo's API for four minutes; needs Python and PyPI.
fuzz:
	scripts/setup.sh test
	cargo build --locked -p tessera
	scripts/fuzz-api.sh

# Clients of the API in Python and TypeScript, generated from its document by two programs; needs Python, PyPI and a network.
sdk-check:
	scripts/setup.sh test
	cargo build --locked -p tessera
	scripts/sdk-check.sh
