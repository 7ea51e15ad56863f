# Unionboard. `make help` lists what there is.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
# Compiled modules are kept: every worker, server and command of a run would compile them anew.
unexport PYTHONDONTWRITEBYTECODE
try := 1
WORKERS := -n 3 --dist loadgroup --no-loadscope-reorder

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Say which with: make PYTHON=python3.12 run")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing (once, about a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt requirements-oidc.txt requirements-postgresql.txt requirements-s3.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(VENV)/.postgresql: $(VENV)/.run requirements-postgresql.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-postgresql.txt
	@touch $@

.PHONY: help run wheel dev demo cluster upgrade test soak load score fuzz lint fmt bench country messages commands pictures migration browser postgresql pgtest

help:            ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

run: $(VENV)/.run       ## set up and start the program on http://localhost:8501
	@$(BIN)/python -m unionboard run

wheel: $(VENV)/.dev     ## dist/unionboard-….whl, tried in clean environments (minutes; without: make wheel try=)
	@$(BIN)/python -m build --no-isolation --wheel --outdir dist .
	@$(if $(try),$(BIN)/python -m pytest -m long tests/install)

dev: $(VENV)/.run       ## the same, reloading pages and modules as they are edited
	@$(BIN)/python -m unionboard migrate
	@$(BIN)/python -m streamlit run app.py --server.fileWatcherType auto --server.runOnSave true

demo: $(VENV)/.run      ## load the fictitious demo year into an empty database
	@$(BIN)/python -m unionboard demo

cluster: $(VENV)/.postgresql    ## several processes behind nginx on one PostgreSQL: make cluster processes=4 port=8600
	@$(BIN)/python -m unionboard cluster $(if $(processes),--processes $(processes)) $(if $(port),--port $(port)) $(if $(address),--address $(address))

upgrade: $(VENV)/.postgresql    ## replace a running cluster's processes by those of this folder, one after the other
	@$(BIN)/python -m unionboard upgrade

browser:                ## Chromium and a Chinese font for the browser tests, when none is found
	@sh .ci/browser $(BIN)/python

postgresql:             ## PostgreSQL for the tests on a server, when none is found
	@sh .ci/postgresql

# Where a database can differ: what is stored, written together, numbered, added up, moved.
WHERE_DATABASES_DIFFER := $(patsubst %,tests/services/test_%.py,accounts booking budget changes checkoffs claims closing evidence fund history \
	ledger meetings moving periods plans private_names sections sign_ins throttle trash union_tree unions)
pgtest: $(VENV)/.dev postgresql ## those tests on a PostgreSQL of their own where a database can differ; all=1: all of storage and services
	@$(BIN)/python -m pytest $(WORKERS) --database postgresql tests/test_db.py $(if $(all),tests/services,$(WHERE_DATABASES_DIFFER))

test: $(VENV)/.dev browser postgresql   ## all tests
	@$(BIN)/python -m pytest $(WORKERS) -m "not long"

soak: $(VENV)/.dev browser      ## the long runs: kill -9, power cuts, 20 browsers for 2 minutes
	@$(BIN)/python -m pytest -m long tests/browser tests/install
	@$(BIN)/python -m pytest -s tests/soak/kill.py tests/soak/power.py tests/soak/disk.py tests/soak/browsers.py

load: $(VENV)/.dev $(VENV)/.postgresql  ## people at work on a cluster: one process and several, one killed, a rolling upgrade
	@$(BIN)/python -m tests.load $(if $(processes),--processes $(processes)) $(if $(sessions),--sessions $(sessions))

score: $(VENV)/.dev     ## mark how well the labelled plans are read (v=1 lists the faults)
	@$(BIN)/python -m tests.score $(if $(v),-v)

fuzz: $(VENV)/.dev      ## read 10,000 mutated files: each is read, or refused in one sentence
	@$(BIN)/python -m tests.fuzz

lint: $(VENV)/.dev      ## ruff, mypy strict, import contracts, known holes in packages
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m tests.audit

fmt: $(VENV)/.dev       ## format the code
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

bench: $(VENV)/.dev browser     ## measure: one table, and bench/results.json (only=pages,cold prints some)
	@$(BIN)/python -m tests.bench $(if $(only),--only $(only))

country: $(VENV)/.dev   ## a year of two million unions on paper, from the measured costs (docs/scaling.md)
	@$(BIN)/python -m tests.country

messages: $(VENV)/.dev  ## collect the sentences of the code into the catalogues
	@$(BIN)/python -m tests.messages

commands: $(VENV)/.dev  ## write docs/commands.md from the command line's own help
	@$(BIN)/python -m tests.command_list

pictures: $(VENV)/.dev browser  ## take all pictures of guide and README anew, in both languages (docs/pictures.json)
	@UNIONBOARD_PICTURES=take $(BIN)/python -m pytest -m long tests/browser/test_pictures.py

migration: $(VENV)/.dev ## write a migration from the models: make migration m="what changes"
	@test -n "$(m)" || { echo 'Say what changes: make migration m="add a column"'; exit 2; }
	@$(BIN)/python -m unionboard.migrations "$(m)"
