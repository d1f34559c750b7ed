# What people type. Everything is set up by the targets themselves: Python 3.11 with venv, and make, are enough.

PYTHON ?= python3
BIN := .venv/bin
DEMO := build/demo
# Modules are compiled once, whatever the environment says: tests and benchmarks start hundreds of processes.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo demo-campaign serve demo-serve test test-all test-encodings lint bench bench-report bench-campaign bench-against bench-campaign-against docs pictures bundle one-file clean

# The main job on a sample: a completed workbook goes in, the official Word report comes out.
demo: .venv/installed
	@mkdir -p $(DEMO)
	@$(BIN)/reportfill fill sample_inputs/weihui-xinfang-2023.xlsx -o $(DEMO)

# The other main job: an office's year with thirty made-up agencies, from the workbooks that go out to the sums.
demo-campaign: .venv/installed
	@$(BIN)/python -m tools.demo_campaign

# The page in the browser, for this computer: workbooks in, reports out.
serve: .venv/installed-web
	@$(BIN)/reportfill serve

# The same campaign with links and accounts, ready to click.
demo-serve: .venv/installed-web demo-campaign
	@$(BIN)/python -m tools.demo_server

# The tests, with the programs that judge from outside where they can be had; `test-all` runs those marked `long` too,
# repeats in full what `test` repeats less, and writes its result to docs/testing.md. Each process begins with tests that
# stand together, so that what they share is made once.
PYTEST = $(BIN)/python -m compileall -q src && $(BIN)/python -m pytest -n auto --dist worksteal

test: .venv/installed-dev
	@$(PYTHON) tools/install_programs.py
	@$(PYTEST) -m "not long"

test-all: export REPORTFILL_TESTS := all
test-all: .venv/installed-dev
	@$(PYTHON) tools/install_programs.py
	@$(PYTEST) -p tools.test_result

# What takes under a minute of them, once more: with a console in code page 936, and on a system that knows ASCII only.
# There no file can have a Chinese name, so those that make one are left out.
IN_GBK := tests/batch $(addprefix tests/cli/test_,$(addsuffix .py,\
    check explain fill inputs language main new packs refusals shell_paths streams))
IN_ASCII := tests/model tests/test_api.py tests/test_catalogue.py tests/test_chinese.py tests/test_processing.py \
    $(addprefix tests/checks/test_,balances.py mentions.py text.py years.py) \
    $(addprefix tests/cli/test_,explain.py language.py)

test-encodings: .venv/installed-dev
	@export PYTHONIOENCODING=gbk; $(PYTEST) -m "not long" $(IN_GBK)
	@export LANG=C LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0; $(PYTEST) -m "not long" $(IN_ASCII)

lint: .venv/installed-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# Side by side with other libraries, with those of Node where node and npm are; `bench-report` takes minutes and
# writes docs/performance.md with its pictures.
bench: .venv/installed-bench
	@$(BIN)/python -m benchmarks

bench-report: .venv/installed-bench
	@$(BIN)/python -m benchmarks report

# Whole campaigns over a hundred to ten thousand agencies, or AGENCIES=100000; writes docs/scale.md. What is measured is
# installed as users have it: the tools of this place, once installed, make every start longer.
bench-campaign: .venv/installed-bench build/measured/bin/python
	@build/measured/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps .
	@$(BIN)/python -m benchmarks campaign --python build/measured/bin/python $(if $(AGENCIES),--agencies $(AGENCIES))

# What each stage and command costs against another revision, in turn within one run: `make bench-against REV=v0.1.0`.
# KEEP=1 writes it into docs/performance.md.
bench-against: .venv/installed-bench build/measured/bin/python
	@$(BIN)/python -m benchmarks against $(REV) --python build/measured/bin/python $(if $(KEEP),--keep)

# Whole campaigns against another revision over ten thousand agencies, or AGENCIES='10000 100000'; writes docs/scale.md.
bench-campaign-against: .venv/installed-bench build/measured/bin/python
	@$(BIN)/python -m benchmarks campaign-against $(REV) --python build/measured/bin/python \
	    $(if $(AGENCIES),--agencies $(AGENCIES))

build/measured/bin/python: pyproject.toml
	@$(PYTHON) -m venv build/measured
	@$@ -m pip install --quiet --disable-pip-version-check .

# What is kept in git beside the code and made from it.
docs: .venv/installed-dev
	@$(BIN)/python -m tools.annual_report
	@$(BIN)/python -m tools.law_enforcement
	@$(BIN)/python -m tools.make_notice
	@$(BIN)/python -m tools.make_docs
	@$(BIN)/python -m tools.make_samples

pictures: .venv/installed-dev
	@$(BIN)/python -m tools.make_pictures
	@$(BIN)/python -m tools.demo_campaign
	@$(BIN)/python -m tools.make_screenshots

# One folder that installs the program by a double click where there is no network: `make bundle` for this system and
# this Python, `make bundle PYTHON_WINDOWS=python-3.13.14-amd64.exe` for a Windows without Python. SHA256=… says what that
# file has to be where tools/bundle/installer.py does not know.
bundle: .venv/installed-dev
	@$(BIN)/python -m tools.bundle $(if $(PYTHON_WINDOWS),--python-windows '$(PYTHON_WINDOWS)') \
	    $(if $(SHA256),--sha256 $(SHA256))

# The command line as one file for the Python of this system: build/reportfill.pyz.
one-file: .venv/installed-dev
	@$(BIN)/python -m tools.one_file

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/installed-dev: pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/installed

.venv/installed-web: pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[ofd,pictures,web]'
	@touch $@ .venv/installed

.venv/installed-bench: pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@ .venv/installed
