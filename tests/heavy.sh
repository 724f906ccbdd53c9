#!/usr/bin/env bash
# The tests that are too heavy, or need too much of the machine, for every run: real clusters, cut cables, hours of fuzzing.
# usage: bash tests/heavy.sh [PART ...]      without a part it lists them; `all` runs every one
# A part is tests/heavy/test_PART.py. Lines `# Debian packages: ...`, `# Python packages: ...` and `# Runs as root.` at its
# head say what it needs.
set -euo pipefail
cd "$(dirname "$0")/.."
parts=()
for file in tests/heavy/test_*.py; do name=${file##*/test_}; parts+=("${name%.py}"); done
if [ $# = 0 ]; then
  for part in "${parts[@]}"; do
    printf '%-14s %s\n' "$part" "$(sed -n '1s/^"""//;1s/"""$//;1p' "tests/heavy/test_$part.py")"
  done
  exit 0
fi
[ "$1" = all ] && set -- "${parts[@]}"
needs() { sed -n "s/^# $2: //p" "tests/heavy/test_$1.py"; }
bash .ci/venv.sh sources,pdf test
failed=()
for part in "$@"; do
  [ -f "tests/heavy/test_$part.py" ] || { echo "poc-gate: no part is named $part -> one of: ${parts[*]}" >&2; exit 2; }
  if grep -q '^# Runs as root\.$' "tests/heavy/test_$part.py" && [ "$(id -u)" != 0 ]; then
    echo "poc-gate: $part makes network namespaces -> run it as root" >&2; exit 2
  fi
  missing=()
  for package in $(needs "$part" "Debian packages"); do dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package"); done
  if [ ${#missing[@]} -gt 0 ]; then
    echo "poc-gate: installing ${missing[*]} (Debian packages) for $part" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  wheels=$(needs "$part" "Python packages")
  # shellcheck disable=SC2086 # several requirements are several words
  [ -z "$wheels" ] || .venv/bin/python -m pip install -q $wheels
  echo "== $part" >&2
  POC_GATE_HEAVY=1 POC_GATE_NO_SKIP=1 .venv/bin/python -m pytest -v -s --durations=0 "tests/heavy/test_$part.py" ||
    failed+=("$part")
done
[ ${#failed[@]} = 0 ] || { echo "poc-gate: failed: ${failed[*]}" >&2; exit 1; }
