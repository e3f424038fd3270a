# `make` alone lists what there is to do.
.DEFAULT_GOAL := help
.PHONY: help run test check bench schema tools

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Serve a directory of made-up people from SQLite and print its address
	cargo run -- serve --sample --migrate

test: tools ## Install what the tests need, then run all of them
	cargo test --workspace

check: ## Formatting, lints and documentation, as strictly as CI
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items

bench: ## Measure the rules and the search side by side
	cargo bench --workspace

schema: ## Write schema.graphql anew from the code
	cargo run --quiet -- schema > schema.graphql.new
	mv schema.graphql.new schema.graphql

tools: ## Install what the tests need (Debian, npm and Python packages)
	@sh tests/install
