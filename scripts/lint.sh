#!/usr/bin/env bash
# `make lint`: style, templates, types, floors and migrations. Goes on after a failure; exits 1 if there was any.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ensure_environment dev
export DEVELOPMENT=1 SECRET_KEY=any DJANGO_SETTINGS_MODULE=forum.settings
unset DEBUG SECURE
failed=()

check() { # check NAME COMMAND…: quiet when good
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        say "ok    $name"
    else
        say "FAIL  $name" "$(tail -n 80 <<<"$output")"
        failed+=("$name")
    fi
}

# With the settings of a production site, which must have nothing to complain about.
deploy_check() {
    local folder code=0
    folder=$(mktemp -d)
    env -u DEVELOPMENT -u DEBUG -u SECURE DJANGO_SETTINGS_MODULE=forum.settings VAR_DIR="$folder" \
        SECRET_KEY="$("$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(60))')" \
        ALLOWED_HOSTS=cityboards.example "$PYTHON" manage.py check --deploy --fail-level WARNING || code=$?
    rm -rf "$folder"
    return $code
}

scripts_check() {
    if command -v shellcheck >/dev/null; then shellcheck -x scripts/*.sh .ci/run; else bash -n scripts/*.sh .ci/run; fi
}

djade_check() { find templates -name '*.html' -print0 | xargs -0 "$VENV/bin/djade" --check --target-version 6.1; }

check "ruff" "$PYTHON" -m ruff check --quiet --cache-dir build/ruff .
check "ruff format" "$PYTHON" -m ruff format --quiet --check --cache-dir build/ruff .
check "djade" djade_check
check "djlint" "$PYTHON" -m djlint templates
check "types" "$PYTHON" -m mypy
check "floors" "$VENV/bin/lint-imports" --cache-dir build/import-linter
check "migrations" "$PYTHON" manage.py makemigrations --check --dry-run
check "system check" "$PYTHON" manage.py check --fail-level WARNING
check "production settings" deploy_check
check "scripts" scripts_check

((${#failed[@]} == 0)) || fail 1 "failed: ${failed[*]}"
