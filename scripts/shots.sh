#!/usr/bin/env bash
# `make shots`: pictures of the main pages, taken in Chromium into build/shots/: of a demo site of its own,
# or of the running one that SITE names (SITE=http://127.0.0.1:8000 make shots).
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ensure_environment dev
export DEVELOPMENT=1
exec "$PYTHON" scripts/shots.py "$@"
