PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_NOW := 2026-11-21T12:00+01:00
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The theme's notice about its end of life stands in the README.
export NO_MKDOCS_2_WARNING := 1
# Hundreds of the tests' processes would compile the program anew, each for itself.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check wheel serve desk bench storm lock messages clean

# Show these targets.
help:
	@awk '/^# /{text=substr($$0,3)} /^[a-z]+:/{if(text){split($$1,t,":"); printf "make %-9s %s\n", t[1], text}} !/^# /{text=""}' Makefile

# Send the sample workspace's posts all the way: check, plan, publish to the feed, import, report, site.
demo: $(VENV)/.installed
	@$(BIN)/leitstand demo --now $(DEMO_NOW)

# Run all tests, two at a time.
test: $(VENV)/.installed
	$(BIN)/pytest -n 2 --dist loadgroup -q

# Everything the tests do not see: style, types, layers, references, catalogue, sample workspace, strict site, its links.
check: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/leitstand docs --check
	$(BIN)/leitstand check --now $(DEMO_NOW)
	LEITSTAND_NOW=$(DEMO_NOW) LEITSTAND_STATE_DIR=.leitstand/demo $(BIN)/mkdocs build --strict --quiet --site-dir .leitstand/site-check
	.ci/links .leitstand/site-check

# Build the wheel, install it where nothing else is, and run the README's commands for newcomers from it.
wheel: $(VENV)/.installed
	.ci/wheel

# Show the site with live reload at http://127.0.0.1:8000.
serve: $(VENV)/.installed
	LEITSTAND_STATE_DIR=.leitstand/demo $(BIN)/leitstand serve --now $(DEMO_NOW)

# Show the desk of the demo in the browser, signed in as its community manager.
desk: $(VENV)/.installed
	@LEITSTAND_STATE_DIR=.leitstand/demo $(BIN)/leitstand desk --person mai --now $(DEMO_NOW)

# Measure speed as ratios, side by side in one run.
bench: $(VENV)/.installed
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

# Kill dispatchers for ten minutes: 10,000 posts, 5,000 kills, every crash point; see tests/storm/README.md.
storm: $(VENV)/.installed
	$(BIN)/python -m tests.storm.long

# Resolve the dependencies anew into requirements.lock.
lock:
	$(PYTHON) -m venv .leitstand/uv && .leitstand/uv/bin/pip install --quiet uv
	.leitstand/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra all --group dev \
	  --custom-compile-command "make lock" --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock

# Collect the messages anew and compile the translations.
messages: $(VENV)/.installed
	$(BIN)/pybabel -q extract -F pyproject.toml --no-location --sort-output -o .leitstand/leitstand.pot toolkit
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 110 -D leitstand -i .leitstand/leitstand.pot -d toolkit/locale -l de
	$(BIN)/pybabel -q compile -D leitstand -d toolkit/locale

# Remove everything that can be made again; the ledger and metrics of real workspaces live elsewhere.
clean:
	rm -rf $(VENV) .leitstand site dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Leitstand needs Python 3.11 or newer; try: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
