"""A fleet -> canonical JSON for programs."""

from __future__ import annotations

import msgspec

from poc_gate.model.many.fleet import Fleet
from poc_gate.text.documents.canonical_json import canonical_json

SCHEMA = "poc-gate.fleet-view/1"


def render_json(fleet: Fleet) -> bytes:
    """Return all that comparing says, the counts of the states beside it."""
    states: dict[str, int] = {}
    for node in fleet.nodes:
        states[node.state] = states.get(node.state, 0) + 1
    return canonical_json({"schema": SCHEMA, "states": states, **msgspec.to_builtins(fleet)})
