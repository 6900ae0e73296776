# Two commands are enough: `make run` and `make test`. All of them are short scripts in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run test lint format bench benchsite searchbench lighthouse shots messages requirements

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: ## everything up to a served site at http://127.0.0.1:8000 (HOST, PORT, DATABASE_URL, VAR_DIR)
	@bash scripts/run.sh

test: ## everything up to a green suite on SQLite, PostgreSQL and Chromium
	@bash scripts/test.sh

lint: ## style, types, floors, migrations
	@bash scripts/lint.sh

format: ## Python and templates into their form
	@bash scripts/format.sh

bench: ## how long the server works on the main pages, against a plain answer
	@bash scripts/bench.sh

benchsite: ## fill a new database with a site of POSTS=1000000 (VAR_DIR, DATABASE_URL, SEARCH=1)
	@bash scripts/benchsite.sh

searchbench: ## how well and fast the search finds among POSTS=1000000 (DATABASE_URL, VAR_DIR, ARCHIVE=…)
	@bash scripts/searchbench.sh

lighthouse: ## what Lighthouse says of home, board and thread on a throttled phone, into build/lighthouse/
	@bash scripts/lighthouse.sh

shots: ## pictures of the main pages, into build/shots/
	@bash scripts/shots.sh

messages: ## bring the translation catalogues up to date
	@bash scripts/messages.sh

requirements: ## pin and hash the libraries anew (UPGRADE=1 for newer ones)
	@bash scripts/requirements.sh
