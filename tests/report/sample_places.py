"""Places and sizes that the parts of the sample result share."""

from __future__ import annotations

from poc_gate.model.claim import Place

FILE = "examples/claims-copilot/pilot.yaml"
GIB = 2.0**30
MIB = 2.0**20
HOUR = 3600.0
DAY = 86400.0


def at(line: int, column: int = 5, pointer: str = "") -> Place:
    """Return a place in the sample's manifest."""
    return Place(FILE, line, column, line, column + 12, pointer)
