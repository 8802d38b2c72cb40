# Jawab: the commands. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
BIN := .venv/bin
# Folders of tests/unit whose tests start no process.
QUICK := text knowledge understanding support channels doctor deploy onboarding docs

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

setup: ## the environment alone, in .venv
	@scripts/setup.sh requirements.txt

setup-dev:
	@scripts/setup.sh requirements-dev.txt

run: setup ## environment, model, all three processes; prints the addresses; Ctrl-C ends all
	@$(BIN)/jawab run

run-apps: setup-dev ## the same with every messaging app on loopback, and a page with a phone for each
	@$(BIN)/python -m tests.fakes

train: setup ## train the model into models/
	@$(BIN)/jawab train

validate: setup ## check data/faq, data/shops and data/dialogue
	@$(BIN)/jawab validate

evaluate: setup ## accuracy on the development set; tables, and a page with plots in var/evaluation
	@$(BIN)/python -m evaluation

bench: setup-dev ## whole turns of Jawab and of stock Rasa side by side; docs/benchmarks.md and capacity.md, a quarter of an hour
	@$(BIN)/python -m benchmarks.turns
	@$(BIN)/python -m benchmarks.capacity

bench-nlu: setup ## what the understanding reaches on data sets and what each part of it is worth, beside stock Rasa
	@$(BIN)/python -m benchmarks.nlu

lint: setup-dev ## format, lint, import directions, types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

check: lint ## lint, types, the unit tests that need no process of their own, on all cores (under 2 minutes)
	@$(BIN)/pytest -q -n auto --dist loadfile $(addprefix tests/unit/,$(QUICK))

test: lint ## everything that fits in 25 minutes on two cores
	@scripts/test.sh

test-faults: setup-dev ## kill -9, spoiled answers, a database that is away: nothing lost, nothing doubled
	@$(BIN)/jawab train
	@$(BIN)/pytest tests/faults

test-slow: test-faults ## what takes longer: what is broken on purpose, the benchmark in small
	@$(BIN)/pytest tests/slow
	@$(BIN)/pytest -m slow tests/unit

docs: setup ## the documentation as a site: var/site/index.html
	@scripts/docs.sh

reference: setup ## renew docs/settings.md, commands.md and api.md from the code
	@$(BIN)/python -m scripts.reference

notices: setup ## renew THIRD_PARTY.md from requirements.txt
	@$(BIN)/python -m scripts.third_party

screenshots: setup-dev ## pictures for docs/screenshots, from the system that `make run` started
	@$(BIN)/python -m scripts.screenshots
	@$(BIN)/python -m scripts.cover

deploy-check: ## deploy/ by the validators of Kubernetes, of the compose specification and of images
	@scripts/deploy_check.sh

audit: ## a bill of materials into var/sbom.json, and a search for secrets that were committed
	@scripts/audit.sh

release: train ## the wheel with data and model into dist/, tried in an empty environment
	@scripts/release.sh

lock: ## renew the files with every package's version and hashes from pyproject.toml and *.in
	@scripts/lock.sh

clean: ## remove the environment, models and everything the project keeps under var/
	rm -rf .venv .tools .cache var models/*.tar.gz

.PHONY: help setup setup-dev run run-apps train validate evaluate bench bench-nlu lint check test test-faults test-slow docs reference notices screenshots deploy-check audit release lock clean
