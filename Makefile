# What can be done here. Needs only make and Python 3.11 or newer; everything else is installed into .venv.
#   make run [PORT=8001]           serves the site with its content, as in production
#   make dev [PORT=8001]           the same with autoreload and debug pages
#   make test [ARGS="tests/cities -k name"]
#   make lint, make check          the linters; the linters and the tests
#   make manage ARGS="load_content fixtures"
#   make relevance                how well the search finds what it should (bench/relevance/)
#   make bench [ARGS="44 10000"]  how fast pages are at so many practices (bench/README.md)
#   make lock                      renews the lock files from pyproject.toml
PYTHON ?= python3
export PORT ARGS

.PHONY: run dev test lint check manage lock relevance bench
run dev test lint manage lock relevance bench:
	@$(PYTHON) launch.py $@

check: lint test
