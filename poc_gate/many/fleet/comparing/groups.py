"""Records -> groups of equal hardware, and what single nodes lack beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from poc_gate.many.fleet.comparing.orientation import (
    FLEETING,
    WORSE_WHEN_FALSE,
    WORSE_WHEN_TRUE,
    Better,
    better,
)
from poc_gate.model.claim import Value
from poc_gate.model.many.fleet import NodeRecord, Remark
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity, show_quantity

GROUPINGS = ("hardware", "fingerprint", "none")
"""By what was bought, by that with driver and link, or all together."""
_KIN = ("machine.cpu.model", "machine.accelerators.name")
"""Machines that agree in these are of one kind, even where one of them lacks a device or a memory module."""
_COUNTED = (
    "machine.accelerators.count",
    "machine.accelerators.memory_total",
    "machine.cpu.cores",
    "machine.memory.total",
)
_RARE = 0.1
"""A group of this share of the largest of its kind, or of one node, is looked at as what is left of that one."""
_SAME = 0.02
"""Sizes that differ by less are equal: a system keeps a few parts of a thousand for itself."""


def group_by(records: Iterable[NodeRecord], grouping: str) -> dict[str, list[NodeRecord]]:
    """Return group id -> its records, the largest group first; records without a profile belong to none."""
    found: dict[str, list[NodeRecord]] = {}
    for record in records:
        if record.profile is not None:
            profile = record.profile
            key = profile.hardware if grouping == "hardware" else profile.fingerprint
            found.setdefault(key[:8] if grouping != "none" else "all", []).append(record)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def values_of(record: NodeRecord) -> Mapping[str, Measurement]:
    """Return fact -> measurement of one record."""
    assert record.profile is not None
    return {measurement.fact: measurement for measurement in record.profile.measurements}


def lacking(records: Sequence[NodeRecord]) -> dict[str, list[Remark]]:
    """Return node -> what it has less of than most nodes of its group, or what it suffers from."""
    tables = {record.node: values_of(record) for record in records}
    found: dict[str, list[Remark]] = {}
    for fact in sorted({fact for table in tables.values() for fact in table} - FLEETING):
        stated = {node: table[fact] for node, table in tables.items() if fact in table}
        usual = _usual(stated, len(records))
        for node, one in stated.items():
            text = _suffers(fact, one) or _lacks(fact, one, usual)
            if text:
                found.setdefault(node, []).append(Remark("less", fact, text))
    return found


def _usual(stated: Mapping[str, Measurement], nodes: int) -> Value | None:
    """Return the value that more than half of a group of at least three have; None for what is measured or differs."""
    if nodes < 3 or any(one.grade for one in stated.values()):
        return None
    counted = Counter(_rounded(one.value) for one in stated.values() if one.value is not None)
    if not counted:
        return None
    value, times = counted.most_common(1)[0]
    return value if 2 * times > nodes else None


def _rounded(value: Value | None) -> Value | None:
    """Return sizes to two figures, so that what a system keeps for itself makes no difference."""
    if isinstance(value, Quantity) and value.unit == "B" and value.value > 0:
        return Quantity(float(f"{value.value:.2g}"), "B")
    return value


def _lacks(fact: str, one: Measurement, usual: Value | None) -> str:
    if not isinstance(one.value, Quantity) or not isinstance(usual, Quantity):
        return ""
    if better(fact, one.unit) is not Better.HIGHER or one.value.value >= usual.value * (1 - 2.5 * _SAME):
        return ""
    return f"{_short(fact)} {show_quantity(one.value)}; most of its peers have {show_quantity(usual)}"


def _suffers(fact: str, one: Measurement) -> str:
    if fact == "machine.accelerators.lost" and isinstance(one.value, Quantity) and one.value.value > 0:
        return f"{show_quantity(one.value)} of its accelerators do not work"
    if fact == "machine.accelerators.throttled" and one.value is True:
        return "an accelerator is throttled"
    return ""


def differs_from_kin(groups: Mapping[str, list[NodeRecord]]) -> dict[str, list[Remark]]:
    """Return node -> what it lacks beside a much larger group of the same processors and accelerators.

    A node that lost a device or a memory module has another digest of its hardware: it would be alone, and unseen.
    """
    found: dict[str, list[Remark]] = {}
    largest: dict[tuple[Value | None, ...], Mapping[str, Measurement]] = {}
    sizes: dict[tuple[Value | None, ...], int] = {}
    for records in groups.values():  # the largest first
        table = values_of(records[0])
        kin = tuple(table[fact].value if fact in table else None for fact in _KIN)
        if kin not in largest:
            largest[kin], sizes[kin] = table, len(records)
        elif len(records) <= max(1, _RARE * sizes[kin]) and sizes[kin] >= 3:
            for record in records:
                remarks = list(_beside(values_of(record), largest[kin]))
                if remarks:
                    found[record.node] = remarks
    return found


def _beside(own: Mapping[str, Measurement], peers: Mapping[str, Measurement]) -> Iterable[Remark]:
    for fact in _COUNTED:
        mine = own[fact].value if fact in own else None
        theirs = peers[fact].value if fact in peers else None
        if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
            missing = 1 - mine.value / theirs.value if theirs.value else 0.0
            if missing > _SAME:
                text = f"{_short(fact)} {show_quantity(mine)}; similar nodes have {show_quantity(theirs)}"
                yield Remark("less", fact, text, missing)


def worse_flag(fact: str) -> bool | None:
    """Return which value of a statement is the worse one; None where neither is."""
    if fact in WORSE_WHEN_TRUE:
        return True
    return False if fact in WORSE_WHEN_FALSE else None


def _short(fact: str) -> str:
    return fact.removeprefix("machine.")
