#!/usr/bin/env bash
# `make bench`: how long the server works on the main pages, on what is new, and on a reply that very many hear of.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ensure_environment dev
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Names of static files without a collected manifest, as in the tests.
VAR_DIR="$folder" DJANGO_SETTINGS_MODULE=tests.settings "$PYTHON" -c \
    'import django; django.setup(); from bench.pages import run; run()'
say ""
VAR_DIR="$folder/watchers" DJANGO_SETTINGS_MODULE=forum.settings DEVELOPMENT=1 "$PYTHON" -c \
    'import django; django.setup(); from bench.watchers import run; run()'
say ""
VAR_DIR="$folder/reading" DJANGO_SETTINGS_MODULE=forum.settings DEVELOPMENT=1 DEBUG=0 "$PYTHON" -c \
    'import django; django.setup(); from bench.reading import run; run()'
