#!/usr/bin/env bash
# Makes .venv with poc-gate in it, editable, plus the dependency groups named; quick when nothing changed.
# usage: bash .ci/venv.sh [EXTRAS] [GROUP ...]      EXTRAS such as "sources,pdf", or "-" for none
set -euo pipefail
cd "$(dirname "$0")/.."
extras=${1:--}
[ $# -gt 0 ] && shift

say() { printf '%s\n' "$*" >&2; }
root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
install_debian() {
  say "poc-gate: installing $* (Debian packages)"
  export DEBIAN_FRONTEND=noninteractive
  local log; log=$(mktemp)
  { root apt-get update -qq && root apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null || {
    say "poc-gate: installing $* failed; the end of what apt-get printed:"; tail -n 25 "$log" >&2; rm -f "$log"; return 1; }
  rm -f "$log"
}

python=${PYTHON:-python3}
if ! command -v "$python" >/dev/null && [ -z "${PYTHON:-}" ] && command -v apt-get >/dev/null; then
  install_debian python3 python3-venv || true
fi
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  say "poc-gate: needs Python 3.11 or newer -> install it, or name it: PYTHON=/path/to/python bash $0"; exit 2; }

needs_debian=()
"$python" -c 'import ensurepip, venv' 2>/dev/null || needs_debian+=(python3-venv)
header=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h
[ -f "$header" ] || needs_debian+=(python3-dev)
command -v cc >/dev/null || command -v gcc >/dev/null || needs_debian+=(gcc libc6-dev)
if [ ${#needs_debian[@]} -gt 0 ]; then
  install_debian "${needs_debian[@]}" || say "poc-gate: could not install ${needs_debian[*]} -> install them by hand; without a compiler the native probe is not built"
fi

wanted=$( { printf '%s\n' "$extras" "$@"; "$python" --version; cat pyproject.toml setup.py poc_gate/inputs/probe/memory/kernels/*.[ch]; pwd; } | sha256sum | cut -c1-16)
stamp=.venv/.made-of
if [ -f "$stamp" ] && grep -qx "$wanted" "$stamp"; then exit 0; fi
# Quiet when it works; when it does not, the end of what was printed.
quietly() {
  local what=$1 log; shift; log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || { say "poc-gate: $what failed; the end of what it printed:"; tail -n 25 "$log" >&2; rm -f "$log"; exit 1; }
  rm -f "$log"
}
[ -x .venv/bin/python ] || quietly "making the environment .venv" "$python" -m venv .venv
pip() { .venv/bin/python -m pip install -q --disable-pip-version-check "$@"; }
quietly "updating pip" pip --upgrade 'pip>=25.1'
what=.
[ "$extras" = "-" ] || what=".[$extras]"
groups=()
for group in "$@"; do groups+=(--group "$group"); done
say "poc-gate: setting up .venv (about a minute the first time)"
quietly "installing poc-gate and what it needs" pip -e "$what" ${groups[@]+"${groups[@]}"}
# pip compiles what it installs, but not the code that an editable install points to; without this, the first commands
# compile all of it, and every command does where PYTHONDONTWRITEBYTECODE is set.
.venv/bin/python -m compileall -q poc_gate >/dev/null || true
.venv/bin/python -c 'import poc_gate.inputs.probe.memory._membench' 2>/dev/null ||
  say "poc-gate: the native probe was not built; memory figures will say so"
# Several callers with other needs may share the environment: what was made once stays listed.
printf '%s\n' "$wanted" >>"$stamp"
