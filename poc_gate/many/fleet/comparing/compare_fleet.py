"""Asked nodes and their records -> the fleet: every node in one state, groups compared, the slow ones named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from poc_gate.many.fleet.comparing.expectation import against_expected, below_expected
from poc_gate.many.fleet.comparing.groups import differs_from_kin, group_by, lacking, values_of
from poc_gate.many.fleet.comparing.orientation import FLEETING, Better, better
from poc_gate.many.fleet.comparing.stragglers import LEAST, FigureSpread, compare
from poc_gate.many.fleet.node_names import natural_order
from poc_gate.model.many.fleet import (
    Comparison,
    Fleet,
    FleetGroup,
    FleetNode,
    FleetRun,
    Missed,
    NodeRecord,
    NodeState,
    Remark,
)
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.quantity import Quantity, show_quantity, show_share

_TRUSTED = ("A", "B")


def compare_fleet(
    run: FleetRun | None,
    records: Sequence[NodeRecord],
    *,
    grouping: str = "hardware",
    expected: MachineProfile | None = None,
) -> Fleet:
    """Return the fleet that records make; what was asked and has no record is NOT_RUN, never forgotten.

    `expected` is a profile to hold the nodes against, such as the data sheet of what was bought.
    """
    measured = [record for record in records if record.state is NodeState.OK]
    groups = group_by(measured, grouping)
    figures = max(1, sum(len(_figures(group)) for group in groups.values()))
    compared = [_group(key, group, figures, expected) for key, group in groups.items()]
    remarks = _remarks(groups, compared, expected)
    member = {node: group.id for group in compared for node in group.nodes}
    asked = dict.fromkeys(run.asked if run is not None else ())
    by_name = {record.node: record for record in records}
    names = sorted(asked | dict.fromkeys(by_name), key=natural_order)
    nodes = [_node(name, by_name.get(name), member.get(name, ""), remarks.get(name, [])) for name in names]
    return Fleet(
        nodes=tuple(nodes),
        groups=tuple(compared),
        via=run.via if run is not None else "",
        begun_at=run.begun_at if run is not None else "",
        expected=expected.name if expected is not None else "",
        notices=tuple(_notices(compared, nodes)),
    )


def _node(name: str, record: NodeRecord | None, group: str, remarks: list[Remark]) -> FleetNode:
    if record is None:
        return FleetNode(name, NodeState.NOT_RUN, Missed.NO_ANSWER.value)
    if record.state is not NodeState.OK:
        return FleetNode(name, record.state, record.reason, record.said)
    counted = [remark for remark in remarks if remark.kind != "untrusted"]
    state = NodeState.DEGRADED if counted else NodeState.OK
    ordered = tuple(
        sorted(remarks, key=lambda remark: (remark.kind == "untrusted", -remark.loss, remark.fact))
    )
    return FleetNode(name, state, counted[0].kind if counted else "", record.said, group, ordered)


def _figures(records: Sequence[NodeRecord]) -> list[str]:
    """Return the facts that can be compared: measured with a grade, and better one way."""
    found = {m.fact: m.unit for record in records for m in values_of(record).values() if m.grade}
    return sorted(
        f for f, unit in found.items() if f not in FLEETING and better(f, unit) is not Better.NEITHER
    )


def _group(key: str, records: list[NodeRecord], figures: int, expected: MachineProfile | None) -> FleetGroup:
    tables = {record.node: values_of(record) for record in records}
    assert records[0].profile is not None
    names = tuple(sorted(tables, key=natural_order))
    comparisons = [_comparison(fact, tables, figures) for fact in _figures(records)]
    kept = tuple(against_expected(one, expected) for one in comparisons if one is not None)
    return FleetGroup(key, records[0].profile.name, names, kept)


def _comparison(
    fact: str, tables: Mapping[str, Mapping[str, Measurement]], figures: int
) -> Comparison | None:
    graded = {node: table[fact] for node, table in tables.items() if fact in table and table[fact].grade}
    values = {node: typical(one) for node, one in graded.items() if one.grade in _TRUSTED}
    if not values:
        return None
    unit = next(iter(graded.values())).unit
    way = better(fact, unit)
    ordered = sorted(values, key=lambda node: (values[node] * way.value, natural_order(node)))
    spread = compare(values, way, figures=figures)
    middle = values[ordered[len(ordered) // 2]]
    return Comparison(
        fact=fact,
        unit=unit,
        nodes=len(values),
        untrusted=len(graded) - len(values),
        centre=spread.centre if spread else middle,
        spread=spread.deviation if spread else 0.0,
        worst=values[ordered[0]],
        best=values[ordered[-1]],
        worst_node=ordered[0],
        flagged_below=spread.limit if spread else None,
        found_from=spread.found_from if spread else None,
        slow=_by_loss(spread),
        two_kinds=spread.two_kinds if spread else False,
    )


def _by_loss(spread: FigureSpread | None) -> tuple[str, ...]:
    return tuple(sorted(spread.slow, key=lambda node: (-spread.slow[node], node))) if spread else ()


def typical(measurement: Measurement) -> float:
    """Return what a node did in a figure: the median of its samples, or the value where there are none."""
    if measurement.median is not None:
        return measurement.median
    return measurement.value.value if isinstance(measurement.value, Quantity) else 0.0


def _remarks(
    groups: Mapping[str, list[NodeRecord]], compared: Sequence[FleetGroup], expected: MachineProfile | None
) -> dict[str, list[Remark]]:
    found: dict[str, list[Remark]] = {}
    for group in compared:
        records = groups[group.id]
        tables = {record.node: values_of(record) for record in records}
        for one in group.comparisons:
            for node in one.slow:
                found.setdefault(node, []).append(_slow(one, typical(tables[node][one.fact])))
        for node, table in tables.items():
            found.setdefault(node, []).extend(below_expected(table, expected))
            found[node].extend(_untrusted(table))
        for node, remarks in lacking(records).items():
            found.setdefault(node, []).extend(remarks)
    for node, remarks in differs_from_kin(groups).items():
        found.setdefault(node, []).extend(remarks)
    return found


def _slow(one: Comparison, value: float) -> Remark:
    loss = 1 - min(value / one.centre, one.centre / value)
    shown = show_quantity(Quantity(value, one.unit))
    of_all = show_quantity(Quantity(one.centre, one.unit))
    how = f"{show_share(loss)} worse than its peers ({of_all})"
    return Remark("slow", one.fact, f"{one.fact.removeprefix('machine.')} {shown}, {how}", loss)


def _untrusted(table: Mapping[str, Measurement]) -> list[Remark]:
    grades = [measurement.grade for measurement in table.values() if measurement.grade]
    if not grades or any(grade in _TRUSTED for grade in grades):
        return []
    text = f"none of its {len(grades)} figures can be trusted (grade C), so it was not compared"
    return [Remark("untrusted", "", text)]


def _notices(groups: Sequence[FleetGroup], nodes: Sequence[FleetNode]) -> list[str]:
    found = []
    for group in groups:
        for one in group.comparisons:
            if one.two_kinds:
                what = f"{group.title}: {one.fact.removeprefix('machine.')} falls into two clusters"
                found.append(
                    f"{what}; the slower {len(one.slow)} of {one.nodes} nodes are called slow as a whole"
                )
        below = [one for one in group.comparisons if one.below_expected is not None]
        for one in below:
            what = f"the whole group {group.title} is below its specification in {one.fact.removeprefix('machine.')}"
            found.append(f"{what}: {show_share(one.below_expected or 0.0)} less than could be expected")
    small = [group for group in groups if len(group.nodes) < LEAST]
    if small:
        names = ", ".join(dict.fromkeys(group.title for group in small))
        found.append(f"fewer than {LEAST} nodes of a kind cannot be compared with each other: {names}")
    untrusted = sum(any(r.kind == "untrusted" for r in node.remarks) for node in nodes)
    if untrusted:
        found.append(
            f"figures of {untrusted} node{'' if untrusted == 1 else 's'} cannot be trusted; measure again when idle"
        )
    return found
