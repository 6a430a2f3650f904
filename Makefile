# Two commands for people: make demo, make test. README explains the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check
RUN_STAMP := $(VENV)/.run
DEV_STAMP := $(VENV)/.dev
BENCH_STAMP := $(VENV)/.bench

.PHONY: demo test check-browser lint bench lock wheel clean

demo: $(RUN_STAMP)
	@$(BIN)/recruit demo

# Hashes are checked for everything, what builds the package included; so no build isolation.
$(RUN_STAMP): requirements.lock pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit("Recruit needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Recruit needs (once)"
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@$(PIP) --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_STAMP): requirements-dev.lock $(RUN_STAMP)
	@echo "Installing what the tests need (once)"
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

test: $(DEV_STAMP) check-browser
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo > $(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

check-browser:
	@$(BIN)/python scripts/browser.py

# The libraries that the statistics are compared with want an older numpy and weigh more than all else: apart.
$(BENCH_STAMP): requirements-bench.lock $(DEV_STAMP)
	@echo "Installing what the statistics are compared with (once)"
	@test -x $(VENV)/reference/bin/python || $(PYTHON) -m venv $(VENV)/reference
	@$(VENV)/reference/bin/python -m pip install --disable-pip-version-check --quiet --require-hashes --no-deps -r requirements-bench.lock
	@touch $@

bench: $(BENCH_STAMP)
	@$(BIN)/python -m tests.bench

wheel: $(DEV_STAMP)
	@$(BIN)/python -m hatchling build -t wheel

# Needs the network; run it when pyproject.toml changes.
lock:
	@$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet uv
	@$(VENV)/lock/bin/uv pip compile pyproject.toml --extra demo --extra build $(LOCK) \
	  --no-emit-package django --no-emit-package asgiref --no-emit-package sqlparse -o requirements.lock
	@$(VENV)/lock/bin/uv pip compile pyproject.toml --extra demo --extra build --extra dev $(LOCK) -c requirements.lock \
	  --no-emit-package django --no-emit-package asgiref --no-emit-package sqlparse -o requirements-dev.lock
	@$(VENV)/lock/bin/uv pip compile tests/bench/reference.in $(LOCK) -o requirements-bench.lock
	@rm -r $(VENV)/lock
LOCK := --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header --universal --python-version 3.11

clean:
	@rm -rf $(VENV) dist recruit/static/vendor
