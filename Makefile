# make demo    the main job on a sample change to the bundled standard
# make test    the tests
# make lint    what the linters say; make coverage, make bench and make soak say theirs
# All of them set up .venv first, from requirements.lock. It needs git, make and Python 3.11 or later.

PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin

.PHONY: demo test lint coverage bench soak lock clean

demo: .venv/ready
	@$(BIN)/standards-bot demo

test: .venv/ready
	$(BIN)/python -m pytest -q -n auto

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Branches too; the floor is in pyproject.toml. It needs the published data (STANDARDS_DATA) to be met.
coverage: .venv/ready
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n auto
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

bench: .venv/ready .venv-peers/ready
	$(BIN)/python tests/bench/bench.py

# Long random schedules: minutes to hours, as many examples as SOAK says.
soak: .venv/ready
	SOAK=$${SOAK:-20000} $(BIN)/python -m pytest -q -n auto tests/soak

# Pins the newest versions that pyproject.toml allows, for every system and Python from 3.11.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.lock

clean:
	rm -rf .venv .venv-peers build demo

.venv/ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed, and none was found. Name one: make PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What the benchmark measures beside ours. Not pinned by hash: it judges nothing.
.venv-peers/ready: tests/bench/peers.txt
	$(PYTHON) -m venv --clear .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r tests/bench/peers.txt
	@touch $@
