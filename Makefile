PYTHON ?= python3
BIN := .venv/bin
EXAMPLES ?= 10000
SEED ?= 1

# Compiled code is kept: without it each worker and each process that a test starts compiles all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo run test thorough forms lint types payloads bench-read bench-ask bench-poll bench-store bench-start fuzz \
  chaos soak lock clean

setup: .venv/.ready  ## a virtual environment with everything pinned

.venv/.ready: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "secbot needs Python 3.11 or later; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

demo: setup  ## two years of the SEC site in a minute, without Slack or the internet
	@$(BIN)/secbot demo

run: setup  ## watch, alert and answer; settings come from the environment or .env
	@$(BIN)/secbot run

test: setup  ## the tests of every rule, loopback only: three minutes on two cores
	@$(BIN)/python -m pytest -q

thorough: setup  ## the tests that `make test` leaves out for their time, and four times its examples of what is drawn
	@THOROUGH=1 $(BIN)/python -m pytest -q -m "thorough or drawn"

forms: setup  ## the same facts in thousands of forms, fresh ones each time (FORMS_EXAMPLES=400)
	@FORMS_EXAMPLES=$${FORMS_EXAMPLES:-400} $(BIN)/python -m pytest -q --hypothesis-seed=$(SEED) tests/test_one_reading.py

lint: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: setup
	@$(BIN)/mypy

payloads: setup  ## every message the bot can make, one JSON payload a line
	@$(BIN)/python -m tests.payloads

bench-read: setup  ## what reading costs, beside parsing alone, and how it grows
	@$(BIN)/python -m tests.bench_read

bench-ask: setup  ## how long answers take with 10,000 modifications and a million changes
	@$(BIN)/python -m tests.bench_ask

bench-poll: setup  ## what a cycle over 1,000 pages and 100 feeds costs, beside a bare httpx loop and urlwatch
	@$(BIN)/python -m tests.bench_poll

bench-store: setup  ## what a row costs that is stored in bulk, beside sqlite3 alone
	@$(BIN)/python -m tests.bench_store

bench-start: setup  ## how soon secbot is ready and what it holds, beside importing what it is built on
	@$(BIN)/python -m tests.bench_start

fuzz: setup  ## broken inputs through the reader: make fuzz EXAMPLES=100000 SEED=1
	@$(BIN)/python -m tests.fuzz --examples $(EXAMPLES) --seed $(SEED) --keep fuzz-faults

chaos: setup  ## kills, lost answers, many machines: what is promised, held against them (ten minutes at most)
	@eval "$$(.ci/slacks)" && $(BIN)/python -m tests.chaos

soak: setup  ## a busy day of 24 simulated hours, with faults: memory, descriptors, nothing left to send
	@$(BIN)/python -m tests.chaos.soak

lock:  ## resolve anew after a change of dependencies (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --quiet pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --quiet --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .coverage
