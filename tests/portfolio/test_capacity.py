"""Shared capacity: the bounds hold in simulated portfolios whose truth is known; OVER and OK are never wrong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from poc_gate.app.portfolio.read_capacity import read_capacity
from poc_gate.errors import InvalidInputError
from poc_gate.many.portfolio.capacity.decide_capacity import decide
from poc_gate.many.portfolio.capacity.joint_peak import Use, joint_peak
from poc_gate.many.portfolio.capacity.packing import Needed, pack
from poc_gate.many.portfolio.capacity.stated import Capacity, Pool, Stated
from poc_gate.model.many.portfolio import Portfolio, Row, Shared
from poc_gate.model.many.record import Demand, FigureRange

DB = "contract abc at host=db"


def demand(peak: float | None, mean: float | None = None, *, tolerated: float | None = None) -> Demand:
    spans = FigureRange(peak, peak, peak, "req/s"), FigureRange(likely=mean, unit="req/s")
    return Demand("source", DB, "db", *spans, tolerated=tolerated)


def portfolio(*demands: Demand, **days: str) -> Portfolio:
    rows = [
        Row(f"pilots/p{number}", pilot=f"p{number}", word="GO", demands=(one,), currency="EUR", go_live=days.get(f"p{number}", ""))
        for number, one in enumerate(demands)
    ]  # fmt: skip
    return Portfolio("2026-11-28", "0", {}, {}, tuple(rows), {}, tuple(row.path for row in rows))


def only(found: tuple[Shared, ...]) -> Shared:
    assert len(found) == 1, found
    return found[0]


def day(dice: random.Random) -> list[float]:
    """Return the rates of 24 hours: a triangle around an hour of its own, on a floor."""
    middle, width, top = dice.uniform(6, 20), dice.uniform(2, 9), dice.uniform(1, 40)
    floor = dice.uniform(0, 0.3)
    return [top * max(floor, 1 - abs(hour - middle) / width) for hour in range(24)]


@pytest.mark.parametrize("stated_hours", [False, True])
def test_the_truth_lies_between_the_bounds_and_no_answer_is_wrong(stated_hours):
    dice, answers = random.Random(11), {"OK": 0, "OVER": 0, "UNDECIDED": 0}
    for _ in range(300):
        days = [day(dice) for _ in range(dice.choice((2, 3, 5, 20, 60)))]
        truth = max(map(sum, zip(*days, strict=True)))
        demands = [demand(max(one), sum(one) / 24) for one in days]
        hours = {
            f"p{number}": tuple(one) for number, one in enumerate(days) if stated_hours and number % 2 == 0
        }
        bounds = joint_peak([Use(f"p{number}", one) for number, one in enumerate(demands)], hours)
        assert bounds.low <= truth * (1 + 1e-9)
        assert truth <= bounds.high * (1 + 1e-9)
        total = truth * dice.uniform(0.4, 2.2)
        found = only(decide(portfolio(*demands), Capacity((Stated(DB, "source", total),), hours=hours)))
        answers[found.answer] += 1
        assert found.answer != "OK" or truth <= total
        assert found.answer != "OVER" or truth > total
    assert min(answers.values()) > 20, answers


def test_stated_hours_of_all_decide_what_was_open():
    days = [[10.0 if hour == at else 1.0 for hour in range(24)] for at in (9, 21)]
    demands = [demand(10.0, sum(one) / 24) for one in days]
    capacity = Capacity((Stated("db", "source", 12.0),))
    assert only(decide(portfolio(*demands), capacity)).answer == "UNDECIDED"
    known = Capacity(capacity.resources, hours={f"p{n}": tuple(one) for n, one in enumerate(days)})
    found = only(decide(portfolio(*demands), known))
    assert (found.answer, found.low, found.high) == ("OK", 11.0, 11.0)


def test_a_pilot_that_states_nothing_leaves_it_open_and_over_can_still_be_proven():
    silent = demand(None)
    found = only(decide(portfolio(demand(30.0, 10.0), silent), Capacity((Stated("db", "source", 20.0),))))
    assert (found.answer, found.high) == ("OVER", None)
    assert found.deciding == "p0 alone takes 30 req/s of 20 req/s"
    found = only(decide(portfolio(demand(3.0, 1.0), silent), Capacity((Stated("db", "source", 20.0),))))
    assert (found.answer, found.deciding) == ("UNDECIDED", "what is taken by p1 is not known")


def test_what_owners_tolerate_of_single_uses_is_no_total():
    found = only(
        decide(portfolio(demand(3.0, 1.0, tolerated=10.0), demand(3.0, 1.0, tolerated=15.0)), Capacity())
    )
    assert (found.answer, found.total) == ("NO LIMIT KNOWN", None)
    assert "not a total: 10 req/s (p0), 15 req/s (p1)" in found.notes[0]
    beyond = only(decide(portfolio(demand(22.5, 1.0, tolerated=15.0), demand(None)), Capacity()))
    assert (beyond.answer, beyond.deciding) == (
        "OVER",
        "p0 alone takes 22.5 req/s, and its owner tolerates 15 req/s from it",
    )


def test_who_gives_way_how_much_and_which_launch_is_the_first_that_does_not_fit():
    demands = [demand(10.0, 9.0), demand(6.0, 5.0), demand(8.0, 7.0)]
    capacity = Capacity((Stated("db", "source", 20.0, 0.9),), order=("p2", "p1", "p0"))
    found = only(decide(portfolio(*demands), capacity))
    assert found.answer == "OVER"
    assert {give.pilot: give.at_most for give in found.give} == {"p0": 4.0, "p2": 2.0, "p1": None}
    assert [(one.pilot, one.answer) for one in found.order] == [("p2", "OK"), ("p1", "OK"), ("p0", "OVER")]
    by_day = only(
        decide(
            portfolio(*demands, p0="2027-01-01", p1="2027-03-01", p2="2027-02-01"),
            Capacity(capacity.resources),
        )
    )
    assert [(one.pilot, one.by) for one in by_day.order] == [
        ("p0", "2027-01-01"),
        ("p2", "2027-02-01"),
        ("p1", "2027-03-01"),
    ]


def accelerators(*needs: tuple[float, float, float]) -> Portfolio:
    return portfolio(
        *(
            Demand(
                "accelerator", "accelerator a", "a", FigureRange(n, n, n), FigureRange(), size, group=group
            )
            for n, group, size in needs
        )
    )


@pytest.mark.parametrize(
    ("needs", "nodes", "answer"),
    [
        (((2.0, 1, 10e9), (3.5, 1, 10e9)), 4, "OK"),  # 6 devices on 3 of 4 nodes, one may fail
        (((2.0, 1, 10e9), (3.5, 1, 10e9)), 3, "OVER"),  # all nodes are needed: none may fail
        (((2.0, 1, 10e9), (3.5, 1, 10e9)), 2, "OVER"),
        (((2.0, 2, 10e9), (1.0, 1, 30e9)), 9, "OVER"),  # 30 GB do not fit into a device
        (((4.0, 4, 10e9), (1.0, 1, 10e9)), 9, "OVER"),  # four devices are in no node of two
    ],
)
def test_devices_are_whole_and_a_failure_is_counted(needs, nodes, answer):
    pool = Pool(nodes, 2, 24e9)
    assert (
        only(decide(accelerators(*needs), Capacity((Stated("a", "accelerator", pool=pool),)))).answer
        == answer
    )


def test_packing_is_a_packing_and_the_bound_is_one():
    dice = random.Random(3)
    for _ in range(200):
        groups = [
            Needed("p", dice.randint(1, 5), dice.choice((1, 2, 4, 8))) for _ in range(dice.randint(1, 12))
        ]
        packed = pack(groups, 8)
        assert packed.at_least <= packed.at_most
        assert sum(one.devices for one in groups) <= 8 * packed.at_least
        assert (
            packed.at_most <= 11 / 9 * max(packed.at_least, sum(g.groups for g in groups if g.size > 4)) + 2
        )


def test_money_of_another_currency_is_not_added():
    month = [
        Demand("money", "money", "cost of a month", FigureRange(v, v, v, "money"), FigureRange())
        for v in (60.0, 50.0)
    ]
    held = portfolio(*month)
    rows = (held.rows[0], Row("x", pilot="x", currency="USD", demands=held.rows[1].demands))
    held = Portfolio(held.day, held.tool, {}, {}, rows, {}, held.asked)
    found = only(decide(held, Capacity((Stated("run", "money", 100.0, currency="EUR"),))))
    assert (found.answer, found.high, found.pilots) == ("OK", 60.0, ("p0",))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("resources: [{id: a, kind: source, total: 40}]", "has no unit"),
        ("resources: [{id: a, kind: sauce, total: 40 req/s}]", "'sauce' is not a kind of resource"),
        ("resources: [{id: a, kind: source}]", "the total is missing"),
        ("resources: [{id: a, kind: source, total: 4 req/s, share: 140 %}]", "share is of the total"),
        ("resources: [{id: a, kind: source, nodes: 4}]", "pool of accelerators"),
        ("resorces: []", "capacity.yaml:1:1"),
        ("hours: {p: [1, 2]}", "not 24 shares"),
        ("resources: [{id: a, kind: source, total: -4 req/s}]", "below zero"),
        (
            "resources: [{id: a, kind: money, total: 4}, {id: b, kind: money, total: 4}, {id: A, kind: money, total: 9}]",
            r"resources\[2\] \(A\): is stated in resources\[0\] already",
        ),
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, text, what):
    (tmp_path / "capacity.yaml").write_text(text + "\n")
    with pytest.raises(InvalidInputError, match=what):
        read_capacity(tmp_path / "capacity.yaml")


@pytest.mark.parametrize("pool", [None, Pool(4, 2)])
def test_a_total_of_what_nobody_takes_is_not_ok(pool):
    kind, total = ("source", 40.0) if pool is None else ("accelerator", None)
    stated = Stated("mispelt", kind, total, pool=pool)
    (found,) = (
        one for one in decide(portfolio(demand(3.0, 1.0)), Capacity((stated,))) if one.resource == "mispelt"
    )
    assert (found.answer, found.pilots) == ("UNDECIDED", ())
    assert found.deciding.startswith("no pilot is known to take from it")


def test_a_good_file_is_read_in_si_units(tmp_path: Path):
    (tmp_path / "capacity.yaml").write_text(
        "resources:\n  - {id: db, kind: source, total: 1200 req/min, share: 80 %}\n"
        "  - {id: l4, kind: accelerator, nodes: 4, devices: 2, device_memory: 24 GiB}\norder: [p1, p0]\n"
    )
    read = read_capacity(tmp_path / "capacity.yaml")
    assert (read.resources[0].total, read.resources[0].share) == (20.0, 0.8)
    assert read.resources[1].pool == Pool(4, 2, 24 * 2**30, 1)
    assert read.order == ("p1", "p0")
