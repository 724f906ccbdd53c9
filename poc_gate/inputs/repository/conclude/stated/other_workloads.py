"""Sizes and limits of workloads that are called after another system, tool or helper -> asked about, as none of the service's own."""

from __future__ import annotations

from poc_gate.inputs.repository.noting.signals import FactSeen
from poc_gate.inputs.repository.tables.deployment.workload_names import helper_of, other_product_of, pages_of
from poc_gate.model.claim import Notice

_OF_WORKLOADS = (
    "target.memory_limit", "target.replicas", "target.replicas_max", "target.service", "target.device", "target.count",
    "operations.request_deadline", "operations.graceful_stop", "operations.readiness_probe", "operations.resources_set",
)  # fmt: skip
_READERS = frozenset({"kubernetes", "workload", "terraform", "bicep", "tree", "platform"})
"""Those that find workloads in files of their own; compose files and values of charts tell the parts apart themselves."""


def leave_other_workloads(seen: dict[str, list[FactSeen]], questions: list[Notice]) -> None:
    """Take out what is stated for such a workload; ask where nothing else states it."""
    for fact in _OF_WORKLOADS:
        named = {id(one): _named_after(one, fact) for one in seen.get(fact, ())}
        aside = [one for one in seen.get(fact, ()) if named[id(one)]]
        if not aside:
            continue
        seen[fact] = [one for one in seen[fact] if not named[id(one)]]
        if not seen[fact]:
            first = aside[0]
            what = f"{fact} is {first.value} for {named[id(first)]} ({first.place}), and no file gives that of the service"
            questions.append(Notice("question", what, first.place, f"write the one of the service: `{fact}`"))


def _named_after(one: FactSeen, fact: str) -> str:
    """Return what else a file deploys by its name; empty for the service's own."""
    if one.reader not in _READERS:
        return ""
    pages = pages_of(one.place.file) if fact != "target.service" else ""
    return other_product_of(one.place.file) or helper_of(one.place.file) or pages
