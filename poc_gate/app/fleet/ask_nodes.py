"""`poc-gate fleet probe`: ask every node once, keep each answer as soon as it is there, go on where a run was cut short."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.app.fleet.errand import FleetRequest, errand_of
from poc_gate.app.ground.machines.fleet_folder import (
    check_node,
    read_fleet_run,
    read_nodes,
    recorded,
    write_fleet_run,
    write_node,
)
from poc_gate.errors import NotMeasuredError, UsageError
from poc_gate.inputs.probe.profile.profile_file import read_profile
from poc_gate.many.fleet.carrying.bounded_pool import ask_all
from poc_gate.many.fleet.carrying.outcome import outcome_of
from poc_gate.many.fleet.interface import Ended, engines, find_engine
from poc_gate.many.fleet.node_names import expand_names
from poc_gate.model.many.fleet import FleetRun, NodeRecord, NodeState
from poc_gate.version import __version__


class Asked(Struct, frozen=True):
    """What asking a fleet gave."""

    asked: int
    """Nodes that were asked in this run."""
    kept: int
    """Nodes that had a record already and were left alone."""


def ask_nodes(request: FleetRequest, folder: Path, *, progress: Callable[[str, float], None]) -> Asked:
    """Ask the nodes and write one record for each, in the order in which they answer.

    Raises UsageError for names and options that make no sense and for a folder that cannot be written, InvalidInputError
    for a broken file in it, NotMeasuredError where the engine is not installed here. An interrupt keeps what came in.
    """
    before = read_fleet_run(folder)
    if not request.nodes and before is None:
        raise UsageError("no node was given", next_step="write --nodes 'n[001-064]'")
    names = before.asked if before is not None and not request.nodes else expand_names(request.nodes)
    request = replace(request, via=request.via or _usual_engine(before))
    engine, errand = find_engine(request.via), errand_of(request)
    lacking = engine.missing()
    if lacking:
        raise NotMeasuredError(lacking, next_step="install it, or choose another engine with --via")
    due = _due(names, folder, request.again)
    for name in due:
        check_node(folder, name)
    enrol(folder, names, request.via)
    begun: dict[str, str] = {}
    answered = 0

    def keep(node: str, ended: Ended) -> None:
        nonlocal answered
        outcome = outcome_of(ended, errand.nonce, node, read_profile)
        record = NodeRecord(
            node=node,
            state=outcome.state,
            reason=outcome.reason,
            said=outcome.said,
            via=engine.name,
            asked_at=begun.pop(node),
            answered_at=_now(),
            profile=outcome.profile,
        )
        write_node(folder, record)
        answered += 1
        progress(f"{node}: {outcome.state} {outcome.reason}".rstrip(), answered / len(due))

    try:
        ask_all(
            engine,
            due,
            errand,
            at_once=request.at_once,
            keep=keep,
            asking=lambda node: begun.update({node: _now()}),
        )
    finally:
        engine.finish()
    return Asked(len(due), len(names) - len(due))


def _usual_engine(before: FleetRun | None) -> str:
    able = {engine.name for engine in engines() if engine.carry is not None}
    return before.via if before is not None and before.via in able else "ssh"


def enrol(folder: Path, names: tuple[str, ...], via: str) -> None:
    """Write which nodes are asked for, those of an earlier run included."""
    before = read_fleet_run(folder)
    asked = tuple(dict.fromkeys((*(before.asked if before else ()), *names)))
    write_fleet_run(folder, FleetRun(asked, via, before.begun_at if before else _now(), __version__))


def _due(names: tuple[str, ...], folder: Path, again: str) -> list[str]:
    if again == "all":
        return list(names)
    done = recorded(folder)
    if again == "unmeasured" and done.intersection(names):
        done = frozenset(one.node for _, one, _ in read_nodes(folder) if one.state is NodeState.OK)
    return [name for name in names if name not in done]


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
