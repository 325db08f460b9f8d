# Needs Python 3.11 or later, make and the package registries. Everything else goes into .venv, as uv.lock says.

PYTHON ?= python3
# Parallel test processes.
WORKERS ?= auto
# More arguments for serve, demo, test and bench: make test ARGS="-k books"
ARGS ?=
# The backup that restore reads.
FILE ?=
# Which clients clients-test runs; all when empty: make clients-test LANGUAGES="go rust"
LANGUAGES ?=

BIN := .venv/bin
READY := .venv/.synced
BASELINE := proto/baseline.binpb

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

##@ Use
# exec: a signal reaches the server itself. make passes on a SIGTERM, so the server may get it twice.
serve: $(READY) ## Run Tako on this machine
	@exec $(BIN)/tako serve $(ARGS)

demo: $(READY) ## Run Tako on its sample data: no keys, no network
	@exec $(BIN)/tako demo $(ARGS)

##@ Work
test: $(READY) ## Run the tests
	@$(BIN)/pytest -n $(WORKERS) $(ARGS)

check: check-format check-lint check-types check-imports check-proto check-breaking check-generated check-lock check-audit ## Run all checks, the same as in CI

clients-test: $(READY) ## Run the clients of all languages against a server (docs/clients.md)
	@exec $(BIN)/python -m clients.conformance.run $(LANGUAGES) $(ARGS)

fix: $(READY) ## Format, and repair what the linters can repair
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format --quiet
	@$(BIN)/buf format -w proto

gen: $(READY) ## Generate what is made from proto/, the manifests and the table of routes
	@$(BIN)/python scripts/generate.py
	@$(BIN)/python -m scripts.generate_python_client
	@$(BIN)/python -m scripts.generate_go
	@$(BIN)/python -m scripts.generate_rust
	@$(BIN)/python -m scripts.generate_typescript
	@$(BIN)/python -m scripts.generate_java
	@$(BIN)/python scripts/generate_prometheus_rule.py
	@$(BIN)/python -m scripts.describe_providers
	@$(BIN)/python scripts/describe_routes.py
	@$(BIN)/python -m scripts.describe_api

bench: $(READY) ## Run the benchmarks (docs/performance.md)
	@exec $(BIN)/python -m bench $(ARGS)

backup: $(READY) ## Write what the store holds into backups/; a server may run meanwhile
	@$(BIN)/python -m scripts.backup $(ARGS)

restore: $(READY) ## Put a backup in the place of what the store has: make restore FILE=backups/tako-...
	@$(BIN)/python -m scripts.restore $(FILE) $(ARGS)

pictures: $(READY) ## Take the pictures of docs/ (needs chromium)
	@$(BIN)/python -m tests.browser.pictures

new-provider: $(READY) ## Start a provider from the template: make new-provider NAME=acme DOMAIN=music
	@$(BIN)/python scripts/new_provider.py $(NAME) $(DOMAIN)

contract-accept: $(READY) ## Take today's contract as the one that must not break
	@$(BIN)/buf build proto --exclude-source-info -o $(BASELINE)

clean: ## Remove all that make can bring back
	@rm -rf clients/rust/target clients/java/target clients/typescript/node_modules clients/typescript/dist clients/typescript/build .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Show this
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The single checks. pre-commit calls them too.

check-format: $(READY)
	@$(BIN)/ruff format --check --quiet --diff

check-lint: $(READY)
	@$(BIN)/ruff check --quiet

check-types: $(READY)
	@$(BIN)/mypy

check-imports: $(READY)
	@$(BIN)/lint-imports --no-logo --no-cache

check-proto: $(READY)
	@$(BIN)/buf lint
	@$(BIN)/buf format proto -d --exit-code

check-breaking: $(READY)
	@$(BIN)/buf breaking proto --against $(BASELINE)

check-generated: $(READY)
	@$(BIN)/python scripts/generate.py --check
	@$(BIN)/python -m scripts.generate_python_client --check
	@$(BIN)/python -m scripts.generate_go --check
	@$(BIN)/python -m scripts.generate_rust --check
	@$(BIN)/python -m scripts.generate_typescript --check
	@$(BIN)/python -m scripts.generate_java --check
	@$(BIN)/python -m scripts.describe_api --check

# The lock must answer to the pyproject files. Asks no registry.
check-lock: $(READY)
	@.uv/bin/uv lock --check --offline --quiet

# Known vulnerabilities of what a server is installed with. Says so where the database can't be reached.
check-audit: $(READY)
	@$(BIN)/python scripts/audit.py

$(READY): uv.lock pyproject.toml clients/python/pyproject.toml scripts/bootstrap.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Tako needs Python 3.11 or later, and $(PYTHON) is not. Name another: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) scripts/bootstrap.py

.PHONY: serve demo test clients-test check fix gen bench pictures backup restore new-provider contract-accept clean help check-format check-lint check-types check-imports \
	check-proto check-breaking check-generated check-lock check-audit
