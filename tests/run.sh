#!/usr/bin/env bash
# Sets everything up that the tests need (environment, servers, browser) and runs them; running it again is quick.
# usage: bash tests/run.sh [pytest options]; without options all tests run, in several processes
set -euo pipefail
cd "$(dirname "$0")/.."
trap 'printf "poc-gate: tests/run.sh stopped at line %s: %s\n" "$LINENO" "$BASH_COMMAND" >&2' ERR
# Some users' PATH leaves out where Debian keeps what changes the user.
export PATH="$PATH:/usr/sbin:/sbin"
bash .ci/venv.sh sources,pdf test
bash .ci/services.sh
# A chroot or a small container may have no pseudo-terminals, which the tests of what people see need.
if ! .venv/bin/python -c 'import pty; pty.openpty()' 2>/dev/null; then
  { [ "$(id -u)" = 0 ] && mkdir -p /dev/pts && mount -t devpts -o ptmxmode=0666 devpts /dev/pts &&
    { [ -e /dev/ptmx ] || ln -s pts/ptmx /dev/ptmx; }; } ||
    { echo "poc-gate: this machine has no pseudo-terminals -> as root: mount -t devpts devpts /dev/pts" >&2; exit 1; }
fi
export POC_GATE_NO_SKIP=1
# The tests start the command some thousand times; compiling it anew each time would double their duration.
unset PYTHONDONTWRITEBYTECODE
.venv/bin/python -m compileall -q poc_gate >/dev/null || true
# Many tests wait for a server or a page, so four times as many processes as processors keep those busy; a file stays in one.
if [ $# -eq 0 ]; then
  processes=$(($(getconf _NPROCESSORS_ONLN) * 4))
  set -- --processes $((processes < 24 ? processes : 24))
fi
# Tests make some hundred thousand small files: in memory, where there is room, that takes half of the system's time.
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "$(df --output=avail -k /dev/shm | tail -n 1)" -gt $((4 << 20)) ]; then
  TMPDIR=$(mktemp -d /dev/shm/pg.XXXX) && chmod 1777 "$TMPDIR" && export TMPDIR
  trap 'chmod -R u+rwX "$TMPDIR" 2>/dev/null; rm -rf "$TMPDIR"' EXIT  # some of what tests make may not be written
fi
# Started in the background a shell ignores interrupts, and so would every program that the tests interrupt.
env --default-signal=INT,QUIT,PIPE,TERM,HUP .venv/bin/python -m pytest "$@" || exit $?
