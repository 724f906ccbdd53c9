"""Pools of machines in Terraform for Google Kubernetes Engine -> how many run, where the file says so for all zones.

Source: documentation of `google_container_node_pool`: both counts hold for each zone of a cluster that has a region.
"""

from __future__ import annotations

import re

from poc_gate.inputs.repository.deployment.iac.blocks import Statement, literal
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_POOL = "google_container_node_pool"
_COUNTS = frozenset({"node_count", "min_node_count", "max_node_count"})
_OF_A_ZONE = re.compile(r"(?i)zone|\d-[a-f]\"?$")
_OF_A_REGION = re.compile(r"(?i)region|^\"[a-z]+-[a-z]+\d\"$")


def note_pool(label: str, name: str, place: Place, inner: list[Statement], notes: Notes) -> list[Statement]:
    """Note how many machines a pool has, or ask where they are counted for each zone; return what is left to note."""
    counts = [one for one in inner if one.key in _COUNTS]
    if label != _POOL or not counts:
        return inner
    where = next((one.value for one in inner if one.key == "location" and len(one.blocks) == 1), "")
    if _OF_A_REGION.search(where) and not _OF_A_ZONE.search(where):
        what = (
            f"the pool of machines {name} is counted for each zone of a region, so how many run is not known"
        )
        notes.question(what, place, "write how many run in all zones: `target.nodes`")
        return [one for one in inner if one.key not in _COUNTS]
    fixed = next((one for one in counts if one.key == "node_count" and len(one.blocks) == 1), None)
    if fixed is None:
        return inner
    number = literal(fixed.value)
    if isinstance(number, float) and number > 0:
        notes.number("target.nodes", number, fixed.place, weight=2)
    return [one for one in inner if one.key not in {"node_count", "min_node_count"}]
