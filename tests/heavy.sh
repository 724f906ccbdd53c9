#!/usr/bin/env bash
# Tests that take minutes, which CI leaves out: 2,000 damaged results for each recorded file, 10,000 for each importer.
# usage: bash tests/heavy.sh [pytest arguments]
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
POC_GATE_FUZZ=2000 "$python" -m pytest -q tests/observe/test_damaged_results.py "$@"
POC_GATE_FUZZ=10000 "$python" -m pytest -q tests/artifacts/test_fuzz.py "$@"
