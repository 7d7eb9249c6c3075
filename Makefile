# make demo      the sample company in the browser
# make test      the whole suite, on SQLite and (when one is reachable) on PostgreSQL
# make check     style, types, imports, templates, spelling, the shape of the house
# make messages  sentences of the code into the catalogues
# make coverage  which clauses the tests have seen open, met and refused, recorded anew
# make lock      the locks anew, from pyproject.toml (needs uv)

.DEFAULT_GOAL := help
COVERING := tests/company --ignore=tests/company/test_random_acts.py --ignore=tests/company/test_queries_of_acts.py # chance; queries of its own

.PHONY: help demo test check messages coverage lock run-env dev-env format-check lint types imports templates spelling shape figures

IN := .venv/bin

help:
	@sed -n 's/^# //p' Makefile

demo: run-env
	AFTERSIGN_HOME="$${AFTERSIGN_HOME:-var/demo}" $(IN)/aftersign demo

test: dev-env
	$(IN)/python .ci/suite.py $(PYTEST)

check: lint format-check types imports templates spelling shape figures

messages: dev-env
	$(IN)/python .ci/messages.py

coverage: dev-env
	rm -rf var/record
	AFTERSIGN_HOME=var/check AFTERSIGN_RECORD=var/record $(IN)/python -m pytest -q -n auto $(COVERING)
	$(IN)/python -m tests.recorded var/record

lock:
	uv pip compile pyproject.toml --extra postgres -o requirements.lock $(LOCKING)
	uv pip compile pyproject.toml --extra postgres --extra dev -c requirements.lock -o requirements-dev.lock $(LOCKING)

LOCKING := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

run-env:
	@.ci/venv run

dev-env:
	@.ci/venv dev

lint: dev-env
	$(IN)/ruff check .

format-check: dev-env
	$(IN)/ruff format --check .

types: dev-env
	AFTERSIGN_HOME=var/check $(IN)/mypy

imports: dev-env
	$(IN)/lint-imports --no-logo

templates: dev-env
	$(IN)/djlint --lint --quiet src

spelling: dev-env
	$(IN)/codespell .

shape: dev-env
	AFTERSIGN_HOME=var/check $(IN)/python -m pytest tests/shape -q

figures: dev-env
	$(IN)/python -m tests.shape.figures
