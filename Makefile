# Postbuch: `make help` lists the commands.  Each sets up what it needs, and is quick when nothing changed.

SHELL := /bin/sh
BIN := .venv/bin
WORKERS ?= auto
NAME ?=
CORPUS_DIR ?= ../shared/corpus
TESTS ?=
LOCKING := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build
export PYTHON
# Compiled code is kept: without it each start of a command takes seconds more.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run demo test check format bench corpus lock clean environment dev-environment peers programs

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: environment programs ## set everything up and start the service (Ctrl-C stops it)
	@exec $(BIN)/postbuch serve

demo: environment programs ## fill a running or fresh Postbuch with the mail of a year
	@exec $(BIN)/postbuch demo

test: dev-environment peers programs ## set up what the tests need, and run them all (TESTS=tests/mail: some)
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(TESTS)

check: dev-environment ## style, types, who imports whom, sizes and names
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/shellcheck scripts/* .ci/run
	$(BIN)/hadolint docker/Dockerfile
	$(BIN)/pytest -q tests/test_house.py

format: dev-environment ## bring the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: dev-environment peers programs ## measure beside the references (NAME=capture: one alone)
	$(BIN)/python -m benchmarks $(NAME)

corpus: dev-environment programs ## count what is read rightly of the collections in CORPUS_DIR (NAME=replies: one alone)
	@CORPUS_DIR="$(CORPUS_DIR)" $(BIN)/python -m benchmarks.corpus $(NAME)

lock: dev-environment ## choose versions anew, within pyproject.toml (UPGRADE=1: the newest)
	$(BIN)/uv pip compile $(if $(UPGRADE),--upgrade) $(LOCKING) --extra dev -o requirements-dev.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCKING) -c requirements-dev.lock -o requirements.lock pyproject.toml

clean: ## remove what these commands made, but not what Postbuch keeps (var)
	rm -rf .venv .cache .environment.lock build *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@scripts/environment run

dev-environment:
	@scripts/environment dev

peers:
	@scripts/peers

programs:
	@scripts/programs
