# Two commands: `make check` looks at the booklet, `make test` runs everything that CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: check test lint types pytest docs languagetool format clean

check: $(VENV)/.installed
	$(BIN)/mlsd-lint check

test: lint types check pytest

lint: $(VENV)/.developing
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.developing
	$(BIN)/mypy

pytest: $(VENV)/.developing
	$(BIN)/pytest -n auto

# What the code says already: the pages of the rules and the settings, and the picture.
docs: $(VENV)/.developing
	$(BIN)/python docs/generate.py

# The booklet, read by the real LanguageTool too. It needs Java 17, and Maven where the download of
# LanguageTool cannot be reached.
languagetool: $(VENV)/.languagetool
	trap '$(BIN)/mlsd-lint languagetool stop' EXIT; \
	  $(BIN)/mlsd-lint check --grammar languagetool --fail-on warning

format: $(VENV)/.developing
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf $(VENV) .mlsd_lint_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis dist

# pip itself is pinned too: older ones know no dependency groups.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.languagetool: $(VENV)/.developing languagetool/pom.xml
	$(BIN)/mlsd-lint languagetool install || { \
	  mvn --quiet --batch-mode --file languagetool/pom.xml dependency:copy-dependencies && \
	  $(BIN)/mlsd-lint languagetool install --from languagetool/target/LanguageTool; }
	touch $@

$(VENV)/.developing: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group dev
	touch $@
