"""Records -> the fleet: every asked node has exactly one state, and what is odd is said once, of the right node."""

from __future__ import annotations

import random

import pytest
from fleet_samples import READ, clean_fleet, profile_of, record_of
from msgspec.structs import replace

from poc_gate.inputs.probe.profile.datasheets import find_datasheet
from poc_gate.many.fleet.comparing.compare_fleet import compare_fleet
from poc_gate.model.many.fleet import Fleet, FleetRun, Missed, NodeRecord, NodeState
from poc_gate.model.quantity import Quantity


def run_of(*names: str) -> FleetRun:
    return FleetRun(names, "local", "2026-11-28T00:00:00Z", "0.1.0")


def state_of(fleet: Fleet, node: str) -> tuple[str, str]:
    (found,) = [one for one in fleet.nodes if one.node == node]
    return found.state, found.reason


def test_asked_minus_received_decides():
    records = [*clean_fleet(6, seed=1), NodeRecord("n007", NodeState.NOT_RUN, "auth", "Permission denied")]
    fleet = compare_fleet(run_of(*(f"n{n:03d}" for n in range(1, 10))), records)
    assert len(fleet.nodes) == 9
    assert state_of(fleet, "n007") == ("NOT_RUN", "auth")
    assert state_of(fleet, "n008") == state_of(fleet, "n009") == ("NOT_RUN", Missed.NO_ANSWER)
    assert fleet.answered == fleet.count(NodeState.OK) == 6
    assert sum(fleet.count(state) for state in NodeState) == 9


@pytest.mark.parametrize("count", [64, 300])
def test_the_bar_holds_on_records(count: int):
    """98 % of the nodes 10 % below are DEGRADED, sound fleets are left alone, each figure of a record included."""
    rng = random.Random(count)
    found = total = flagged = 0
    fleets = 12 if count == 64 else 4
    for seed in range(fleets):
        records = clean_fleet(count, seed=seed)
        flagged += compare_fleet(None, records).count(NodeState.DEGRADED) > 0
        for place in rng.sample(range(count), 5):
            profile = records[place].profile
            assert profile is not None
            records[place] = replace(records[place], profile=slower(profile, 0.9))
            total += 1
        fleet = compare_fleet(None, records)
        degraded = {node.node for node in fleet.nodes if node.state is NodeState.DEGRADED}
        found += len(degraded)
    assert found / total >= 0.98
    assert found <= total
    assert flagged == 0


def slower(profile, share: float):
    values = [
        replace(m, value=Quantity(m.value.value * share, m.unit), median=m.median * share, low=0.0)
        if m.fact == READ
        else m
        for m in profile.measurements
    ]
    return replace(profile, measurements=tuple(values))


def test_a_slow_node_is_named_with_its_figure():
    records = [*clean_fleet(20, seed=4), record_of("slow", read=280e9)]
    fleet = compare_fleet(None, records)
    assert state_of(fleet, "slow") == ("DEGRADED", "slow")
    (node,) = [one for one in fleet.nodes if one.state is NodeState.DEGRADED]
    assert node.remarks[0].text.startswith("memory.read_all 280 GB/s, ")
    assert "worse than its peers (4" in node.remarks[0].text
    assert node.remarks[0].loss == pytest.approx(0.3, abs=0.02)


def test_figures_of_grade_c_accuse_nobody_and_are_counted():
    records = [*clean_fleet(20, seed=4), record_of("noisy", read=100e9, grade="C")]
    fleet = compare_fleet(None, records)
    assert state_of(fleet, "noisy") == ("OK", "")
    (node,) = [one for one in fleet.nodes if one.node == "noisy"]
    assert node.remarks[0].kind == "untrusted"
    assert any("figures of 1 node cannot be trusted" in notice for notice in fleet.notices)
    (read,) = [one for one in fleet.groups[0].comparisons if one.fact == READ]
    assert (read.nodes, read.untrusted) == (20, 1)


def test_a_node_that_lost_something_is_not_alone_and_unseen():
    records = [
        *clean_fleet(20, seed=5),
        record_of("seven", accelerators__count=Quantity(7.0)),
        record_of("dead", accelerators__count=Quantity(7.0), accelerators__lost=Quantity(1.0)),
        record_of("module", memory__total=Quantity(1300 * 2.0**30, "B")),
        record_of("narrow", accelerators__link_width=Quantity(8.0)),
        *(record_of(f"w{n}", accelerators__link_width=Quantity(16.0)) for n in range(30)),
    ]
    fleet = compare_fleet(None, records)
    said = {node.node: "; ".join(r.text for r in node.remarks) for node in fleet.nodes if node.remarks}
    assert said["seven"] == "accelerators.count 7; similar nodes have 8"
    assert "1 of its accelerators do not work" in said["dead"]
    assert said["module"].startswith("memory.total 1.27 TiB; similar nodes have")
    assert said["narrow"] == "accelerators.link_width 8; most of its peers have 16"
    assert set(said) == {"seven", "dead", "module", "narrow"}


def test_two_kinds_of_machine_are_not_compared_with_each_other():
    small = [record_of(f"s{n}", read=100e9 + n * 1e8, cpu__model="AMD EPYC 7413") for n in range(6)]
    fleet = compare_fleet(None, [*clean_fleet(20, seed=6), *small])
    assert [len(group.nodes) for group in fleet.groups] == [20, 6]
    assert fleet.count(NodeState.DEGRADED) == 0
    together = compare_fleet(None, [*clean_fleet(20, seed=6), *small], grouping="none")
    assert together.count(NodeState.DEGRADED) == 6


def test_a_whole_fleet_below_its_specification_is_said_apart():
    sheet = find_datasheet("epyc-9654")
    assert sheet is not None
    read = next(m for m in sheet.measurements if m.fact == "machine.memory.peak_bandwidth")
    assert read.value is not None
    expected = replace(profile_of(read=600e9), name="the one measured at delivery")
    fleet = compare_fleet(None, clean_fleet(20, seed=7), expected=expected)
    assert any(notice.startswith("the whole group epyc-9654-8x-h100 is below") for notice in fleet.notices)
    assert {node.reason for node in fleet.nodes} == {"below specification"}
    assert all(r.kind == "below specification" for node in fleet.nodes for r in node.remarks)
    (group,) = fleet.groups
    assert all(not one.slow for one in group.comparisons)
    fine = compare_fleet(None, clean_fleet(20, seed=7), expected=profile_of())
    assert fine.count(NodeState.OK) == 20


def test_almost_half_of_the_fleet_slow_is_a_notice_too():
    records = clean_fleet(40, seed=8)
    for place in range(18):
        profile = records[place].profile
        records[place] = replace(records[place], profile=slower(profile, 0.85))
    fleet = compare_fleet(None, records)
    assert fleet.count(NodeState.DEGRADED) == 18
    assert any("falls into two clusters; the slower 18 of 40" in notice for notice in fleet.notices)


def test_the_order_of_records_does_not_matter():
    records = [*clean_fleet(30, seed=2), record_of("x", read=200e9)]
    shuffled = records[:]
    random.Random(1).shuffle(shuffled)
    assert compare_fleet(None, records) == compare_fleet(None, shuffled)
