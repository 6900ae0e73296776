#!/usr/bin/env bash
# `make format`: bring Python and templates into their form, and mend what can be mended without thinking.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ensure_environment dev
"$PYTHON" -m ruff check --fix --quiet --cache-dir build/ruff . || true
"$PYTHON" -m ruff format --quiet --cache-dir build/ruff .
# djade answers 1 when it changed something, and xargs makes 123 of it.
find templates -name '*.html' -print0 | xargs -0 "$VENV/bin/djade" --target-version 6.1 || [ $? -eq 123 ]
