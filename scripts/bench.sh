#!/usr/bin/env bash
# `make bench`: measure the running code against the yardstick; bench/README.md says how to read the figures.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ensure_environment dev
export DEVELOPMENT=1
exec "$PYTHON" -m bench "$@"
