# Two commands matter: `make app` and `make test`. Everything they need they install themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode
INSTALLED := $(VENV)/installed

.PHONY: app test check bench fuzz data docs lock clean

app: $(INSTALLED)-app static/vendor/.installed
	$(BIN)/gap-planner app

test: $(INSTALLED)-test static/vendor/.installed
	$(BIN)/python tests/browser/install_chromium.py
	$(BIN)/python tests/browser/install_oidc_provider.py
	$(BIN)/python tests/integration/install_nginx.py
	$(MAKE) --no-print-directory check
	$(BIN)/pytest

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(INSTALLED)-bench static/vendor/.installed
	$(BIN)/python -m benchmarks

# Random mutants of every format, as many as the issue of the importer asks for: an hour or so.
FUZZ_COUNT ?= 10000
fuzz: $(INSTALLED)-test
	$(BIN)/python -m tests.unit.geo.intake.mutants --count $(FUZZ_COUNT)

data: $(INSTALLED)-app
	$(BIN)/python -m data.build

docs: $(INSTALLED)-test static/vendor/.installed
	$(BIN)/python tests/browser/install_chromium.py
	$(BIN)/python -m docs.build

# Names no registry host; a dependency is changed in pyproject.toml, then locked here.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate
lock: $(INSTALLED)-app
	$(COMPILE) requirements/installer.in -o requirements/installer.txt
	$(COMPILE) requirements/node.in -o requirements/node.txt
	$(COMPILE) pyproject.toml -o requirements/app.txt
	$(COMPILE) pyproject.toml --extra test -c requirements/app.txt -o requirements/test.txt
	$(COMPILE) pyproject.toml --extra test --extra bench -c requirements/test.txt -o requirements/bench.txt

$(VENV)/bin/uv: requirements/installer.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

# The built pcst-fast answers wrongly under NumPy 2; built here it is right.
$(INSTALLED)-bench: UV += --no-binary pcst-fast
$(INSTALLED)-%: requirements/%.txt $(VENV)/bin/uv pyproject.toml
	$(UV) -r $<
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	$(BIN)/python -m planning.optimise.warm_up
	touch $@

static/vendor/.installed: package-lock.json $(wildcard ui/install_assets.py) | $(INSTALLED)-app
	$(BIN)/python -m ui.install_assets
	touch $@

clean:
	rm -rf $(VENV) node_modules static/vendor static/layers
