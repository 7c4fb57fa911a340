# Two commands do all on a fresh machine: `make demo` and `make test`. Everything stays inside this folder (.venv, .sild).
# Words after the two marks of a target are what `make help` prints.

.DEFAULT_GOAL := help
.PHONY: help install install-dev demo test test-all check format docs picture translations assets bench fuzz language lock reset

# the desk's data; an operator's own place may be named: make demo SILD_HOME=/srv/sild
# (a SILD_HOME of the environment is your own desk: the demo never touches it)
ifneq ($(origin SILD_HOME),command line)
SILD_HOME := $(CURDIR)/.sild
endif
PYTHON ?=
PYTEST_ARGS ?=
# a program that may not keep its modules compiled compiles the whole house at each start: the tests start hundreds
unexport PYTHONDONTWRITEBYTECODE
python := .venv/bin/python
# each worker starts a database of its own: more than four at once cost more than they win;
# groups of tests begin in the order that tests/conftest.py gives them, the longest first, not by how many tests they have
# a worker that dies ends the run as a failure: with a new one in its place a run by groups waits for ever
pytest := $(python) -m pytest -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder --max-worker-restart=0
compile := .venv/bin/uv pip compile pyproject.toml --extra install --extra vectors --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

install: ## set up the environment that the desk runs in (.venv, from requirements.lock)
	@PYTHON="$(PYTHON)" tools/install runtime

install-dev: ## the same with the tools for tests and checks (requirements-dev.lock)
	@PYTHON="$(PYTHON)" tools/install dev

demo: install ## run the main job on the sample inbox, then open the desk in the browser (SERVE=no: end after the summary)
	@SILD_HOME="$(SILD_HOME)" $(python) -m sild demo $(if $(filter no,$(SERVE)),--no-serve)

test: install-dev ## the test suite, in parallel, with a real database
	@$(pytest) -m "not slow" $(PYTEST_ARGS)

test-all: install-dev ## everything: the long sets too, and all examples of each property
	@$(pytest) $(PYTEST_ARGS)

check: install-dev ## formatting, lint, types, import contracts, security lint
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/bandit --quiet --recursive src -lll --configfile pyproject.toml

format: install-dev ## put the source into its usual form
	.venv/bin/ruff check --fix --quiet . || true
	.venv/bin/ruff format .

docs: install-dev ## write the reference pages from what the program declares
	@$(python) tools/reference.py

picture: install-dev ## photograph the open desk for the README (needs chromium)
	@$(python) tools/desk_picture.py docs/images/desk.png

translations: install-dev ## collect the texts that people read, and compile the translations
	@$(python) tools/translations.py

assets: install-dev ## pack the style sheets and scripts after a change
	@$(python) tools/assets.py

language: install-dev ## check the words of a language: CASES=table.yaml [FOLDER=its files] (docs/how-to/add-a-language.md)
	@$(python) tools/language_cases.py $(CASES) $(if $(FOLDER),--folder $(FOLDER))

bench: install-dev ## measure: time and memory of the sample run, quality, gaps (see bench/README.md)
	@$(python) bench/run.py

fuzz: install-dev ## damage files for each reader, guided by what the code does with them: SECONDS=30 for each
	@$(python) bench/fuzz_readers.py all --seconds $(or $(SECONDS),30)

lock: install-dev ## work the locks out anew from pyproject.toml (hashes, no addresses); UPGRADE=1 takes newer versions
	$(compile) $(if $(UPGRADE),--upgrade) --output-file requirements.lock
	$(compile) $(if $(UPGRADE),--upgrade) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(compile) $(if $(UPGRADE),--upgrade) --extra dev --extra peers --constraint requirements-dev.lock --output-file requirements-peers.lock
	@sed -i '/^--/d' requirements.lock requirements-dev.lock requirements-peers.lock

reset: install ## forget the demo's data
	@SILD_HOME="$(SILD_HOME)" $(python) -m sild reset --yes
