# Works with the make of Linux and of macOS (GNU make 3.81). Set-up is tools/setup.sh, which finds
# out by itself, in a blink, that there is nothing to do.

.DEFAULT_GOAL := help
.PHONY: help pdfs test docs signs setup setup-docs setup-dev bench lock clean
# Two set-ups at once, under `make -j`, would write into one .venv.
.NOTPARALLEL:

help: ## show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

pdfs: setup ## set up, then build every material in every edition into output/
	@.venv/bin/hrcpub build

# One more than there are processors, since tests of printers and of the studio mostly wait; at most
# four, since a build's workers, forked from one, may have 2 GB.
PROCESSES = $(shell .venv/bin/python -c "import os; print(min(4, (os.cpu_count() or 1) + 1))")
TESTS = -m pytest --numprocesses $(PROCESSES) --dist worksteal $(if $(filter 1,$(ALL)),,--quick)
# From 3.12 on Python itself tells which lines are run, at next to no cost.
CORE = $(shell .venv/bin/python -c "import sys; print('ctrace' if sys.version_info < (3, 12) else 'sysmon')")

# Hundreds of processes of the tests would compile hrcpub, each anew, for people who set this.
test: export PYTHONDONTWRITEBYTECODE =
test: setup-dev ## set up for development, then lint, type-check and test (ALL=1: slow tests too; COVERAGE=1: measure)
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
ifeq ($(COVERAGE),1)
	@.venv/bin/coverage erase
	COVERAGE_CORE=$(CORE) .venv/bin/coverage run $(TESTS)
	@.venv/bin/coverage combine --quiet
	.venv/bin/coverage report
else
	.venv/bin/python $(TESTS)
endif

# Afresh each time: what pages say of the program changes with the program.
docs: setup-docs ## set up, then make the documentation's site into output/docs/
	@.venv/bin/sphinx-build --fail-on-warning --keep-going --fresh-env --quiet docs output/docs
	@echo "output/docs/index.html"

ROUNDS = 2000
signs: setup-dev ## type ROUNDS (2000) random sentences into all layouts, and look for each character
	@.venv/bin/python -m tests.whole.random_signs $(ROUNDS)

setup: ## make .venv and install what hrcpub needs to run
	@sh tools/setup.sh runtime

setup-docs: ## the same, with what makes the documentation
	@sh tools/setup.sh docs

setup-dev: ## the same, with what development needs
	@sh tools/setup.sh dev

bench: setup ## measure speed and memory
	@.venv/bin/python -m benchmarks

lock: ## remake the lock files (UPGRADE=1: with the newest versions)
	@UPGRADE=$(UPGRADE) sh tools/lock.sh

clean: ## remove what was built (to start afresh, remove .venv too)
	@find output -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	@find . -name .venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
	@rm -rf docs/made .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache htmlcov build dist
