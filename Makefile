# make up     run the sample workspace: no accounts, no internet, nothing to set up
# make clips  what clips need on top (36 MB); pictures need nothing more
# make test   all tests        make lint   style, types, floors
# make bench  measure speed and memory, write docs/benchmarks.md: 5 minutes and an hour's soak (SOAK=60: a minute's)
# make faults kill it, stop it, cut it off, thousands of times (CYCLES=20: some minutes)
# make lock   renew requirements/*.txt from pyproject.toml

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --upgrade \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --no-header
# Whole files to as many processes as there are cores (8 at most); ARGS="-n0 -x" tests in one, and stops at the first failure.
WORKERS := -n logical --maxprocesses 8 --dist loadfile --no-loadscope-reorder
TESTS ?= tests
CYCLES ?= 500
SOAK ?= 3600

.PHONY: up clips test lint bench faults docs lock setup setup-dev clean

up: setup
	@$(BIN)/bfbot init --sample var/sample
	@BFBOT_HOME=var/sample exec $(BIN)/bfbot up

clips: setup
	@$(PIP) install --require-hashes -r requirements/clips.txt

test: setup-dev
	@$(BIN)/pytest $(WORKERS) $(TESTS) $(ARGS)

lint: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup-dev
	@BENCH_SOAK=$(SOAK) $(BIN)/python -m bench

faults: setup-dev
	@$(BIN)/python -m tests.faults --cycles $(CYCLES) $(ARGS)

docs: setup-dev
	@$(BIN)/python -m bfbot.rules.page > docs/rules.md
	@BFBOT_PICTURES=1 $(BIN)/pytest tests/browser $(ARGS)

setup: $(VENV)/.product
setup-dev: $(VENV)/.developer

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "bfbot needs Python 3.11 or newer; name one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv module is missing. Install it with: sudo apt-get install -y python3-venv"; exit 1; }
	@echo "Setting up $(VENV) (once; a minute or two)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.product: $(VENV)/.python requirements/base.txt pyproject.toml
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.developer: $(VENV)/.product requirements/dev.txt
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

lock: setup-dev
	@$(LOCK) --output-file requirements/base.txt pyproject.toml requirements/build.in
	@$(LOCK) --output-file requirements/clips.txt requirements/clips.in
	@$(LOCK) --output-file requirements/dev.txt --extra clips --extra postgres pyproject.toml requirements/build.in requirements/dev.in

clean:
	@rm -rf $(VENV) var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
