"""The machine that stands for a fleet is nowhere better than any node of it, exactly."""

from __future__ import annotations

from fleet_samples import LATENCY, READ, clean_fleet, record_of
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from poc_gate.many.fleet.comparing.groups import values_of
from poc_gate.many.fleet.comparing.orientation import Better, better
from poc_gate.many.fleet.comparing.worst_node import worst_of
from poc_gate.model.many.fleet import NodeRecord
from poc_gate.model.quantity import Quantity

nodes = st.lists(
    st.builds(
        lambda read, latency, cores, grade: {
            "read": read, "latency": latency, "cpu__cores": Quantity(float(cores)), "grade": grade,
        },
        st.floats(1e10, 1e12), st.floats(1e-8, 1e-6), st.integers(1, 256), st.sampled_from("AABC"),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


@given(nodes)
@settings(max_examples=80, deadline=None)
def test_never_better_than_any_node(made: list[dict[str, object]]):
    records = [record_of(f"n{n}", **values) for n, values in enumerate(made)]
    worst = {m.fact: m for m in worst_of(records, name="fleet").measurements}
    for record in records:
        for fact, own in values_of(record).items():
            if fact not in worst or not isinstance(own.value, Quantity):
                continue
            found = worst[fact]
            way = better(fact, own.unit)
            if found.value is None:
                continue
            assert isinstance(found.value, Quantity)
            if way is Better.HIGHER:
                assert found.value.value <= own.value.value
                assert found.low is None or found.low <= (own.low or own.value.value)
            if way is Better.LOWER:
                assert found.value.value >= own.value.value
                assert found.high is None or found.high >= (own.high or own.value.value)
            if own.stable is False:
                assert found.stable is False
    assert worst[READ].value is not None
    assert worst[LATENCY].details.get("worst node", "") in {"", *(r.node for r in records)}


def test_what_nodes_disagree_on_or_one_does_not_know_is_unknown():
    records = [record_of("a"), record_of("b", cpu__model="another"), record_of("c")]
    worst = {m.fact: m for m in worst_of(records, name="fleet").measurements}
    assert worst["machine.cpu.model"].value is None
    assert worst["machine.cpu.model"].reason == "the nodes differ: AMD EPYC 9654 on 2 nodes; another on b"
    assert worst["machine.architecture"].value == "x86_64"
    measured = [replace(m, value=None, reason="no time") if m.fact == READ else m
                for m in records[2].profile.measurements]  # fmt: skip
    lacking = replace(records[2], profile=replace(records[2].profile, measurements=tuple(measured)))
    worst = {m.fact: m for m in worst_of([records[0], lacking], name="fleet").measurements}
    assert worst[READ].value is None
    assert worst[READ].reason == "c: no time"


def test_the_range_over_the_fleet_is_told_beside_the_worst():
    records: list[NodeRecord] = [*clean_fleet(10, seed=1), record_of("slow", read=200e9)]
    (read,) = [m for m in worst_of(records, name="fleet").measurements if m.fact == READ]
    assert read.value == Quantity(200e9, "B/s")
    assert read.details["worst node"] == "slow"
    assert read.details["over"] == "11 nodes"
    assert read.details["range"].startswith("200 GB/s to 40")
