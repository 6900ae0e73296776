#!/usr/bin/env bash
# `make searchbench`: the search among POSTS posts (a million), on SQLite in VAR_DIR or on an empty DATABASE_URL.
# ARCHIVE names an archive of Discourse whose texts are used, too. Without VAR_DIR all is gone afterwards.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ensure_environment dev
if [[ -z ${VAR_DIR:-} ]]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    export VAR_DIR=$folder
fi
DEVELOPMENT=1 DEBUG=0 DJANGO_SETTINGS_MODULE=forum.settings "$PYTHON" -c \
    'import django; django.setup(); from bench.search import run; run()' \
    --posts "${POSTS:-1000000}" ${ARCHIVE:+--archive "$ARCHIVE"} "$@"
