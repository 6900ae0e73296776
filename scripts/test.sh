#!/usr/bin/env bash
# `make test`: everything up to a green suite, on SQLite, on a PostgreSQL of its own and in Chromium.
# It installs what is missing where it may (Debian, root) and says what to install elsewhere (exit code 6).
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/postgres.sh
source scripts/postgres.sh
# shellcheck source=scripts/npm.sh
source scripts/npm.sh

WORKERS=${WORKERS:-2}
WAITING=$((WORKERS + 1)) # where each waits at times for a server or a browser

has_chromium() { command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_chinese_fonts() { # in the browser, and in books
    command -v fc-list && [[ -n $(fc-list :lang=zh-tw) && $(fc-list "Noto Serif CJK TC" style) == *Bold* ]]
}

ensure_programs() {
    local -a missing=()
    # Chromium without windows opens a page with a quarter of the work; where there is none, a whole one will do.
    command -v chromium-headless-shell >/dev/null || alone apt_install chromium-headless-shell || true
    has_chromium >/dev/null || missing+=(chromium)
    find_postgres >/dev/null || missing+=(postgresql)
    command -v xgettext msgmerge >/dev/null || missing+=(gettext)
    command -v npm >/dev/null || missing+=(nodejs npm)
    command -v redis-server >/dev/null || missing+=(redis-server)
    command -v java >/dev/null || missing+=(default-jre-headless)
    has_chinese_fonts >/dev/null || missing+=(fontconfig fonts-noto-cjk)
    ((${#missing[@]} == 0)) && return
    alone apt_install "${missing[@]}" ||
        fail 6 "The tests need programs that are missing. Install these, by their Debian names: ${missing[*]}"
}

# suite NAME ARGUMENT…: run pytest and keep its result; a failure is counted at the end, so that all parts run.
suite() {
    local name=$1
    shift
    say "" "--- tests: $name"
    "$PYTHON" -m pytest -q --tb=short --junitxml="$results/$name.xml" "$@" || true
}

# prepare [VARIABLE=VALUE]…: make all tables once; each process of a suite begins with a copy of that database.
prepare() { env VAR_DIR="$results/prepared" "$@" "$PYTHON" manage.py migrate --verbosity 0; }

ensure_environment dev
ensure_programs
npm_install validator
export DEVELOPMENT=1
unset DATABASE_URL REDIS_URL VAR_DIR DJANGO_SETTINGS_MODULE
# A dozen processes load the same modules; compiling them each time would take longer than many tests.
unset PYTHONDONTWRITEBYTECODE

results=$(mktemp -d "${TMPDIR:-/tmp}/cityboards-test.XXXXXX")
export TEST_TEMPLATE=$results/prepared/cityboards.sqlite3
# shellcheck disable=SC2317  # called by the trap
finish() {
    stop_postgres
    rm -rf "$results"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Beside the first tests: what checks types keeps one core busy only at times.
bash scripts/lint.sh >"$results/lint" 2>&1 &
lint=$!
prepare
# In the order pytest-django gives: tests that empty the tables, and with them the directory, come last.
suite sqlite -n "$WORKERS"
linted=0
wait "$lint" || linted=1
say "" "--- checks" "$(<"$results/lint")"
start_postgres "$results/postgres"
"$PYTHON" -c 'import os, psycopg; psycopg.connect(os.environ["POSTGRES_URL"], autocommit=True).execute("CREATE DATABASE prepared")'
prepare DATABASE_URL="${POSTGRES_URL%/*}/prepared"
# What touches no database has been tried once; the rest is tried on this one, too.
DATABASE_URL=$POSTGRES_URL TEST_TEMPLATE=prepared suite postgresql -n "$WAITING" --database-only
stop_postgres
# The longest first, and an idle worker takes over from the other: nobody waits at the end.
suite browser -m browser -n "$WAITING" --dist worksteal tests/test_validity.py tests/browser

say ""
((linted == 0)) || say "checks failed: see the lines that begin with FAIL"
counted=0
"$PYTHON" scripts/summary.py "$results"/{sqlite,postgresql,browser}.xml || counted=1
exit $((linted || counted))
