"""A node's record and a fleet's list of nodes <-> their files, strict on the way in as any file that anybody can write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from poc_gate.errors import InvalidInputError
from poc_gate.many.fleet.node_names import is_node_name
from poc_gate.model.many.fleet import FleetRun, Missed, NodeRecord, NodeState
from poc_gate.model.measurement import MachineProfile
from poc_gate.text.documents.canonical_json import canonical_json
from poc_gate.text.documents.json_shape import shape_faults
from poc_gate.text.documents.strict_json import Found, parse_json, placed

LARGEST = 32 * 2**20
NODE_SCHEMA, RUN_SCHEMA = "poc-gate.node/1", "poc-gate.fleet/1"
ProfileFaults = Callable[[MachineProfile], Iterable[Found]]
"""What is wrong with a profile whose types are right."""
_AGAIN = "ask the node again: `poc-gate fleet probe --again unmeasured`"
_RENEW = "write it again: `poc-gate fleet probe`"


def write_record(record: NodeRecord) -> bytes:
    """Return a record as canonical JSON."""
    plain = msgspec.to_builtins(record)
    if record.profile is not None and not record.profile.hardware:
        del plain["profile"]["hardware"]
    return canonical_json(plain, ascii_only=False)


def read_record(content: bytes, file: str, profile_faults: ProfileFaults) -> NodeRecord:
    """Return the record that `content` holds; raises InvalidInputError with every fault found."""
    read = parse_json(content, file, most_bytes=LARGEST, next_step=_AGAIN)
    found = shape_faults(read.data, NodeRecord, _AGAIN)
    if not found:
        record = msgspec.convert(read.data, NodeRecord)
        found = list(_record_faults(record, profile_faults))
        if not found:
            return record
    raise InvalidInputError(placed(read, found))


def _record_faults(record: NodeRecord, profile_faults: ProfileFaults) -> Iterator[Found]:
    if record.schema != NODE_SCHEMA:
        yield ("schema",), f"schema {record.schema!r} is not {NODE_SCHEMA!r}", _AGAIN
    if not is_node_name(record.node):
        yield ("node",), f"{record.node!r} is not a name that a node can have", "write its host name"
    if record.state is NodeState.DEGRADED:
        yield ("state",), "DEGRADED comes from comparing nodes and is never recorded", "write OK"
    if record.state is NodeState.OK and record.profile is None:
        yield ("profile",), "the node is OK but its profile is missing", _AGAIN
    if record.state is NodeState.NOT_RUN and record.reason not in set(Missed):
        yield ("reason",), f"{record.reason!r} is not a known reason", f"write one of {', '.join(Missed)}"
    if record.profile is not None:
        for path, what, step in profile_faults(record.profile):
            yield ("profile", *path), what, step
        if record.profile.kind != "measured":
            yield ("profile", "kind"), "a node's profile is measured, never a data sheet", _AGAIN


def write_run(run: FleetRun) -> bytes:
    """Return a fleet's list of nodes as canonical JSON."""
    return canonical_json(msgspec.to_builtins(run))


def read_run(content: bytes, file: str) -> FleetRun:
    """Return the list of nodes that `content` holds; raises InvalidInputError with every fault found."""
    read = parse_json(content, file, most_bytes=LARGEST, next_step=_RENEW)
    found = shape_faults(read.data, FleetRun, _RENEW)
    if not found:
        run = msgspec.convert(read.data, FleetRun)
        if run.schema != RUN_SCHEMA:
            found.append((("schema",), f"schema {run.schema!r} is not {RUN_SCHEMA!r}", _RENEW))
        wrong = [(n, name) for n, name in enumerate(run.asked) if not is_node_name(name)]
        found += [(("asked", n), f"{name!r} is not a name that a node can have", _RENEW) for n, name in wrong]
        if not found:
            return run
    raise InvalidInputError(placed(read, found))


def light(record: NodeRecord) -> NodeRecord:
    """Return a record without curves and single samples: what comparing thousands of nodes needs of it."""
    if record.profile is None:
        return record
    bare = tuple(msgspec.structs.replace(m, samples=(), warmups=()) for m in record.profile.measurements)
    profile = msgspec.structs.replace(record.profile, measurements=bare, curves=())
    return msgspec.structs.replace(record, profile=profile)
