"""What the user wants asked of a fleet -> the errand that every engine carries, checked before anything is sent."""

from __future__ import annotations

import secrets
import shlex

from msgspec import Struct

from poc_gate.base.own_python import own_python
from poc_gate.errors import UsageError, one_of
from poc_gate.inputs.probe.interface import ProbeOptions, probes
from poc_gate.many.fleet.carrying.bounded_pool import MOST_AT_ONCE
from poc_gate.many.fleet.interface import Errand

AGAIN = ("missing", "unmeasured", "all")
"""Which nodes are asked when some have a record: those without one, those not measured, all."""


class FleetRequest(Struct, frozen=True):
    """Options of `fleet probe` and `fleet script`."""

    nodes: str
    """Empty = those that the folder asks for already."""
    via: str = ""
    """Name of the engine; empty = that of the folder, else ssh."""
    at_once: int = 32
    limit: float = 120.0
    """Seconds for one node."""
    again: str = "missing"
    tool: str = ""
    """How poc-gate is called there; empty = `poc-gate`, and this very program for `local`."""
    prolog: str = ""
    effort: str = "default"
    only: tuple[str, ...] = ()
    storage: str = ""
    even_busy: bool = False
    options: tuple[str, ...] = ()
    """Of the engine's own command."""


def errand_of(request: FleetRequest) -> Errand:
    """Return the errand; raises UsageError for what no node could carry out."""
    ProbeOptions(effort=request.effort, only=request.only, limit=request.limit)
    known = [probe.name for probe in probes()]
    wrong = [name for name in request.only if name not in known]
    if wrong:
        raise UsageError(f"unknown probe {', '.join(wrong)}", next_step=one_of(wrong[0], known))
    if not 5 <= request.limit <= 86400:
        raise UsageError("--limit must be between 5 s and 24 h", next_step="write --limit 120")
    if not 1 <= request.at_once <= MOST_AT_ONCE:
        raise UsageError(f"--at-once must be 1 to {MOST_AT_ONCE}", next_step="write --at-once 32")
    if request.again not in AGAIN:
        raise UsageError(f"--again {request.again!r} is unknown", next_step=one_of(request.again, AGAIN))
    for text in (request.tool, *request.options, request.storage):
        if not text.isprintable():
            raise UsageError(
                f"{text!r} contains characters that cannot go on a command line", next_step="retype it"
            )
    effort = () if request.effort == "default" else (f"--{request.effort}",)
    only = tuple(word for name in request.only for word in ("--only", name))
    storage = ("--storage", request.storage) if request.storage else ()
    return Errand(
        nonce=f"poc-gate-{secrets.token_hex(8)}",
        limit=request.limit,
        tool=request.tool or _own_tool(request.via),
        prolog=request.prolog,
        arguments=(*effort, *only, *storage),
        options=request.options,
        disturb=request.even_busy,
    )


def _own_tool(via: str) -> str:
    return shlex.join(own_python("poc_gate")) if via == "local" else "poc-gate"
