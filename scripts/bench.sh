#!/usr/bin/env bash
# `make bench`: how many requests the production server answers, against two yardsticks of bare Django: bench/README.md.
# VAR_DIR (and DATABASE_URL) name a site of `make benchsite`; without it sites of POSTS=10000 are made on both databases
# and are gone afterwards. QUICK=1 tries it in minutes. PART=hour, pages, watchers, reading or growth is one of the others.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/postgres.sh
source scripts/postgres.sh

ensure_environment dev
folder=$(mktemp -d)
trap 'stop_postgres; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

# part MODULE: one of the smaller parts, on a database of its own.
part() {
    VAR_DIR="$folder/$1" DJANGO_SETTINGS_MODULE=${2:-forum.settings} DEVELOPMENT=1 DEBUG=0 "$PYTHON" -c \
        "import django; django.setup(); from bench.$1 import run; run()"
}

load() {
    local -a quick=()
    if [[ -n ${QUICK:-} ]]; then quick=(--rounds 1 --seconds 1); fi
    "$PYTHON" -m bench.load.run ${PORT:+--port "$PORT"} "${quick[@]}" "$@"
}

need_wrk() {
    command -v wrk >/dev/null || alone apt_install wrk || fail 6 "The bench needs wrk (on Debian: apt install wrk)."
}

case ${PART:-load} in
    pages) part pages tests.settings ;; # names of static files without a collected manifest, as in the tests
    watchers | reading) part "$PART" ;;
    growth) "$PYTHON" -m bench.load.growth "$@" ;;
    hour)
        [[ -n ${VAR_DIR:-} ]] || fail 1 "Say which site: VAR_DIR names its folder (and DATABASE_URL its database)."
        need_wrk
        "$PYTHON" -m bench.load.hour --minutes "${MINUTES:-60}" --workers "${WORKERS:-2}" ${PORT:+--port "$PORT"}
        ;;
    load)
        need_wrk
        if [[ -n ${VAR_DIR:-} ]]; then
            load "$@"
        else
            export POSTS=${POSTS:-10000}
            VAR_DIR="$folder/sqlite" DATABASE_URL='' bash scripts/benchsite.sh
            VAR_DIR="$folder/sqlite" DATABASE_URL='' load "$@"
            find_postgres >/dev/null || alone apt_install postgresql || fail 6 "The bench needs postgresql."
            start_postgres "$folder/postgres"
            VAR_DIR="$folder/site" DATABASE_URL=$POSTGRES_SOCKET bash scripts/benchsite.sh
            VAR_DIR="$folder/site" DATABASE_URL=$POSTGRES_SOCKET load "$@"
        fi
        ;;
    *) fail 1 "PART is one of load, hour, pages, watchers, reading and growth." ;;
esac
