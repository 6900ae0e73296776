#!/usr/bin/env bash
# `make benchsite`: a site of POSTS posts (a million) in an empty DATABASE_URL, or on SQLite in VAR_DIR.
# SEARCH=1 fills the search index, too. Stopped, it goes on where it was when it is run again.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[[ -n ${VAR_DIR:-} ]] || fail 1 "Say where: VAR_DIR names the folder of the site (and DATABASE_URL its database)."
ensure_environment dev
DEVELOPMENT=1 DEBUG=0 DJANGO_SETTINGS_MODULE=forum.settings "$PYTHON" -c \
    'import django; django.setup(); from bench.site.run import run; run()' \
    --posts "${POSTS:-1000000}" ${SEARCH:+--search} "$@"
