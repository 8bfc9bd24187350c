# jingzhun: targeted poverty alleviation. `make help` lists what can be done.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install run test unit lint types walls bench chaos draw contract-check deploy-check advisories spec goldens migration clean

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

install: .venv/installed ## The virtual environment with the locked dependencies

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

run: export PORT ?= 8000
run: export DATA ?= var
run: export SEASON ?= 1
run: install ## Start everything and play a season of identification (PORT, DATA, SEASON=0: only serve)
	exec $(BIN)/jingzhun up --sandbox

test: install lint types walls ## Everything: lint, types, walls, and every test
	$(BIN)/python -m pytest

unit: install ## The fast tests alone
	$(BIN)/python -m pytest tests/unit

lint: install ## Style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## Types, strictly
	$(BIN)/mypy

walls: install ## Imports keep to the walls of the architecture
	$(BIN)/lint-imports

bench: install ## Each figure beside the bare limit (ROWS=name,name OUT=file.json DOC=docs/performance.md SCALE=0.1)
	$(BIN)/python -m tests.bench

chaos: SEED ?= 1
chaos: KILLS ?= 30
chaos: install ## Kill everything again and again under load, then open the books (SEED, KILLS; needs Java and Maven)
	$(BIN)/python -m tests.chaos --seed $(SEED) --kills $(KILLS)

draw: REQUESTS ?= 100000
draw: SEED ?= 1
draw: install ## Requests drawn from the API document against a county, each answer checked (REQUESTS, SEED)
	$(BIN)/python -m tests.e2e.drawing --requests $(REQUESTS) --seed $(SEED)

contract-check: install ## The API's document by its linters, and against the last release (Node and Go)
	deploy/checks/contract

deploy-check: install ## Image, compose, Kubernetes and alerts, by the tools that judge them (no container engine)
	deploy/checks/run

advisories: install ## What we build on, against what is known to be vulnerable (asks OSV, or OSV_URL)
	deploy/checks/advisories

spec: install ## Write anew what is made out of the services: OpenAPI, AsyncAPI, clients, the catalogues of errors and events
	deploy/checks/regenerate

.PHONY: clients clients-check
clients: install ## Write the Python and the TypeScript client anew from the OpenAPI document
	clients/generate

clients-check: install ## Both clients are what the document gives, and compile
	clients/check

goldens: install ## Write golden files of events that have none yet
	$(BIN)/python -m tests.contract.goldens

migration: install ## Draft a migration: make migration SERVICE=households MESSAGE="what changes"
	$(BIN)/python -m services.wiring.draft $(SERVICE) $(MESSAGE)

clean: ## Remove what was installed and cached; data stay
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
