# Promise, Path, People. `make help` lists what can be made.
#
# Two commands do it all: `make serve` and `make test`. Each sets up what it
# needs on its first run and nothing on the second.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
HOST ?= 127.0.0.1
# Tests wait more than they work: for pages, kernels and graders of their own.
JOBS ?= $(shell echo $$((2 * $$(nproc 2>/dev/null || echo 2))))
# A seed shuffles the tests, for example ORDER=7.
ORDER ?=
# LAB=0 leaves the browser lab out of the site.
LAB ?= 1

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# Node comes from the system or, failing that, from the venv (see tools/setup.sh).
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONHASHSEED := 0
# A run of the tests starts hundreds of processes: none compiles again what another has.
unexport PYTHONDONTWRITEBYTECODE
# 1980, the first year that a zip file can name.
export SOURCE_DATE_EPOCH := 315532800

SITE := _build/html
# What the pages import and ship.
PACKAGE := $(shell find src -type f \( -name '*.py' -o -name '*.csv' -o -name '*.json' -o -name '*.js' -o -name '*.css' -o -name '*.html' \) 2>/dev/null)
EXERCISES := $(shell find exercises -type f -not -path '*/.ipynb_checkpoints/*' 2>/dev/null)
PAGES := $(shell find book -type f -not -path '*/.ipynb_checkpoints/*' 2>/dev/null) _config.yml _toc.yml

##@ The two commands
.PHONY: serve
serve: packed ## Set up, build and serve the course (PORT=8000, HOST=127.0.0.1)
	$(PY) tools/serve.py $(SITE) --host $(HOST) --port $(PORT)

.PHONY: test
test: walls check book ## Set up and run the tests (ORDER=7: shuffled by that seed)
	$(PY) -m pytest -p tests.quick -n $(JOBS) --dist loadgroup --durations=20 --durations-min=10 $(WHOLE) \
	  $(if $(ORDER),-p randomly --randomly-seed=$(ORDER)) \
	  --nbval tests book/chapters solutions

.PHONY: test-all
test-all: WHOLE := --whole
test-all: test ## Run all that `make test` takes samples of (many minutes)

##@ For learners
.PHONY: lab
lab: setup ## Open JupyterLab with the exercises and the course installed
	@# The settings of the browser lab: no question about news from outside comes up.
	@install -D -m 644 lab/overrides.json $(VENV)/share/jupyter/lab/settings/overrides.json
	$(BIN)/jupyter lab --ServerApp.root_dir=. \
	  --LabApp.default_url=/lab/tree/exercises --LabApp.news_url=None \
	  --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate

##@ For authors
.PHONY: book
book: setup $(SITE)/.built $(if $(filter 1,$(LAB)),$(SITE)/lab/.built) ## Build the site into _build/html (LAB=0: without the browser lab)

$(SITE)/.built: $(PAGES) _build/.package
	@# A failed strict build must not pass the next time because its pages count as read.
	$(BIN)/jupyter-book build . -W -n --keep-going || { rm -rf _build/.doctrees; exit 1; }
	@touch $@

$(SITE)/lab/.built: $(PACKAGE) $(EXERCISES) _config.yml tools/lab.py tools/course_wheel.py lab/jupyter-lite.json lab/overrides.json | $(SITE)/.built
	$(PY) tools/lab.py $(SITE)
	@touch $@

.PHONY: packed
packed: book ## Lay packed copies beside the site's files, for the server
	$(PY) tools/pack.py $(SITE)

_build/.package: $(PACKAGE) requirements.lock package-lock.json
	@# Scripts and styles are copied only when pages are written anew.
	rm -rf _build/.doctrees
	@mkdir -p _build && touch $@

.PHONY: notebooks
notebooks: setup ## Execute the notebooks and store their outputs, in canonical form
	$(PY) tools/notebooks.py

.PHONY: release
release: setup ## Make exercises/ anew from solutions/
	$(PY) tools/release.py
	$(PY) tools/handed_out.py

.PHONY: messages
messages: setup ## Gather the words that the code shows, for translators (TO=fi)
	$(PY) tools/messages.py $(or $(TO),$(error say which language: make messages TO=fi))

.PHONY: looks
looks: system-packages book ## Compare how figures and pages look with what is kept; shows differences
	$(PY) tools/looks.py $(SITE) $(ONLY)

.PHONY: looks-accept
looks-accept: system-packages book ## Keep how they look now (ONLY="lunch-line page-search": those)
	$(PY) tools/looks.py $(SITE) $(ONLY) --accept

.PHONY: check
check: setup ## Lint, format and types of the code (seconds)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: format
format: setup ## Put the code into the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: lock
lock: setup ## Renew requirements.lock and package-lock.json from their sources
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --upgrade -q -o requirements.lock
	$(BIN)/uv pip compile lab/wheels.in --no-deps --universal --python-version 3.14 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o lab/wheels.lock
	$(BIN)/uv pip compile tools/requirements-node.in --universal --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -q -o tools/requirements-node.lock
	npm install --package-lock-only --ignore-scripts

.PHONY: mutants
mutants: setup ## Break every reference solution in small ways; do the exercises' tests notice? (minutes)
	$(PY) tools/mutants.py --jobs $(JOBS) $(ONLY)

##@ Measurements
.PHONY: bench
bench: system-packages book ## Measure live figures, the browser lab and the build (many minutes)
	$(PY) tools/bench.py

.PHONY: bench-grading
bench-grading: system-packages ## Measure grading against plain nbgrader (many minutes)
	$(PY) tools/bench_grading.py

##@ Ground
.PHONY: setup
setup: $(VENV)/.ready node_modules/.ready ## Install what is missing (done by every other target)
	@# Only to whoever asked for it by name; for other targets it is a step on the way.
	@case " $(MAKECMDGOALS) " in *" setup "*) \
	  echo "Ready. Next: make lab, or make serve for the pages; teachers: .venv/bin/classroom doctor" ;; \
	esac

$(VENV)/.ready: requirements.lock pyproject.toml tools/setup.sh
	@tools/setup.sh python
	@touch $@

node_modules/.ready: package-lock.json lab/wheels.lock | $(VENV)/.ready
	@tools/setup.sh node
	@touch $@

.PHONY: system-packages
system-packages: setup ## Install or name the programs that the tests drive
	@tools/setup.sh system

.PHONY: walls
walls: system-packages
	@$(PY) tools/walls.py

.PHONY: clean
clean: ## Remove what was built (keeps the set-up)
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: distclean
distclean: clean ## Remove the set-up as well
	rm -rf $(VENV) node_modules

.PHONY: help
help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
