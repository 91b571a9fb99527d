PYTHON ?= python3
OPTIONS ?=
COMMANDS := .venv/bin

.PHONY: help report test proof lint lock clean install

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

report: ## evaluate the sample campaign and write its reports
	$(PYTHON) bootstrap.py report $(OPTIONS)

install: ## make .venv with everything a developer needs
	$(PYTHON) bootstrap.py install $(OPTIONS)

test: ## run the tests
	$(PYTHON) bootstrap.py test $(OPTIONS)

proof: ## run the slow proofs
	$(PYTHON) bootstrap.py proof $(OPTIONS)

lint: install ## check style, types and floors
	$(COMMANDS)/ruff check .
	$(COMMANDS)/ruff format --check .
	$(COMMANDS)/mypy
	$(COMMANDS)/lint-imports --no-logo

lock: ## write the pinned lists anew (needs uv)
	$(PYTHON) scripts/lock.py $(OPTIONS)

clean: ## remove what tools leave behind, but not .venv and not reports
	rm -rf build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
