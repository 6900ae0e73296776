#!/usr/bin/env bash
# `make run`: from nothing to a served site. HOST, PORT, VAR_DIR, DATABASE_URL choose; docs/operating.md tells all.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ensure_environment base
export DEVELOPMENT=${DEVELOPMENT-1}
exec "$PYTHON" manage.py serve
