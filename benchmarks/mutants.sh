#!/usr/bin/env bash
# Changes formulas one operator, comparison, number or condition at a time and shows which changes no test notices.
# usage: bash benchmarks/mutants.sh "SOURCE ..." "TEST ..."     e.g. "poc_gate/flow/formulas/load/queueing.py" "tests/flow"
# Without arguments: every row of benchmarks/mutants.txt. A hundred changes of a formula take five to twenty seconds of one
# processor: benchmarks/mutants.py collects the tests once and forks for every change. MUTANT_SECONDS=60 gives a changed copy
# more time than 20 s, MUTANT_LOUD=1 shows what pytest says.
set -euo pipefail
cd "$(dirname "$0")/.."

row() {
  local source
  for source in $1; do
    # shellcheck disable=SC2086 - several tests
    nice -n 19 .venv/bin/python benchmarks/mutants.py "$source" $2
  done
}

if [ $# -ge 2 ]; then row "$1" "$2"; exit; fi
while IFS='|' read -r sources tests; do
  case $sources in ''|\#*) continue;; esac
  row "$sources" "$tests" </dev/null
done <benchmarks/mutants.txt
