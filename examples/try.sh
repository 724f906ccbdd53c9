#!/usr/bin/env bash
# Sets poc-gate up in .venv and assesses an example pilot on this machine; running it again is quick.
# usage: bash examples/try.sh [EXAMPLE] [OPTIONS of `poc-gate assess`]
set -euo pipefail
cd "$(dirname "$0")/.."
bash .ci/venv.sh
example=claims-copilot
if [ $# -gt 0 ] && [ -d "examples/$1" ]; then example=$1; shift; fi
code=0
.venv/bin/poc-gate assess "examples/$example" "$@" || code=$?
case $code in
  0|10|11|12) exit 0 ;;   # every verdict is a successful demonstration
  *) exit "$code" ;;
esac
