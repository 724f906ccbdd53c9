"""The records of usable nodes -> one machine that is nowhere better than any of them, to judge a pilot on."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from poc_gate.many.fleet.comparing.groups import values_of, worse_flag
from poc_gate.many.fleet.comparing.orientation import Better, better
from poc_gate.model.claim import Value
from poc_gate.model.many.fleet import NodeRecord
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.quantity import Quantity, show_quantity

_IDENTITY = frozenset({"machine.name", "machine.fingerprint", "machine.kind"})


def worst_of(records: Sequence[NodeRecord], *, name: str) -> MachineProfile:
    """Return a profile that takes for each fact the worst of all nodes, with an interval over all of them.

    A quantity is the worst node's own; its interval reaches from the worst end of all intervals to the better end of
    the worst node's own, so that it is never better than any node. What has no worse way is known only where all
    nodes agree; what one node does not know is unknown. Name and fingerprint of the profile are left to the caller.
    """
    assert records
    tables = {record.node: values_of(record) for record in records}
    facts = sorted({fact for table in tables.values() for fact in table} - _IDENTITY)
    measured = tuple(_worst(fact, [(node, tables[node].get(fact)) for node in tables]) for fact in facts)
    profiles = [record.profile for record in records if record.profile is not None]
    return MachineProfile(
        name=name,
        fingerprint="",
        measured_at=min(profile.measured_at for profile in profiles),
        tool_version=max(profile.tool_version for profile in profiles),
        measurements=measured,
        environment={"nodes": str(len(records))},
        notes=(f"the worst of {len(records)} nodes, fact by fact",),
    )


def _worst(fact: str, stated: list[tuple[str, Measurement | None]]) -> Measurement:
    for node, one in stated:
        if one is None or one.value is None:
            why = one.reason if one is not None else "its record lacks it"
            others = "" if _none_known(stated) else f"{node}: "
            unit = one.unit if one is not None else ""
            return Measurement(fact, None, unit, reason=f"{others}{why or 'not measured'}")
    known = [(node, one) for node, one in stated if one is not None]
    if all(isinstance(one.value, Quantity) for _, one in known):
        return _worst_quantity(fact, known)
    values = {_plain(one.value): one for _, one in known}
    if len(values) == 1:
        return known[0][1]
    worse = worse_flag(fact)
    if worse is not None and all(isinstance(one.value, bool) for _, one in known):
        return next(one for _, one in known if one.value is worse)
    shown = "; ".join(f"{value} on {_holders(value, known)}" for value in sorted(values))
    return Measurement(fact, None, known[0][1].unit, reason=f"the nodes differ: {shown}")


def _none_known(stated: list[tuple[str, Measurement | None]]) -> bool:
    return all(one is None or one.value is None for _, one in stated)


def _holders(value: str, known: list[tuple[str, Measurement]]) -> str:
    nodes = [node for node, one in known if _plain(one.value) == value]
    return nodes[0] if len(nodes) == 1 else f"{len(nodes)} nodes"


def _plain(value: Value | None) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _worst_quantity(fact: str, known: list[tuple[str, Measurement]]) -> Measurement:
    way = better(fact, known[0][1].unit)
    if way is Better.NEITHER:
        values = {_number(one) for _, one in known}
        if len(values) == 1:
            return known[0][1]
        shown = " to ".join(show_quantity(Quantity(v, known[0][1].unit)) for v in (min(values), max(values)))
        return Measurement(fact, None, known[0][1].unit, reason=f"the nodes differ: {shown}")
    untrusted = [(node, one) for node, one in known if one.stable is False]
    worst = min(known, key=lambda item: (_number(item[1]) * way.value, item[0]))
    node, one = worst
    if untrusted:  # what one node's figure does not prove, the fleet's does not
        one = replace(one, stable=False, grade="C", reason=f"of {len(untrusted)} nodes not to be trusted")
    if len(known) == 1:
        return one
    best = max(_number(other) * way.value for _, other in known) * way.value
    reach = " to ".join(show_quantity(Quantity(value, one.unit)) for value in (_number(worst[1]), best))
    details = one.details | {"worst node": node, "over": f"{len(known)} nodes", "range": reach}
    return replace(_widened(one, [other for _, other in known], way), details=details)


def _widened(one: Measurement, all_of_them: list[Measurement], way: Better) -> Measurement:
    if way is Better.HIGHER:
        lows = [other.low for other in all_of_them if other.low is not None]
        return replace(one, low=min(lows)) if lows else one
    highs = [other.high for other in all_of_them if other.high is not None]
    return replace(one, high=max(highs)) if highs else one


def _number(one: Measurement) -> float:
    assert isinstance(one.value, Quantity)
    return one.value.value
