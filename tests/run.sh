#!/usr/bin/env bash
# Sets everything up that the tests need (environment, servers, browser) and runs them; running it again is quick.
# usage: bash tests/run.sh [pytest options]
set -euo pipefail
cd "$(dirname "$0")/.."
trap 'printf "poc-gate: tests/run.sh stopped at line %s: %s\n" "$LINENO" "$BASH_COMMAND" >&2' ERR
bash .ci/venv.sh sources,pdf test
bash .ci/services.sh
export POC_GATE_NO_SKIP=1
# Started in the background a shell ignores interrupts, and so would every program that the tests interrupt.
exec env --default-signal=INT,QUIT,PIPE,TERM,HUP .venv/bin/python -m pytest "$@"
