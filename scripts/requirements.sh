#!/usr/bin/env bash
# `make requirements`: pin and hash what requirements/*.in ask for. UPGRADE=1 takes the newest that they allow.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

uv --version >/dev/null 2>&1 || fail 6 "This needs uv: pip install uv"

compile() { # compile SET ARGUMENT…: one file for all systems and all Pythons that we support; it names no host
    local set=$1
    shift
    uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links ${UPGRADE:+--upgrade} "$@" "requirements/$set.in" -o "requirements/$set.txt"
}

compile base
compile dev -c requirements/base.txt
