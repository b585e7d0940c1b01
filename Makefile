# What can be done here. Needs only make and Python 3.11 or newer; everything else is installed into .venv.
#   make run [PORT=8001]           serves the site with its content, as in production
#   make dev [PORT=8001]           the same with autoreload and debug pages
#   make test [ARGS="tests/cities -k name"]
#   make lint, make check          the linters; the linters and the tests
#   make manage ARGS="load_content fixtures"
#   make relevance                how well the search finds what it should (bench/relevance/)
#   make lock                      renews the lock files from pyproject.toml
PYTHON ?= python3
export PORT ARGS

.PHONY: run dev test lint check manage lock relevance
run dev test lint manage lock relevance:
	@$(PYTHON) launch.py $@

check: lint test
