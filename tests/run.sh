#!/usr/bin/env bash
# Sets everything up that the tests need (environment, servers, browser) and runs them; running it again is quick.
# usage: bash tests/run.sh [pytest options]
set -euo pipefail
cd "$(dirname "$0")/.."
bash .ci/venv.sh sources,pdf test
bash .ci/services.sh
export POC_GATE_NO_SKIP=1
exec .venv/bin/python -m pytest "$@"
