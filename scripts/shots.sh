#!/usr/bin/env bash
# `make shots`: pictures of the main pages, taken in Chromium from a demo site of its own, into build/shots/.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ensure_environment dev
export DEVELOPMENT=1
exec "$PYTHON" scripts/shots.py "$@"
