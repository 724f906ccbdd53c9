#!/usr/bin/env bash
# Changes formulas one operator or number at a time and shows which changes no test notices (mutmut, in a copy of the checkout).
# usage: bash benchmarks/mutants.sh "SOURCE ..." "TEST ..."     e.g. "poc_gate/flow/formulas/load/queueing.py" "tests/flow/test_formulas.py"
# Without arguments: every row of benchmarks/mutants.txt, a table at the end. Needs minutes to hours; MUTANT_SECONDS=360 ends a row
# after that time and counts what is left as unfinished.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x .venv/bin/mutmut ] || bash .ci/venv.sh sources,pdf test mutants
root=$PWD

row() {
  local sources=$1 tests=$2 copy; copy=$(mktemp -d)
  git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -xf - -C "$copy"
  cp poc_gate/inputs/probe/memory/_membench*.so "$copy/poc_gate/inputs/probe/memory/" 2>/dev/null || true
  {
    printf '\n[tool.mutmut]\nsource_paths = ["poc_gate"]\n'
    printf 'also_copy = ["tests", "rules", "templates", "examples", "docs", "benchmarks", "pyproject.toml", "README.md"]\n'
    printf 'pytest_add_cli_args = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly"]\n'
    printf 'only_mutate = [%s]\n' "$(printf '"%s",' $sources)"
    printf 'pytest_add_cli_args_test_selection = [%s]\n' "$(printf '"%s",' $tests)"
  } >>"$copy/pyproject.toml"
  local code=0
  ( cd "$copy" && PYTHONPATH="$copy" timeout --signal=INT "${MUTANT_SECONDS:-0}" \
      "$root/.venv/bin/mutmut" run --max-children "${MUTANT_WORKERS:-1}" >"$copy/run.log" 2>&1 ) || code=$?
  [ "$code" = 0 ] || [ "$code" = 124 ] || {
    echo "mutmut stopped:"; tr '\r' '\n' <"$copy/run.log" | tail -n 15; rm -rf "$copy"; return 1; }
  ( cd "$copy" && "$root/.venv/bin/python" - "$sources" <<'PY'
import subprocess
import sys
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant

mutmut = Path(sys.executable).with_name("mutmut")
listed = subprocess.run([mutmut, "results", "--all", "true"], capture_output=True, text=True, check=True).stdout
states = [line.strip().rsplit(": ", 1) for line in listed.splitlines() if ": " in line]
alive = [name for name, state in states if state in ("survived", "no tests", "suspicious")]
for name in alive:
    shown = get_diff_for_mutant(name)
    changed = [line for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in ("---", "+++")]
    print("\n  ".join([name, *changed]))
left = sum(state == "not checked" for _, state in states)
unfinished = f", {left} unfinished" if left else ""
print(f"{sys.argv[1]}: {len(states)} mutants, {len(states) - len(alive) - left} killed, {len(alive)} alive{unfinished}")
PY
  )
  rm -rf "$copy"
}

if [ $# -ge 2 ]; then row "$1" "$2"; exit; fi
while IFS='|' read -r sources tests; do
  case $sources in ''|\#*) continue;; esac
  row "$sources" "$tests"
done <benchmarks/mutants.txt
