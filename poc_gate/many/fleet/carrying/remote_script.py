"""An errand -> the shell script that runs on a node: it frames the answer, bounds it, and ends with its caller."""

from __future__ import annotations

import math
import shlex

from poc_gate.many.fleet.interface import STARTING_S, Errand

_KILL_AFTER_S = 2

_SCRIPT = """\
poc_gate_asked() {{
  exec 3<&0 </dev/null
  {prolog}
  set -- {tool}
  if ! command -v "$1" >/dev/null 2>&1; then
    printf '\\n%s no-tool %s\\n' {nonce} {node}
    return 0
  fi
  if command -v timeout >/dev/null 2>&1; then set -- timeout -k {kill_after} {limit} "$@"; fi
  printf '\\n%s begin %s\\n' {nonce} {node}
  "$@" probe -o - -q {arguments} 3<&- &
  poc_gate_probe=$!
  {watch}
  wait "$poc_gate_probe"
  poc_gate_code=$?
  {unwatch}
  printf '\\n%s end %s\\n' {nonce} "$poc_gate_code"
}}
poc_gate_asked
"""
_WATCH = (
    '( while read -r _ <&3; do :; done; kill -TERM "$poc_gate_probe" ) >/dev/null 2>&1 &\n  poc_gate_watch=$!'
)
"""Whoever asks keeps this script's standard input open: once it is gone, the probe ends too."""


def remote_script(errand: Errand, *, node: str = "", watched: bool = True) -> str:
    """Return the script for POSIX shells.

    It is one function that is called in the last line, so that half a script does nothing. `node` is a word of the
    shell that gives the node's name, `watched` whether somebody holds standard input open while it runs.
    """
    return _SCRIPT.format(
        prolog=errand.prolog.strip() or ":",
        tool=errand.tool,
        nonce=shlex.quote(errand.nonce),
        node=node or "-",
        kill_after=_KILL_AFTER_S,
        limit=max(1, math.ceil(errand.limit) - 1),
        arguments=shlex.join(probe_arguments(errand)),
        watch=_WATCH if watched else ":",
        unwatch='kill "$poc_gate_watch" 2>/dev/null' if watched else ":",
    )


def probe_arguments(errand: Errand) -> tuple[str, ...]:
    """Return the options of `poc-gate probe` on a node; its own limit comes before the one from outside."""
    own = max(1.0, errand.limit - STARTING_S)
    busy = () if errand.disturb else ("--skip-busy",)
    return ("--limit", f"{own:g}", *busy, *errand.arguments)
