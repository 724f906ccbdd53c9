"""Pools of machines in Terraform for Google Kubernetes Engine -> how many run, where the file says so for all zones.

Source: documentation of `google_container_node_pool`: both counts hold for each zone of a cluster that has a region.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.deployment.iac.blocks import Statement, literal
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_POOL = "google_container_node_pool"
_COUNTS = frozenset({"node_count", "min_node_count", "max_node_count"})
_OF_A_ZONE = re.compile(r"(?i)zone|\d-[a-f]\"?$")
_OF_A_REGION = re.compile(r"(?i)region|^\"[a-z]+-[a-z]+\d\"$")


_OF_MACHINES = re.compile(r"container|kubernetes|_eks_|_aks_|node_?pool|node_?group|cluster")
_OF_STORES = re.compile(r"bigtable|online_store|featurestore|feature_store|spanner|redis|memorystore|elasticache|opensearch|alloydb|sql")  # fmt: skip
"""Services that run on machines of their own, which are none of the pilot's."""


def counts_machines(blocks: Sequence[str]) -> bool:
    """Say whether numbers of nodes in a block are of machines for the pilot, and not of a store that a cloud runs."""
    label = blocks[0] if blocks else ""
    return not label.startswith("resource") or (bool(_OF_MACHINES.search(label)) and not any(map(_OF_STORES.search, blocks)))  # fmt: skip


class Pool(NamedTuple):
    """A pool of machines of one file."""

    name: str
    place: Place
    inner: list[Statement]


def is_pool(label: str) -> bool:
    """Say whether a resource is a pool of machines."""
    return label == _POOL


def note_several(pools: Sequence[Pool], notes: Notes) -> bool:
    """Note how many machines the pools of one cluster have together, or ask where not all of them say it; return whether there are several."""
    clusters = {_said(one.inner, "cluster") for one in pools}
    if len(pools) < _SEVERAL or len(clusters) > 1 or not any(_counts(one) for one in pools):
        return False
    certain = [one for one in pools if not (_is_of_a_region(one.inner) or _said(one.inner, "count") or _said(one.inner, "for_each"))]  # fmt: skip
    least = [_number(one, "node_count", "min_node_count") for one in certain]
    most = [_number(one, "node_count", "max_node_count") for one in certain]
    first, note = next(one.place for pool in pools for one in _counts(pool)), f"{len(pools)} pools together"
    if len(certain) < len(pools) or not all(least):
        names = ", ".join(one.name for one in pools[:6])
        what = f"the machines of {len(pools)} pools ({names}) are counted apart, so how many run is not known"
        notes.question(what, pools[0].place, "write how many run in all pools and zones: `target.nodes`")
        return True
    notes.number("target.nodes", sum(least), first, weight=2, note=note)
    if all(most) and sum(most) > sum(least):
        notes.number("target.nodes_max", sum(most), first, weight=2, note=note)
    return True


_SEVERAL = 2


def without_counts(inner: Sequence[Statement]) -> list[Statement]:
    """Return what a block says besides how many machines it has."""
    return [one for one in inner if one.key not in _COUNTS]


def _counts(pool: Pool) -> list[Statement]:
    return [one for one in pool.inner if one.key in _COUNTS]


def _said(inner: Sequence[Statement], key: str) -> str:
    return next((one.value for one in inner if one.key == key and len(one.blocks) == 1), "")


def _number(pool: Pool, *keys: str) -> float:
    """Return the first of some counts that is a plain number; zero where none is."""
    found = (literal(one.value) for key in keys for one in pool.inner if one.key == key)
    return next((number for number in found if isinstance(number, float)), 0.0)


def _fixed(inner: Sequence[Statement]) -> Statement | None:
    return next((one for one in inner if one.key == "node_count" and len(one.blocks) == 1), None)


def _is_of_a_region(inner: Sequence[Statement]) -> bool:
    where = _said(inner, "location")
    return bool(_OF_A_REGION.search(where)) and not _OF_A_ZONE.search(where)


_REGIONAL = re.compile(r"(?m)^[ \t]*regional\s*=\s*true\b")
_MOST_LEVELS = 4


def is_beside_a_region(file: TextFile) -> bool:
    """Say whether a file lies in a module that makes a cluster in all zones of a region."""
    main = file if file.name == "main.tf" else file.beside("main.tf")
    return main is not None and main.shows("kubernetes-engine") and main.shows(_REGIONAL)


def is_of_a_regional_module(source: str, file: TextFile) -> bool:
    """Say whether a module of the repository makes a cluster in all zones of a region, so that its counts are of each zone."""
    steps = [step for step in source.split("/") if step != "."]
    levels = sum(step == ".." for step in steps)
    below = "/".join(step for step in steps if step != "..")
    if not below or levels > _MOST_LEVELS:
        return False
    main = f"{below}/main.tf"
    found = file.above(main, levels) if levels else file.beside(main)
    return found is not None and found.shows("kubernetes-engine") and found.shows(_REGIONAL)


def note_of_each_zone(name: str, place: Place, notes: Notes) -> None:
    """Ask how many machines run where a module counts them for each zone of a region."""
    what = f"the machines of {name} are counted for each zone of a region, so how many run is not known"
    notes.question(what, place, "write how many run in all zones: `target.nodes`")


def note_pool(label: str, name: str, place: Place, inner: list[Statement], notes: Notes) -> list[Statement]:
    """Note how many machines a pool has, or ask where they are counted for each zone; return what is left to note."""
    counts = [one for one in inner if one.key in _COUNTS]
    if label != _POOL or not counts:
        return inner
    if _is_of_a_region(inner):
        what = (
            f"the pool of machines {name} is counted for each zone of a region, so how many run is not known"
        )
        notes.question(what, place, "write how many run in all zones: `target.nodes`")
        return [one for one in inner if one.key not in _COUNTS]
    fixed = _fixed(counts)
    if fixed is None:
        return inner
    number = literal(fixed.value)
    if isinstance(number, float) and number > 0:
        notes.number("target.nodes", number, fixed.place, weight=2)
    return [one for one in inner if one.key not in {"node_count", "min_node_count"}]
