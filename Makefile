# On a fresh machine, two commands do everything: `make site` and `make test`. `make help` lists all of them.

PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2

# An environment whose Python is too old, or gone, is made anew. An old Python is named before anything is installed.
PYTHON_FITS = import sys; sys.exit(sys.version_info < (3, 11))
ifneq ($(wildcard .venv),)
ifneq ($(shell $(BIN)/python -c '$(PYTHON_FITS)' 2>/dev/null && echo fits),fits)
$(shell rm -rf .venv)
endif
endif

.PHONY: help site serve test check coverage audit screenshots audit-dependencies sbom test-long fuzz floors goldens catalogues train compare train-labels lock clean

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS="|" read -r name text; do printf "%-24s %s\n" "make $$name" "$$text"; done

site: .venv/site.ready  ## set up the environment and build the archive into site/
	$(BIN)/python build.py
	@echo
	@echo "The archive is in site/. Open site/index.html, or run 'make serve' for search as well."

serve: .venv/site.ready  ## build, serve the site on this machine, rebuild when something changes
	$(BIN)/python build.py --serve

test: .venv/test.ready  ## set up what the tests need, then run all checks
	@PYTHON=$(BIN)/python sh tests/browser/browsers.sh
	@sh tests/javascript/install.sh
	$(MAKE) check

check: .venv/test.ready  ## all checks: format, lint, types, imports, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(JOBS)

coverage: .venv/test.ready  ## run the tests and print which lines of the program they do not reach
	$(BIN)/pytest -n $(JOBS) --cov --cov-report=term:skip-covered

audit: .venv/test.ready audit/node_modules  ## check the built site with axe, html-validate, vnu, Lighthouse, and six widths (needs Node, Java, Chromium)
	test -d site || $(BIN)/python build.py
	$(BIN)/python -m audit
	$(BIN)/python -m audit.sideways

screenshots: .venv/test.ready  ## a picture of each page type at three widths, light and dark
	test -d site || $(BIN)/python build.py
	$(BIN)/python -m audit.screenshots

audit/node_modules: audit/package.json
	cd audit && npm install --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@

audit-dependencies: .venv-audit/ready  ## known vulnerabilities of pinned libraries and workflow files
	.venv-audit/bin/python -m audit.dependencies requirements.txt requirements-test.txt
	.venv-audit/bin/zizmor --offline .github/workflows

sbom: .venv-audit/ready  ## what the wheel needs, as a CycloneDX bill of materials: sbom.cdx.json
	.venv-audit/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible \
	  --output-format JSON --output-file sbom.cdx.json

.venv-audit/ready: requirements-audit.txt
	test -x .venv-audit/bin/python || $(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@

test-long: .venv/test.ready  ## what takes too long for every change: 43 kills, 2,000 searched texts, long properties
	STEMMA_LONG=1 $(BIN)/pytest -n $(JOBS) --durations=5 tests/test_faults.py
	STEMMA_SEARCH_TEXTS=2000 $(BIN)/pytest --durations=5 tests/browser/test_search_words.py
	$(MAKE) fuzz

fuzz: .venv/test.ready  ## property tests with many more examples
	HYPOTHESIS_PROFILE=long $(BIN)/pytest -n $(JOBS) -m property

floors: .venv/test.ready  ## measure accuracy and raise the floors that the tests hold it to (STEMMA_BENCH)
	$(BIN)/python -m benchmarks.floors --raise

goldens: .venv/test.ready  ## rewrite what the golden cases of the tests expect; look at the difference
	$(BIN)/python -m tests.goldens

catalogues: .venv/test.ready  ## collect new messages of the site into its catalogues, and compile these
	$(BIN)/python -m tests.catalogues

train: .venv-train/ready  ## fit the weights of the claims again (DATA: the folder of the known pages)
	.venv-train/bin/python -m training.claims --data $(DATA)/dev.jsonl.gz --data $(DATA)/dev-meta.jsonl.gz \
	  --archive content --write

compare: .venv-train/ready  ## hold the weights in the package against those that DATA gives
	.venv-train/bin/python -m training.claims --data $(DATA)/dev.jsonl.gz --data $(DATA)/dev-meta.jsonl.gz \
	  --archive content --compare

train-labels: .venv-train/labels  ## learn the models of cleaning again from DATA and EXTRA, files as in benchmarks/cleaning.py
	.venv-train/bin/python -m training.labels $(addprefix --data ,$(DATA) $(EXTRA)) --work .venv-train/labels-learned --write

.venv-train/ready: requirements-train.txt
	test -x .venv-train/bin/python || $(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-train.txt
	@touch $@

.venv-train/labels: .venv-train/ready
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check catboost==1.2.10 torch==2.13.0
	@touch $@

lock:  ## renew the pinned requirements from pyproject.toml
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet uv
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --upgrade pyproject.toml -o requirements.txt
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --upgrade pyproject.toml --group test -o requirements-test.txt
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --upgrade --group audit -o requirements-audit.txt
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --upgrade pyproject.toml --group train -o requirements-train.txt
	rm -r .venv-lock

.venv/bin/python:
	@$(PYTHON) -c '$(PYTHON_FITS)' 2>/dev/null || { echo "error: Stemma needs Python 3.11 or later; this is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/site.ready: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test.ready: requirements-test.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

clean:  ## remove the environment and the site
	rm -rf .venv .venv-audit .venv-train site build-report.json
