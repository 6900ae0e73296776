#!/usr/bin/env bash
# `make lighthouse`: what Lighthouse says of the main pages, on a phone with throttled speed: of a demo site of its own,
# or of the running one that SITE names. RUNS visits of each page; the middle one counts. Reports: build/lighthouse/.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/npm.sh
source scripts/npm.sh

ensure_environment dev
npm_install lighthouse
export DEVELOPMENT=1
exec "$PYTHON" scripts/lighthouse.py "$@"
