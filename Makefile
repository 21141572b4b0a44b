# make demo: the brief of an example case. make test: the whole test suite. Both set up whatever is missing.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= ../shared

.PHONY: demo test check bench floors lock

demo: .venv/.ready
	@rm -rf build/river-dam && mkdir -p build/river-dam && cp examples/river-dam/case.toml build/river-dam
	@$(BIN)/twotrack add examples/river-dam/reports.jsonl --case build/river-dam
	@$(BIN)/twotrack brief --case build/river-dam

test: .venv/.ready
	$(BIN)/pytest -n 2

# Style, types, and the one-way flow of the modules.
check: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Every score, written to benchmarks/RESULTS.md. DATA is the folder that holds data/ and gold/.
bench: .venv/.ready
	$(BIN)/python benchmarks/run.py --data $(DATA)

# The scores again, held against benchmarks/floors.json.
floors: .venv/.ready
	$(BIN)/python benchmarks/run.py --data $(DATA) --check

# Pins the newest versions that pyproject.toml allows, with their hashes.
lock: .venv/.ready
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --group dev pyproject.toml --upgrade --no-header -o requirements.lock

.venv/.ready: requirements.lock pyproject.toml tools/bootstrap.py
	$(PYTHON) tools/bootstrap.py
	@touch $@
