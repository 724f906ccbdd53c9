"""`poc-gate fleet add`: records, profiles, and the logs of scripts that ran elsewhere -> records in a fleet's folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from poc_gate.app.fleet.ask_nodes import enrol
from poc_gate.app.ground.files.read_inputs import read_file
from poc_gate.app.ground.machines.fleet_folder import (
    check_node,
    faults_of,
    read_fleet_run,
    read_nodes,
    write_node,
)
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.probe.profile.profile_file import read_profile
from poc_gate.many.fleet.carrying.framed_answer import unframe
from poc_gate.many.fleet.carrying.outcome import of_profile, outcome_of
from poc_gate.many.fleet.interface import Ended
from poc_gate.many.fleet.node_names import is_node_name
from poc_gate.many.fleet.records.log_answers import answers_in
from poc_gate.many.fleet.records.node_record import NODE_SCHEMA, light, read_record
from poc_gate.model.many.fleet import NodeRecord

_STEP = "name records, files of `poc-gate probe -o NODE.json`, or logs of a script of `poc-gate fleet script`"


def add_files(folder: Path, files: Sequence[Path]) -> list[NodeRecord]:
    """Take files into a fleet's folder and return the records made of them; one node given twice keeps the last.

    A profile's node is the name of its file. Nothing is written where any file cannot be read: raises
    InvalidInputError with the faults of all of them. A profile that holds the very measurement of another node is one of
    them: two machines never measure the same to the last digit at the same time.
    """
    found: dict[str, NodeRecord] = {}
    faults: list[Fault] = []
    for path in files:
        try:
            found |= {record.node: record for record in _records(path)}
        except InvalidInputError as error:
            faults += error.faults
    faults += _copied(folder, files, found)
    if faults:
        raise InvalidInputError(faults)
    for node in found:
        check_node(folder, node)
    before = read_fleet_run(folder)
    enrol(folder, tuple(found), before.via if before else "file")
    for record in found.values():
        write_node(folder, record)
    return list(found.values())


def _copied(folder: Path, files: Sequence[Path], found: dict[str, NodeRecord]) -> Iterator[Fault]:
    """Yield the profiles that are copies of another node's, among the files or in the folder already."""
    profiles = {path.stem: path for path in files if path.stem in found and path.suffix == ".json"}
    bare = {node: path for node, path in profiles.items() if NODE_SCHEMA.encode() not in read_file(path)}
    if not bare:
        return
    first: dict[object, str] = {}
    with suppress(InvalidInputError):  # a broken record is named by whoever shows the fleet
        for _, record, _ in read_nodes(folder):
            first.setdefault(_measured(record), record.node)
    for node, path in bare.items():
        other = first.setdefault(_measured(found[node]), node)
        if other != node:
            what = f"is a copy: it holds the very measurement of the node {other}"
            yield Fault(path.as_posix(), 0, 0, what, f"measure {node} itself, and add that profile")


def _measured(record: NodeRecord) -> object:
    """Return what no two machines have in common, as text; a record without a profile is like itself alone."""
    profile = light(record).profile
    return repr((profile.measured_at, profile.measurements)) if profile is not None else record.node


def _records(path: Path) -> Iterator[NodeRecord]:
    content, name = read_file(path), path.as_posix()
    answers = answers_in(content)
    if answers:
        for nonce, out in answers:
            yield _of_log(out, nonce, path)
    elif f'"{NODE_SCHEMA}"'.encode() in content:
        yield read_record(content, name, faults_of)
    else:
        profile = read_profile(content, name)
        if not is_node_name(path.stem):
            raise InvalidInputError(
                [Fault(name, 0, 0, f"{path.stem!r} is not a name that a node can have", _STEP)]
            )
        outcome = of_profile(profile)
        at = profile.measured_at
        yield NodeRecord(
            path.stem, outcome.state, outcome.reason, outcome.said, "file", at, at, outcome.profile
        )


def _of_log(out: bytes, nonce: str, path: Path) -> NodeRecord:
    node = unframe(out, nonce).node
    if not is_node_name(node):
        what = f"an answer in it names its node {node[:60]!r}"
        raise InvalidInputError([Fault(path.as_posix(), 0, 0, what, _STEP)])
    outcome = outcome_of(Ended(None, out), nonce, node, read_profile)
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    at = outcome.profile.measured_at if outcome.profile is not None else now
    record = NodeRecord(node, outcome.state, outcome.reason, outcome.said, "file", at, at)
    return replace(record, profile=outcome.profile)
