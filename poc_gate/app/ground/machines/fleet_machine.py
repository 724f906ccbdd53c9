"""A fleet's folder -> the machine a pilot on it is judged on: the worst usable node, and the same without the slow ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from poc_gate.app.ground.machines.fleet_folder import is_fleet, read_fleet_run, read_nodes, require_fleet
from poc_gate.errors import Fault, InvalidInputError, UsageError
from poc_gate.inputs.probe.fingerprint import fingerprint_of, hardware_of
from poc_gate.many.fleet.comparing.compare_fleet import compare_fleet
from poc_gate.many.fleet.comparing.worst_node import worst_of
from poc_gate.many.fleet.node_names import fold_names
from poc_gate.model.claim import Notice, Place, Provenance
from poc_gate.model.many.fleet import Fleet, NodeRecord, NodeState
from poc_gate.model.measurement import MachineProfile, Measurement

_SHOWN = 8


class FleetMachine(Struct, frozen=True):
    """What a pilot is judged on."""

    profile: MachineProfile
    notices: tuple[Notice, ...]
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Path -> sha256 of every file read."""
    degraded: tuple[str, ...] = ()
    """The nodes whose draining may help."""
    drained: MachineProfile | None = None
    """The machine that is left without them; None where there are none, or no other."""


def fleet_place(name: str) -> tuple[Path, str] | None:
    """Return folder and group that a machine's name means, such as `fleet/@3bee253e`, or None for another machine."""
    if is_fleet(Path(name)):
        return Path(name), ""
    folder, at, group = name.rpartition("@")
    return (Path(folder), group) if at and folder and is_fleet(Path(folder)) else None


def fleet_machine(folder: Path, group: str = "") -> FleetMachine:
    """Return the machine that stands for a fleet, or for one group of equal hardware in it.

    Raises InvalidInputError for broken records and where no node was measured, UsageError for a group that is not there.
    """
    require_fleet(folder)
    run, read = read_fleet_run(folder), list(read_nodes(folder))
    fleet = compare_fleet(run, [record for _, record, _ in read])
    chosen = _chosen(fleet, group)
    usable = [_prepared(record) for _, record, _ in read if record.node in chosen]
    place = folder.as_posix()
    if not usable:
        what = f"none of the {len(fleet.nodes)} nodes was measured"
        raise InvalidInputError([Fault(place, 0, 0, what, f"see why: `poc-gate fleet show {place}`")])
    degraded = tuple(n.node for n in fleet.nodes if n.state is NodeState.DEGRADED and n.node in chosen)
    left = [record for record in usable if record.node not in degraded]
    why = _too_few(fleet)
    return FleetMachine(
        profile=_identified(usable, why),
        notices=tuple(_notices(fleet, chosen, group, Place(place))),
        inputs={path.as_posix(): digest for path, _, digest in read},
        degraded=degraded,
        drained=_identified(left, why) if degraded and left else None,
    )


def _too_few(fleet: Fleet) -> str:
    """Return why the figures prove nothing of a fleet, or an empty text: a minority does not speak for all."""
    if 2 * fleet.answered >= len(fleet.nodes):
        return ""
    return f"only {fleet.answered} of {len(fleet.nodes)} nodes were measured"


def _chosen(fleet: Fleet, group: str) -> frozenset[str]:
    found = [one for one in fleet.groups if one.id.startswith(group)]
    if group and len(found) != 1:
        known = ", ".join(f"@{one.id} ({len(one.nodes)} {one.title})" for one in fleet.groups)
        raise UsageError(f"no group of this fleet is named {group!r}", next_step=f"choose {known}")
    return frozenset(node for one in found for node in one.nodes)


def _prepared(record: NodeRecord) -> NodeRecord:
    """Return a record whose curves and samples take no part."""
    assert record.profile is not None
    return replace(record, profile=replace(record.profile, curves=()))


def _identified(records: Sequence[NodeRecord], too_few: str) -> MachineProfile:
    count = f"{len(records)} node{'s' if len(records) > 1 else ''}"
    titles = {record.profile.name for record in records if record.profile is not None}
    name = (
        f"worst of {count} of {min(titles)}"
        if len(titles) == 1
        else f"worst of {count} of {len(titles)} kinds"
    )
    profile = worst_of(records, name=name)
    if too_few:
        profile = replace(
            profile, measurements=tuple(_declared(one, too_few) for one in profile.measurements)
        )
    fingerprint = fingerprint_of(profile.measurements)
    identity = {"name": name, "fingerprint": fingerprint, "kind": "measured"}
    stated = tuple(Measurement(fact=f"machine.{key}", value=value) for key, value in identity.items())
    measured = tuple(sorted((*profile.measurements, *stated), key=lambda one: one.fact))
    return replace(
        profile, fingerprint=fingerprint, measurements=measured, hardware=hardware_of(profile.measurements)
    )


def _declared(one: Measurement, why: str) -> Measurement:
    return one if one.value is None else replace(one, provenance=Provenance.DECLARED, reason=why)


def _notices(fleet: Fleet, chosen: frozenset[str], group: str, place: Place) -> list[Notice]:
    found = []
    without = [node for node in fleet.nodes if node.state in {NodeState.FAILED, NodeState.NOT_RUN}]
    if without:
        named = "; ".join(f"{node.node}: {node.reason}" for node in without[:_SHOWN])
        more = f"; and {len(without) - _SHOWN} more" if len(without) > _SHOWN else ""
        text = f"judged on {len(chosen)} measured nodes; {len(without)} others say nothing ({named}{more})"
        text += ": a minority, so its figures count as declared" if _too_few(fleet) else ""
        step = f"ask them again: `poc-gate fleet probe --again unmeasured -o {place.file}`, or take them out of fleet.json"
        found.append(Notice("warning", text, place, step))
    if len(fleet.groups) > 1 and not group:
        kinds = ", ".join(
            f"{place.file}@{one.id} ({len(one.nodes)} {one.title})" for one in fleet.groups[:_SHOWN]
        )
        text = f"the nodes are of {len(fleet.groups)} kinds; the pilot is judged on the worst of all"
        found.append(Notice("warning", text, place, f"judge one kind: --machine {kinds}"))
    distrusted = [
        n.node for n in fleet.nodes if any(r.kind == "untrusted" for r in n.remarks) and n.node in chosen
    ]
    if distrusted:
        text = f"no figure of {fold_names(distrusted)} can be trusted, so none of the fleet's can"
        found.append(Notice("warning", text, place, "ask them again when they are idle"))
    return found
