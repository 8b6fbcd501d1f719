# What a newcomer types and what CI runs. Each target makes its own .venv when there is none;
# once it is made, the network is not used again until pyproject.toml or constraints.txt changes.

VENV := .venv
PYTHON := $(VENV)/bin/python
INTERPRETERS := python3.13 python3.12 python3.11 python3
SUITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
INSTALL := $(PYTHON) -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable

.PHONY: run test check bench clean
.DELETE_ON_ERROR:

run: $(VENV)/.runtime
	@$(PYTHON) -m bot run

test: $(VENV)/.dev
	@$(PYTHON) -m pytest -q

check: $(VENV)/.dev
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@$(VENV)/bin/lint-imports

bench: $(VENV)/.bench
	@$(PYTHON) -m benchmarks.ranking
	@$(PYTHON) -m benchmarks.throughput

clean:
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/.runtime: pyproject.toml constraints.txt | $(PYTHON)
	@echo "Installing what Dateline needs into $(VENV), once; this takes a minute or two." >&2
	@$(INSTALL) . </dev/null >&2
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(PYTHON)
	@echo "Installing what Dateline and its checks need into $(VENV), once; this takes a minute or two." >&2
	@$(INSTALL) '.[dev]' </dev/null >&2
	@touch $(VENV)/.runtime $@

$(VENV)/.bench: pyproject.toml constraints.txt | $(PYTHON)
	@echo "Installing what the benchmarks need into $(VENV), once; this takes a minute or two." >&2
	@$(INSTALL) '.[dev,bench]' </dev/null >&2
	@touch $(VENV)/.runtime $(VENV)/.dev $@

$(PYTHON):
	@for python in $(INTERPRETERS); do \
		if $$python -c '$(SUITS)' </dev/null >/dev/null 2>&1; then \
			exec $$python -m venv --clear $(VENV) </dev/null >&2; \
		fi; \
	done; \
	echo "Dateline needs Python 3.11, 3.12 or 3.13 with its venv module; none of these is one: $(INTERPRETERS)." >&2; \
	echo "Install one of them (on Debian and Ubuntu also python3-venv), then run make again." >&2; \
	exit 1
