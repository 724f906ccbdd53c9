"""Nodes written out fact by fact: what one has less of, what is below its specification, what the worst of them is."""

from __future__ import annotations

from typing import Any

import pytest
from fleet_samples import GIB, LATENCY, READ, figure
from msgspec.structs import replace

from poc_gate.many.fleet.comparing.compare_fleet import compare_fleet, typical
from poc_gate.many.fleet.comparing.expectation import against_expected, below_expected
from poc_gate.many.fleet.comparing.groups import differs_from_kin, group_by, lacking
from poc_gate.many.fleet.comparing.orientation import Better, better
from poc_gate.many.fleet.comparing.stragglers import compare
from poc_gate.many.fleet.comparing.worst_node import worst_of
from poc_gate.model.claim import Provenance
from poc_gate.model.many.fleet import Comparison, FleetRun, NodeRecord, NodeState
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.quantity import Quantity

FLOPS, SIZE, COUNT = "machine.accelerators.compute_half", "machine.memory.total", "machine.accelerators.count"


def profile(*facts: Measurement, **more: Any) -> MachineProfile:
    held = {
        "fingerprint": "abcdefgh-1",
        "hardware": "12345678-1",
        "measured_at": "2026-11-28",
        "tool_version": "1",
        **more,
    }
    return MachineProfile("kind", measurements=facts, **held)


def node(name: str, *facts: Measurement, **more: Any) -> NodeRecord:
    return NodeRecord(name, NodeState.OK, profile=profile(*facts, **more))


def plain(fact: str, value: Any, unit: str = "") -> Measurement:
    return Measurement(fact, Quantity(value, unit) if isinstance(value, float) else value, unit)


@pytest.mark.parametrize(
    ("fact", "unit", "way"),
    [
        (READ, "B/s", Better.HIGHER), (LATENCY, "s", Better.LOWER), ("machine.accelerators.lost", "1", Better.LOWER),
        ("machine.memory.numa_nodes", "1", Better.NEITHER), ("machine.cpu.sockets", "1", Better.NEITHER), (COUNT, "1", Better.HIGHER),
    ],
)  # fmt: skip
def test_which_way_is_better(fact, unit, way):
    assert better(fact, unit) is way


def sheet(
    fact: str, value: float, unit: str, *, grade: str = "", provenance: Provenance = Provenance.ASSUMED
) -> MachineProfile:
    return profile(Measurement(fact, Quantity(value, unit), unit, grade=grade, provenance=provenance))


@pytest.mark.parametrize(
    ("fact", "unit", "printed", "share", "provenance"),
    [
        (READ, "B/s", 100.0, 0.75, Provenance.ASSUMED), (FLOPS, "flop/s", 100.0, 0.5, Provenance.ASSUMED), (SIZE, "B", 100.0, 0.93, Provenance.ASSUMED),
        (COUNT, "1", 8.0, 1.0, Provenance.ASSUMED), (READ, "B/s", 100.0, 0.95, Provenance.MEASURED), (COUNT, "1", 8.0, 1.0, Provenance.MEASURED),
        (LATENCY, "s", 1.0, 1 / 0.93, Provenance.ASSUMED), (LATENCY, "s", 0.1, 1 / 0.93, Provenance.ASSUMED),
    ],
)  # fmt: skip
def test_what_is_below_what_such_a_machine_reaches(fact, unit, printed, share, provenance):
    expected = sheet(fact, printed, unit, provenance=provenance)
    least, worse = printed * share, 0.9 if better(fact, unit) is Better.HIGHER else 1 / 0.9
    assert below_expected({fact: plain(fact, least, unit)}, expected) == []
    (found,) = below_expected({fact: plain(fact, least * worse, unit)}, expected)
    assert (found.kind, found.fact, found.loss) == ("below specification", fact, pytest.approx(0.1))
    assert ", 10 % below the " in found.text
    one = Comparison(fact, unit, 5, 0, least * worse, 0.0, 1.0, 1.0, "n", None, None)
    held = against_expected(one, expected)
    assert (held.expected, held.below_expected) == (printed, pytest.approx(0.1))
    fits = against_expected(replace(one, centre=least), expected)
    assert (fits.expected, fits.below_expected) == (printed, None)


def test_a_node_that_has_nothing_lacks_all_of_it_and_what_nobody_expects_is_left_alone():
    expected = sheet(READ, 100.0, "B/s")
    (found,) = below_expected({READ: plain(READ, 0.0, "B/s")}, expected)
    assert found.loss == 1.0
    for table, held in (
        ({READ: plain(READ, 1.0, "B/s")}, None), ({READ: plain(READ, 1.0, "B/s")}, sheet(FLOPS, 100.0, "flop/s")),
        ({READ: plain(READ, 1.0, "B/s")}, sheet(READ, 0.0, "B/s")), ({READ: plain(READ, 1.0, "B/s")}, sheet(READ, 100.0, "B/s", grade="C")),
        ({READ: plain(READ, "much", "B/s")}, expected), ({READ: replace(plain(READ, 1.0, "B/s"), grade="C")}, expected),
        ({"machine.memory.available": plain("machine.memory.available", 1.0, "B")}, sheet("machine.memory.available", 100.0, "B")),
        ({"machine.cpu.sockets": plain("machine.cpu.sockets", 1.0, "1")}, sheet("machine.cpu.sockets", 2.0, "1")),
    ):  # fmt: skip
        assert below_expected(table, held) == []
    several = {"a": plain("a", "x"), "b": plain("b", 1.0, "B/s"), READ: plain(READ, 1.0, "B/s")}
    assert [one.fact for one in below_expected(several, expected)] == [READ]
    one = Comparison("machine.cpu.sockets", "1", 5, 0, 1.0, 0.0, 1.0, 1.0, "n", None, None)
    assert against_expected(one, sheet("machine.cpu.sockets", 2.0, "1")) == one


def test_groups_by_what_was_bought_by_the_whole_digest_or_all_together():
    records = [
        node("a"), node("b"), node("c", hardware="9-other", fingerprint="x"), node("d", hardware="87654321-2", fingerprint="x"),
        NodeRecord("e", NodeState.NOT_RUN),
    ]  # fmt: skip
    assert {key: [one.node for one in group] for key, group in group_by(records, "hardware").items()} == {
        "12345678": ["a", "b"], "87654321": ["d"], "9-other": ["c"],
    }  # fmt: skip
    assert list(group_by(records, "hardware")) == ["12345678", "87654321", "9-other"]
    assert [len(group) for group in group_by(records, "fingerprint").values()] == [2, 2]
    assert list(group_by(records, "none")) == ["all"]


def sizes(*values: float, fact: str = SIZE, unit: str = "B", grade: str = "") -> list[NodeRecord]:
    return [
        node(f"n{number}", replace(plain(fact, value, unit), grade=grade))
        for number, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("records", "named"),
    [
        (sizes(1000.0, 1000.0, 949.0), ["n2"]), (sizes(1000.0, 1000.0, 951.0), []), (sizes(1000.0, 900.0), []), (sizes(1000.0, 1000.0, 900.0, 900.0), []),
        (sizes(1000.0, 1001.0, 1004.0, 500.0), ["n3"]), (sizes(8.0, 8.0, 7.0, fact=COUNT, unit="1"), ["n2"]), (sizes(8.0, 8.0, 9.0, fact=COUNT, unit="1"), []),
        (sizes(2.0, 2.0, 1.0, fact="machine.cpu.sockets", unit="1"), []), (sizes(1000.0, 1000.0, 900.0, grade="A"), []),
        (sizes(1000.0, 1000.0, 900.0, fact="machine.memory.available"), []),
    ],
)  # fmt: skip
def test_a_node_that_has_less_than_most(records, named):
    found = lacking(records)
    assert sorted(found) == named
    assert all(
        remark.kind == "less" and remark.loss == 0.0 for remarks in found.values() for remark in remarks
    )


def test_what_a_node_suffers_from_is_said_whatever_the_others_do():
    lost, hot = "machine.accelerators.lost", "machine.accelerators.throttled"
    records = [
        node("a", plain(lost, 1.0, "1"), plain(hot, value=True)),
        node("b", plain(lost, 0.0, "1"), plain(hot, value=False)),
    ]
    assert {name: [one.text for one in remarks] for name, remarks in lacking(records).items()} == {
        "a": ["1 of its accelerators do not work", "an accelerator is throttled"]
    }
    assert lacking([node("a", plain(SIZE, 5.0, "B")), node("b"), node("c")]) == {}
    (counted,) = lacking(sizes(8.0, 8.0, 7.0, fact=COUNT, unit="1"))["n2"]
    assert counted.text == "accelerators.count 7; most of its peers have 8"
    graded = sizes(1000.0, 1000.0, 900.0)
    graded[2] = node("n2", replace(plain(SIZE, 900.0, "B"), grade="A"))
    assert lacking(graded) == {}
    text = lacking(sizes(1000.0 * GIB, 1000.0 * GIB, 500.0 * GIB))["n2"][0].text
    assert text.startswith("memory.total 5")
    assert "; most of its peers have 1" in text


def kin(count: int, first: str, *facts: Measurement, **more: Any) -> list[NodeRecord]:
    return [
        node(f"{first}{number}", plain("machine.cpu.model", "epyc"), *facts, **more)
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("many", "few", "value", "named"),
    [
        (3, 1, 6.0, 1), (2, 1, 6.0, 0), (30, 3, 6.0, 3), (30, 4, 6.0, 0), (100, 10, 6.0, 10), (100, 11, 6.0, 0), (12, 2, 6.0, 0), (3, 1, 8.0, 0), (3, 1, 7.85, 0), (3, 1, 7.83, 1), (3, 1, 9.0, 0),
    ],
)  # fmt: skip
def test_a_few_that_lack_something_beside_many_of_their_kin(many, few, value, named):
    groups = {
        "a": kin(many, "m", plain(COUNT, 8.0, "1")),
        "b": kin(few, "f", plain(COUNT, value, "1"), hardware="other"),
    }
    found = differs_from_kin(groups)
    assert len(found) == named
    for remarks in found.values():
        (one,) = remarks
        assert (one.kind, one.fact, one.loss) == ("less", COUNT, pytest.approx(1 - value / 8.0))
        assert one.text.startswith(f"accelerators.count {value:g}; similar nodes have 8")
    assert differs_from_kin({"a": groups["a"], "b": [node("x", plain(COUNT, value, "1"))]}) == {}
    none = {"a": kin(many, "m", plain(COUNT, 0.0, "1")), "b": kin(few, "f", plain(COUNT, value, "1"))}
    assert differs_from_kin(none) == {}
    assert differs_from_kin({"a": kin(many, "m"), "b": groups["b"]}) == {}


def worst(fact: str, *values: Measurement | None) -> Measurement:
    records = [node(f"n{number}", *([one] if one is not None else [])) for number, one in enumerate(values)]
    (found,) = [one for one in worst_of(records, name="fleet").measurements if one.fact == fact]
    return found


def test_the_worst_rate_and_the_worst_time_with_what_lies_over_all_nodes():
    slow = worst(READ, figure(READ, 100.0, "B/s"), figure(READ, 80.0, "B/s"), figure(READ, 120.0, "B/s"))
    assert (slow.value, slow.low, slow.high) == (Quantity(80.0, "B/s"), 0.99 * 80, 1.01 * 80)
    assert slow.details == {"worst node": "n1", "over": "3 nodes", "range": "80 B/s to 120 B/s"}
    wide = replace(figure(READ, 90.0, "B/s"), low=10.0)
    assert worst(READ, figure(READ, 80.0, "B/s"), wide).low == 10.0
    late = worst(LATENCY, figure(LATENCY, 1.0, "s"), figure(LATENCY, 3.0, "s"), figure(LATENCY, 2.0, "s"))
    assert (late.value, late.low, late.high) == (Quantity(3.0, "s"), 0.99 * 3, 1.01 * 3)
    assert late.details["range"] == "3 s to 1 s"
    assert worst(LATENCY, figure(LATENCY, 3.0, "s"), replace(figure(LATENCY, 2.0, "s"), high=9.0)).high == 9.0
    bare = worst(READ, plain(READ, 5.0, "B/s"), plain(READ, 4.0, "B/s"))
    assert (bare.value, bare.low, bare.high) == (Quantity(4.0, "B/s"), None, None)
    alone = worst(READ, figure(READ, 5.0, "B/s"))
    assert (alone.value, alone.details) == (Quantity(5.0, "B/s"), {})
    same = worst(READ, figure(READ, 5.0, "B/s"), figure(READ, 5.0, "B/s"))
    assert same.details["worst node"] == "n0"
    alike = worst(READ, figure(READ, 5.0, "B/s"), plain(READ, 5.0, "B/s"))
    assert alike.details["worst node"] == "n0"


def test_a_figure_that_is_not_trusted_anywhere_is_not_trusted_for_the_fleet():
    mixed = worst(READ, figure(READ, 100.0, "B/s"), figure(READ, 120.0, "B/s", "C"))
    assert (mixed.value, mixed.stable, mixed.grade, mixed.reason) == (
        Quantity(100.0, "B/s"), False, "C", "of 1 nodes not to be trusted",
    )  # fmt: skip
    assert worst(READ, figure(READ, 100.0, "B/s"), figure(READ, 120.0, "B/s")).stable is True


def test_what_has_no_worse_way_is_known_where_all_agree():
    sockets, flag = "machine.cpu.sockets", "machine.accelerators.throttled"
    assert worst(sockets, plain(sockets, 2.0, "1"), plain(sockets, 2.0, "1")).value == Quantity(2.0, "1")
    differ = worst(sockets, plain(sockets, 2.0, "1"), plain(sockets, 1.0, "1"), plain(sockets, 4.0, "1"))
    assert (differ.value, differ.reason) == (None, "the nodes differ: 1 to 4")
    assert worst(flag, plain(flag, value=False), plain(flag, value=True)).value is True
    assert (
        worst(
            "machine.accelerators.ecc",
            plain("machine.accelerators.ecc", value=True),
            plain("machine.accelerators.ecc", value=False),
        ).value
        is False
    )
    other = worst(
        "machine.x",
        plain("machine.x", value=True),
        plain("machine.x", value=False),
        plain("machine.x", value=True),
    )
    assert other.reason == "the nodes differ: False on n1; True on 2 nodes"
    odd = worst(COUNT, plain(COUNT, 2.0, "1"), plain(COUNT, "some"))
    assert odd.reason == "the nodes differ: 2 on n0; some on n1"
    mixed = worst(flag, plain(flag, value=True), plain(flag, "some"))
    assert mixed.reason == "the nodes differ: True on n0; some on n1"
    assert worst("machine.x", plain("machine.x", "alone")).value == "alone"
    assert worst(sockets, plain(sockets, 2.0, "1")).value == Quantity(2.0, "1")
    assert worst("machine.y", plain("machine.y", ("a", "b")), plain("machine.y", ("a", "b"))).value == (
        "a",
        "b",
    )


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ((figure(READ, 1.0, "B/s"), None), "n1: its record lacks it"), ((Measurement(READ, None, "B/s", reason="no time"), figure(READ, 1.0, "B/s")), "n0: no time"),
        ((Measurement(READ, None, "B/s", reason="no time"), None), "no time"), ((Measurement(READ, None, "B/s"), figure(READ, 1.0, "B/s")), "n0: not measured"),
    ],
)  # fmt: skip
def test_what_one_node_does_not_know_is_unknown(values, reason):
    found = worst(READ, *values)
    assert (found.value, found.reason) == (None, reason)


def test_the_profile_of_the_worst_says_over_how_many_and_since_when():
    records = [
        node("a", measured_at="2026-11-02", tool_version="2"),
        node("b", measured_at="2026-11-01", tool_version="3"),
    ]
    found = worst_of(
        [
            *records,
            replace(
                node("c"),
                profile=profile(plain("machine.name", "x"), measured_at="2026-11-09", tool_version="1"),
            ),
        ],
        name="fleet",
    )
    assert (found.name, found.fingerprint, found.measured_at, found.tool_version) == (
        "fleet",
        "",
        "2026-11-01",
        "3",
    )
    assert (found.environment, found.notes, found.measurements) == (
        {"nodes": "3"},
        ("the worst of 3 nodes, fact by fact",),
        (),
    )


def fleet_of(
    *values: float,
    grade: str = "A",
    expected: MachineProfile | None = None,
    fact: str = READ,
    unit: str = "B/s",
):
    records = [node(f"n{number}", figure(fact, value, unit, grade)) for number, value in enumerate(values)]
    return compare_fleet(None, records, expected=expected)


def test_the_figures_of_a_group():
    fleet = fleet_of(*[100.0] * 9, 90.0, 110.0, 50.0)
    ((one,),) = (group.comparisons for group in fleet.groups)
    assert (one.nodes, one.untrusted, one.centre, one.worst, one.best, one.worst_node) == (
        12,
        0,
        pytest.approx(100.0),
        50.0,
        110.0,
        "n11",
    )
    assert one.slow == ("n11", "n9")
    assert (one.flagged_below, one.found_from, one.spread) == (
        pytest.approx(0.05),
        pytest.approx(0.05),
        pytest.approx(0.0),
    )
    slow = {found.node: found.remarks for found in fleet.nodes if found.state is NodeState.DEGRADED}
    assert {name: remarks[0].loss for name, remarks in slow.items()} == {
        "n9": pytest.approx(0.1),
        "n11": pytest.approx(0.5),
    }
    assert slow["n9"][0].text == "memory.read_all 90 B/s, 10 % worse than its peers (100 B/s)"
    assert fleet.notices == ()
    late = fleet_of(*[1.0] * 11, 2.0, fact=LATENCY, unit="s")
    ((one,),) = (group.comparisons for group in late.groups)
    assert (one.worst, one.best, one.worst_node, one.slow) == (2.0, 1.0, "n11", ("n11",))
    assert late.nodes[-1].remarks[0].loss == pytest.approx(0.5)


def test_three_nodes_are_told_by_their_middle_and_not_compared():
    fleet = fleet_of(100.0, 90.0, 10.0)
    ((one,),) = (group.comparisons for group in fleet.groups)
    assert (one.centre, one.spread, one.flagged_below, one.found_from, one.slow, one.two_kinds) == (
        90.0,
        0.0,
        None,
        None,
        (),
        False,
    )
    assert fleet.notices == ("fewer than 4 nodes of a kind cannot be compared with each other: kind",)
    assert fleet_of(100.0, 90.0).groups[0].comparisons[0].centre == 100.0
    assert fleet_of(*[100.0] * 4).notices == ()


def test_figures_that_cannot_be_trusted_are_counted_and_accuse_nobody():
    records = [node(f"n{number}", figure(READ, 100.0, "B/s")) for number in range(6)]
    records += [
        node(f"c{number}", figure(READ, 10.0, "B/s", "C"), figure(FLOPS, 1.0, "flop/s", "C"))
        for number in range(2)
    ]
    fleet = compare_fleet(None, records)
    one = next(one for one in fleet.groups[0].comparisons if one.fact == READ)
    assert (one.nodes, one.untrusted) == (6, 2)
    doubtful = [found for found in fleet.nodes if found.remarks]
    assert [(found.node, found.state, found.reason) for found in doubtful] == [
        ("c0", NodeState.OK, ""),
        ("c1", NodeState.OK, ""),
    ]
    assert (
        doubtful[0].remarks[0].text
        == "none of its 2 figures can be trusted (grade C), so it was not compared"
    )
    assert fleet.notices == ("figures of 2 nodes cannot be trusted; measure again when idle",)
    assert compare_fleet(None, records[:7]).notices == (
        "figures of 1 node cannot be trusted; measure again when idle",
    )
    assert [found.fact for found in compare_fleet(None, records[6:]).groups[0].comparisons] == []


def test_remarks_of_a_node_begin_with_the_largest_loss():
    facts = [figure(READ, 100.0, "B/s"), figure(FLOPS, 100.0, "flop/s")]
    bad = node("bad", figure(READ, 80.0, "B/s"), figure(FLOPS, 50.0, "flop/s"))
    fleet = compare_fleet(
        FleetRun(("n1", "gone"), "ssh", "2026-11-28", "1"),
        [*(node(f"n{number}", *facts) for number in range(8)), bad],
    )
    (found,) = [one for one in fleet.nodes if one.state is NodeState.DEGRADED]
    assert [(remark.fact, remark.loss) for remark in found.remarks] == [
        (FLOPS, pytest.approx(0.5)),
        (READ, pytest.approx(0.2)),
    ]
    assert (found.reason, found.group, fleet.via, fleet.begun_at) == ("slow", "12345678", "ssh", "2026-11-28")
    assert [one.state for one in fleet.nodes if one.node == "gone"] == [NodeState.NOT_RUN]


def test_what_cannot_be_trusted_is_told_last_and_only_where_no_figure_can():
    held = [node(f"n{number}", figure(READ, 100.0, "B/s"), plain(SIZE, 8.0, "B")) for number in range(5)]
    bad = node("bad", figure(READ, 100.0, "B/s", "C"), plain(SIZE, 4.0, "B"))
    half = node("half", figure(READ, 100.0, "B/s", "C"), figure(FLOPS, 1.0, "flop/s"), plain(SIZE, 8.0, "B"))
    fleet = compare_fleet(None, [*held, bad, half])
    told = {
        one.node: (one.state, one.reason, [remark.kind for remark in one.remarks])
        for one in fleet.nodes
        if one.remarks
    }
    assert told == {"bad": (NodeState.DEGRADED, "less", ["less", "untrusted"])}


def test_only_figures_with_a_better_way_that_stay_are_compared_and_one_node_is_a_group():
    facts = [
        figure("machine.cpu.sockets", 2.0, "1"),
        figure("machine.memory.available", 5.0, "B"),
        figure(READ, 5.0, "B/s"),
    ]
    fleet = compare_fleet(None, [node("a", *facts)])
    assert [one.fact for one in fleet.groups[0].comparisons] == [READ]
    assert (fleet.groups[0].title, fleet.groups[0].nodes) == ("kind", ("a",))


def test_many_figures_make_each_of_them_harder_to_flag():
    """The limit of chance is that of all figures of all groups together."""
    spread = [100.0 * (1 + 0.01 * (number % 5)) for number in range(12)]
    one = fleet_of(*spread).groups[0].comparisons[0]
    more = [f"machine.figure{number}" for number in range(20)]
    records = [
        node(f"n{number}", figure(READ, value, "B/s"), *(figure(name, 1.0, "B/s") for name in more))
        for number, value in enumerate(spread)
    ]
    many = next(found for found in compare_fleet(None, records).groups[0].comparisons if found.fact == READ)
    assert many.flagged_below > one.flagged_below
    said = compare({str(number): value for number, value in enumerate(spread)}, Better.HIGHER, figures=1)
    assert one.flagged_below == said.limit > 0.05
    assert many.spread == pytest.approx(one.spread)


def test_a_group_below_its_specification_and_one_of_two_kinds_are_told():
    fleet = fleet_of(*[67.5] * 5, expected=sheet(READ, 100.0, "B/s"))
    assert fleet.notices == (
        "the whole group kind is below its specification in memory.read_all: 10 % less than could be expected",
    )
    assert {found.reason for found in fleet.nodes} == {"below specification"}
    assert fleet.expected == "kind"
    two = fleet_of(*[100.0] * 5, *[50.0] * 4)
    assert two.notices == (
        "kind: memory.read_all falls into two clusters; the slower 4 of 9 nodes are called slow as a whole",
    )


@pytest.mark.parametrize(
    ("one", "value"),
    [(figure(READ, 5.0, "B/s"), 5.0), (replace(figure(READ, 5.0, "B/s"), median=4.0), 4.0), (plain(READ, 5.0, "B/s"), 5.0), (plain(READ, "x"), 0.0)],
)  # fmt: skip
def test_what_a_node_did(one, value):
    assert typical(one) == value
