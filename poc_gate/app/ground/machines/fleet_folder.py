"""A fleet's folder <-> its list of nodes and their records: `fleet.json` and `nodes/NAME.json`, each written whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from poc_gate.app.ground.files.own_output import check_kept
from poc_gate.app.ground.files.read_inputs import read_file, sha256_of
from poc_gate.app.ground.files.write_file import make_folder, write_file
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.probe.profile.machine_facts import machine_facts
from poc_gate.inputs.probe.profile.profile_faults import profile_faults
from poc_gate.many.fleet.node_names import natural_order
from poc_gate.many.fleet.records.node_record import light, read_record, read_run, write_record, write_run
from poc_gate.model.fact import Catalogue
from poc_gate.model.many.fleet import FleetRun, NodeRecord
from poc_gate.model.measurement import MachineProfile
from poc_gate.text.documents.strict_json import Found

_RUN, _NODES = "fleet.json", "nodes"
_STEP = "ask the nodes first: `poc-gate fleet probe --nodes ... -o FLEET`"


def is_fleet(folder: Path) -> bool:
    """Say whether a folder is that of a fleet."""
    return folder.is_dir() and ((folder / _RUN).is_file() or (folder / _NODES).is_dir())


def read_fleet_run(folder: Path) -> FleetRun | None:
    """Return which nodes are asked for, or None where nothing says so; raises InvalidInputError for a broken file."""
    path = folder / _RUN
    return read_run(read_file(path), path.as_posix()) if path.is_file() else None


def write_fleet_run(folder: Path, run: FleetRun) -> None:
    """Write which nodes are asked for; raises UsageError when the folder cannot be written."""
    make_folder(folder / _NODES)
    write_file(folder / _RUN, write_run(run))


def record_path(folder: Path, node: str) -> Path:
    """Return where the record of a node is kept."""
    return folder / _NODES / f"{node}.json"


def kept_files(folder: Path) -> list[str]:
    """Return the files that a fleet's folder is read from."""
    nodes = folder / _NODES
    return [str(folder / _RUN), *(map(str, nodes.glob("*.json")) if nodes.is_dir() else ())]


def check_node(folder: Path, node: str) -> None:
    """Raise UsageError where the place of a node's record holds a file that poc-gate did not write."""
    check_kept(record_path(folder, node))


def write_node(folder: Path, record: NodeRecord) -> None:
    """Write the record of one node: the whole of it, or nothing."""
    make_folder(folder / _NODES)
    write_file(record_path(folder, record.node), write_record(record))


def read_node(path: Path) -> tuple[NodeRecord, str]:
    """Return one record, without curves and single samples, and the digest of its file; raises InvalidInputError."""
    content = read_file(path)
    record = read_record(content, path.as_posix(), faults_of)
    if path.name != f"{record.node}.json":
        what = f"the file holds the record of {record.node!r}"
        raise InvalidInputError([Fault(path.as_posix(), 0, 0, what, f"name it {record.node}.json")])
    return light(record), sha256_of(content)


def read_nodes(folder: Path) -> Iterator[tuple[Path, NodeRecord, str]]:
    """Yield path, record and digest of every node, in the order of counting.

    Raises InvalidInputError with the faults of all records at once.
    """
    paths = (folder / _NODES).glob("*.json") if (folder / _NODES).is_dir() else ()
    faults: list[Fault] = []
    for path in sorted(paths, key=lambda one: natural_order(one.stem)):
        try:
            record, digest = read_node(path)
        except InvalidInputError as error:
            faults += error.faults
        else:
            yield path, record, digest
    if faults:
        raise InvalidInputError(faults)


def recorded(folder: Path) -> frozenset[str]:
    """Return the nodes of which there is a record, by the names of the files alone."""
    return frozenset(path.stem for path in (folder / _NODES).glob("*.json"))


def require_fleet(folder: Path) -> None:
    """Raise InvalidInputError where a folder is none of a fleet."""
    if not is_fleet(folder):
        what = f"is not a fleet folder: it contains neither {_RUN} nor {_NODES}/"
        raise InvalidInputError([Fault(folder.as_posix(), 0, 0, what, _STEP)])


def faults_of(profile: MachineProfile) -> Iterator[Found]:
    """Yield what is wrong with a profile whose types are right."""
    return profile_faults(profile, _catalogue())


@cache
def _catalogue() -> Catalogue:
    return Catalogue(machine_facts())
