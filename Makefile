# What one can do here. Needs Python 3.11 or newer and make, nothing else.
.DEFAULT_GOAL := help
.PHONY: help setup demo rehearse test test-thorough lint format bench eval map structure lock

PYTHON ?= python3
BIN := .venv/bin
# uv installs in seconds what takes pip half a minute; it must not fetch a Python of its own.
export UV_PYTHON_DOWNLOADS := never

help:  ## Prints this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 15

setup: .venv/.installed  ## Makes .venv with everything, from requirements.lock

# The last step makes .venv/bin/ciclo, which runs the code as it lies here.
.venv/.installed: requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes requirements.lock || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --offline --editable . || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	touch $@

demo: setup  ## Rehearses the whole cycle in a local Telegram; prints the page's address
	$(BIN)/python -m rehearsal

# Compiled code is kept, whatever the machine says: compiling all of it anew took seven seconds.
rehearse: setup  ## Plays the whole cycle with 300 people and faults; ends with a pass/fail sheet
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m rehearsal.cycle

# TEST_DATABASE_URL=postgresql://… names a server to use; without it one is started for the tests, and stopped.
# Compiled code is kept, whatever the machine says: tests start the bot as a process some twenty times.
test: setup  ## Runs every test: all on SQLite, and on PostgreSQL what tests/conftest.py lists
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 4 --dist worksteal

# Hours on a small machine: texts by chance fifteen times more, and every case of which `make test` takes one in some.
test-thorough: setup  ## The same with every case and many more texts by chance
	HYPOTHESIS_PROFILE=thorough PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 4 --dist worksteal

lint: setup  ## Style, types, known holes in what we install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python scripts/audit.py

format: setup  ## Writes the code as the linters like it
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: setup  ## Side by side with the peers, ratios in one run
	$(BIN)/python -m benchmarks

eval: setup  ## How well questions are answered: by language, style and topic, and every failure
	$(BIN)/python scripts/evaluate.py
	$(BIN)/python scripts/evaluate_on_phones.py

map: setup  ## Writes docs/map.md, the map of the house, from each file's first line
	$(BIN)/python scripts/draw_map.py

structure: setup  ## Figures of the structure: files in each folder, files that a press and a question enter
	$(BIN)/python scripts/measure_structure.py

lock: setup  ## Renews requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--upgrade --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.lock
