# Two commands do everything on a fresh machine: `make site` and `make test`.

PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2

.PHONY: site test check serve lock audit audit-dependencies screenshots fuzz clean

site: .venv/site.ready  ## environment, dependencies, build, where to look
	$(BIN)/python build.py
	@echo
	@echo "The archive is in site/. Open site/index.html, or run 'make serve' to search it as well."

serve: .venv/site.ready  ## look at the site on this machine; it is built again when something changes
	$(BIN)/python build.py --serve

test: .venv/test.ready  ## everything the tests need, then all checks
	@PYTHON=$(BIN)/python sh tests/browser/chromium.sh
	$(MAKE) check

check: .venv/test.ready  ## exactly what continuous integration runs, on an environment that stands
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(JOBS)

audit: .venv/test.ready audit/node_modules  ## axe, html-validate, vnu, Lighthouse on the built site (Node, Java, Chromium)
	test -d site || $(BIN)/python build.py
	$(BIN)/python -m audit

screenshots: .venv/test.ready  ## a picture of each page type, phone to desktop, light and dark
	test -d site || $(BIN)/python build.py
	$(BIN)/python -m audit.screenshots

audit/node_modules: audit/package.json
	cd audit && npm install --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@

audit-dependencies: .venv-audit/ready  ## known faults of what is pinned, and of the workflow files
	.venv-audit/bin/pip-audit --disable-pip --require-hashes -r requirements.txt
	.venv-audit/bin/pip-audit --disable-pip --require-hashes -r requirements-test.txt
	.venv-audit/bin/zizmor --offline .github/workflows

.venv-audit/ready: requirements-audit.txt
	test -x .venv-audit/bin/python || $(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@

fuzz: .venv/test.ready  ## the properties of the tests, on many more examples
	HYPOTHESIS_PROFILE=long $(BIN)/pytest -n $(JOBS) -m property

lock:  ## renew requirements*.txt, pinned with hashes, from pyproject.toml
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet uv
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --upgrade pyproject.toml -o requirements.txt
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --upgrade pyproject.toml --group test -o requirements-test.txt
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --upgrade --group audit -o requirements-audit.txt
	rm -r .venv-lock

.venv/site.ready: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test.ready: requirements-test.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

clean:  ## what the commands above made, but for the pages
	rm -rf .venv .venv-audit site build-report.json
