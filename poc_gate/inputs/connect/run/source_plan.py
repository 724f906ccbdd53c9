"""What measuring one source would do, as planned, and how long several plans take together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from msgspec import Struct

from poc_gate.inputs.connect.interface import Connector, Intent, Limits, Target
from poc_gate.inputs.connect.local_config import Binding

READY, REFUSED, GAP = "ready", "refused", "gap"
BULK_SHARE = 4
"""At most a quarter of the byte budget goes to the one bulk read."""
CONNECTS = 10
"""Connections opened one after the other to see what connecting costs."""


class SourcePlan(Struct, frozen=True):
    """What measuring one source would do."""

    id: str
    state: str
    """`ready`, `refused` (it would be unsafe or not permitted) or `gap` (something is missing)."""
    reasons: tuple[str, ...]
    target: Target
    connector: Connector | None = None
    intent: Intent | None = None
    environment: str = ""
    calls: int = 0
    """Measured calls of one window, the cold ones not counted."""
    cold: int = 0
    windows: int = 1
    most_calls: int = 0
    """Everything that is sent, at most."""
    most_bytes: int = 0
    seconds: float = 0.0
    """Of this source alone, the waiting between its windows included."""
    window: float = 0.0
    """Seconds of one window."""
    gap: float = 0.0
    """Seconds from the start of one window to the start of the next; 0 where there is one."""
    credential: str = ""
    """The reference that would be resolved; empty for none."""
    hosts: tuple[tuple[str, int], ...] = ()
    bindings: tuple[Binding, ...] = ()
    """What lets the credential go there."""
    steps: tuple[int, ...] = ()
    """Calls in flight of each further load, ascending; empty for none."""

    @property
    def host_digest(self) -> str:
        """Return a short digest of what would be dialled, for reports that must not name hosts."""
        named = ",".join(f"{host}:{port}" for host, port in self.hosts)
        return hashlib.sha256(named.encode()).hexdigest()[:16] if named else ""


def total_seconds(plans: Sequence[SourcePlan]) -> float:
    """Return about how long the ready plans take together: while one source waits, others are measured."""
    ready = [plan for plan in plans if plan.state == READY]
    round_s = sum(plan.window for plan in ready)
    waits = max((plan.windows - 1 for plan in ready), default=0) * max(
        round_s, *(plan.gap for plan in ready), 0.0
    )
    once = sum(plan.seconds - (plan.windows - 1) * max(plan.gap, plan.window) - plan.window for plan in ready)
    return once + round_s + waits


def most_bulk(limits: Limits) -> int:
    """Return how many bytes the one bulk read may take."""
    return limits.bytes // BULK_SHARE
