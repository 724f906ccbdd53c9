"""Shared resources by hand: bounds of a joint peak, whole groups in nodes, the answer at its bounds and the fact that decides."""

from __future__ import annotations

from typing import Any

import pytest

from poc_gate.many.portfolio.capacity.decide_capacity import decide
from poc_gate.many.portfolio.capacity.joint_peak import (
    Bounds,
    Use,
    joint_peak,
    mean_low,
    peak_high,
    peak_low,
)
from poc_gate.many.portfolio.capacity.packing import Needed, Packed, needed, pack, too_large
from poc_gate.many.portfolio.capacity.stated import Capacity, Pool, Stated
from poc_gate.model.many.portfolio import Portfolio, Row, Shared
from poc_gate.model.many.record import Demand, FigureRange

NONE = FigureRange(unit="req/s")


def demand(
    low=None,
    likely=None,
    high=None,
    *,
    mean=(None, None),
    kind="source",
    resource="db",
    name="",
    unit="req/s",
    **more: Any,
):
    """Return what a pilot takes: its peak from low to high, and its mean."""
    peak, over = FigureRange(low, likely, high, unit), FigureRange(mean[0], mean[1], unit=unit)
    return Demand(kind, resource, name or resource, peak, over, **more)


def figures(value: float, **more: Any):
    return demand(value, value, value, **more)


def uses_of(*demands: Demand) -> list[Use]:
    return [Use(f"p{number}", one) for number, one in enumerate(demands)]


def portfolio(*demands: Demand, currency: str = "EUR", **days: str) -> Portfolio:
    rows = tuple(
        Row(f"pilots/p{number}", pilot=f"p{number}", word="GO", demands=(one,), currency=currency, go_live=days.get(f"p{number}", ""))
        for number, one in enumerate(demands)
    )  # fmt: skip
    return Portfolio("2026-11-28", "0", {}, {}, rows, {}, tuple(row.path for row in rows))


def shared(capacity: Capacity, *demands: Demand, **days: str) -> Shared:
    (found,) = decide(portfolio(*demands, **days), capacity)
    return found


def against(total: float | None, *demands: Demand, share: float = 1.0, **more: Any) -> Shared:
    return shared(Capacity((Stated("db", "source", total, share, **more),)), *demands)


@pytest.mark.parametrize(
    ("one", "least", "most", "mean"),
    [
        (demand(1.0, 2.0, 3.0, mean=(0.5, 0.8)), 1.0, 3.0, 0.5), (demand(likely=2.0, mean=(None, 1.5)), 2.0, 2.0, 1.5),
        (demand(low=1.0), 1.0, None, 0.0), (demand(high=3.0), 0.0, 3.0, 0.0), (demand(), 0.0, None, 0.0),
        (demand(3.0, 2.0, 1.0), 2.0, 2.0, 0.0), (demand(-1.0, 2.0, 2.0, mean=(-5.0, None)), 0.0, 2.0, 0.0),
        (demand(high=3.0, mean=(9.0, None)), 0.0, 3.0, 3.0), (demand(low=1.0, mean=(9.0, 8.0)), 1.0, None, 8.0),
    ],
)  # fmt: skip
def test_the_least_and_the_most_of_one_pilot(one: Demand, least: float, most: float | None, mean: float):
    assert (peak_low(one), peak_high(one), mean_low(one)) == (least, most, mean)


def hours(*shares: float) -> tuple[float, ...]:
    return (*shares, *[0.0] * (24 - len(shares)))


@pytest.mark.parametrize(
    ("demands", "stated", "bounds"),
    [
        ((), {}, (0.0, 0.0)), ((figures(5.0), figures(7.0)), {}, (7.0, 12.0)),
        ((figures(5.0, mean=(4.0, None)), figures(7.0, mean=(6.0, None))), {}, (10.0, 12.0)), ((figures(5.0), demand()), {}, (5.0, None)),
        ((figures(5.0), figures(7.0)), {"p0": hours(1, 1), "p1": hours(0, 2, 1)}, (12.0, 12.0)),
        ((figures(5.0), figures(7.0)), {"p0": hours(4, 1), "p1": hours(1, 2)}, (8.5, 8.5)),
        ((figures(5.0), figures(7.0)), {"p0": hours(4, 1)}, (7.0, 12.0)), ((demand(1.0, 2.0, 5.0), figures(7.0)), {"p0": hours(4, 1), "p1": hours(1, 2)}, (7.25, 8.5)),
        ((figures(5.0), figures(7.0)), {"p0": (1.0, 2.0), "p1": hours(0)}, (7.0, 12.0)), ((figures(5.0),), {"elsewhere": hours(1)}, (5.0, 5.0)),
        ((figures(5.0), demand()), {"p0": hours(1)}, (5.0, None)), ((figures(0.3), figures(0.2)), {}, (0.3, 0.5)),
        ((figures(5.0), figures(7.0), figures(1.0)), {"p0": hours(1), "p1": hours(1)}, (12.0, 13.0)),
        ((demand(1.0, 2.0, 5.0), figures(7.0)), {"p0": hours(1, 4), "p1": hours(2, 1)}, (7.25, 8.5)),
        ((demand(1.0, 2.0, 5.0), figures(7.0)), {"p0": hours(1, 4)}, (7.0, 12.0)),
    ],
)  # fmt: skip
def test_bounds_of_a_joint_peak(demands, stated, bounds):
    assert joint_peak(uses_of(*demands), stated) == Bounds(*bounds)
    if not stated:
        assert joint_peak(uses_of(*demands)) == Bounds(*bounds)


@pytest.mark.parametrize(
    ("low", "high", "group", "high_too", "groups", "size"),
    [
        (2.0, 3.5, None, True, 4, 1), (2.0, 3.5, None, False, 2, 1), (2.0, 4.0, 2.0, True, 2, 2), (2.0, 4.1, 2.0, True, 3, 2),
        (2.0, 4.0 + 1e-10, 2.0, True, 2, 2), (0.0, 3.0, 2.4, True, 2, 2), (0.0, 3.0, 0.0, True, 3, 1), (0.0, 3.0, 0.4, True, 3, 1),
        (0.0, 3.0, None, False, 0, 1),
    ],
)  # fmt: skip
def test_whole_groups_of_devices(low, high, group, high_too, groups, size):
    use = Use("p", demand(low, None, high, group=group))
    assert needed(use, high=high_too) == Needed("p", groups, size)
    assert Needed("p", groups, size).devices == groups * size
    assert needed(Use("p", demand(low)), high=True) is None


@pytest.mark.parametrize(
    ("sizes", "devices", "least", "most"),
    [
        ([(2, 1)], 2, 1, 1), ([(3, 1)], 2, 2, 2), ([(3, 3)], 4, 3, 3), ([(1, 3), (1, 1)], 4, 1, 1), ([(2, 2), (2, 1)], 3, 2, 2), ([], 8, 0, 0),
        ([(1, 9)], 8, 2, 1), ([(1, 9), (1, 1)], 8, 2, 2), ([(2, 5), (2, 3)], 8, 2, 2), ([(1, 4), (2, 3), (1, 2)], 6, 2, 2),
    ],
)  # fmt: skip
def test_nodes_that_hold_the_groups(sizes, devices, least, most):
    assert pack([Needed("p", groups, size) for groups, size in sizes], devices) == Packed(least, most)


@pytest.mark.parametrize(
    ("size", "group", "memory", "fits"),
    [
        (24.0, None, 24.0, True), (24.1, None, 24.0, False), (24.1, None, None, True), (None, None, 24.0, True), (None, 2.0, None, True),
        (None, 3.0, None, False), (None, 2.4, None, True),
    ],
)  # fmt: skip
def test_what_no_device_and_no_node_holds(size, group, memory, fits):
    use = Use("p", figures(1.0, size=size, group=group))
    assert too_large([use], Pool(4, 2, memory)) == ([] if fits else ["p"])
    assert too_large([Use("p", figures(1.0))], Pool(4, 1)) == []


@pytest.mark.parametrize(
    ("total", "share", "answer", "deciding"),
    [
        (12.0, 1.0, "OK", "even if all peaks coincide, 12 req/s of 12 req/s are taken"), (24.0, 0.5, "OK", "even if all peaks coincide, 12 req/s of 12 req/s are taken"),
        (11.9, 1.0, "UNDECIDED", "the peak hours of p1 and p0 decide: state the hours of their day in capacity.yaml"),
        (10.0, 1.0, "UNDECIDED", "the peak hours of p1 and p0 decide: state the hours of their day in capacity.yaml"),
        (9.9, 1.0, "OVER", "at least 10 req/s are taken together, and 9.9 req/s may be"), (7.0, 1.0, "OVER", "at least 10 req/s are taken together, and 7 req/s may be"),
        (6.9, 1.0, "OVER", "p1 alone takes 7 req/s of 6.9 req/s"), (13.8, 0.5, "OVER", "p1 alone takes 7 req/s of 6.9 req/s"),
        (None, 1.0, "NO LIMIT KNOWN", "nobody has said how much it can take in total: ask its owner once and write it into capacity.yaml"),
    ],
)  # fmt: skip
def test_the_answer_against_a_total(total, share, answer, deciding):
    found = against(total, figures(5.0, mean=(4.0, None)), figures(7.0, mean=(6.0, None)), share=share)
    assert (found.answer, found.deciding) == (answer, deciding)
    assert (found.low, found.high, found.total, found.share, found.unit) == (
        10.0,
        12.0,
        total,
        share,
        "req/s",
    )
    assert found.pilots == ("p1", "p0")


def test_who_takes_most_is_named_first_by_what_is_known_of_it():
    assert against(5.0, demand(low=9.0), figures(7.0), demand(1.0, 2.0, 8.0)).pilots == ("p0", "p2", "p1")
    assert against(5.0, figures(7.0), figures(7.0)).pilots == ("p0", "p1")


def test_the_two_largest_are_those_whose_hours_decide():
    found = against(9.0, figures(5.0), figures(7.0), figures(4.0))
    assert (
        found.deciding == "the peak hours of p1 and p0 decide: state the hours of their day in capacity.yaml"
    )


def test_pilots_that_say_nothing_are_named_three_at_most():
    silent = [demand() for _ in range(5)]
    assert against(9.0, *silent[:1]).deciding == "what is taken by p0 is not known"
    assert against(9.0, *silent[:3]).deciding == "what is taken by p0, p1, p2 is not known"
    assert against(9.0, *silent[:4]).deciding == "what is taken by p0, p1, p2 and 1 more is not known"
    assert against(9.0, *silent).deciding == "what is taken by p0, p1, p2 and 2 more is not known"


@pytest.mark.parametrize(
    ("tolerated", "answer"), [(5.0, "NO LIMIT KNOWN"), (4.9, "OVER"), (None, "NO LIMIT KNOWN"), (0.0, "OVER")]
)
def test_a_pilot_beyond_what_its_owner_tolerates(tolerated, answer):
    found = against(None, demand(5.0, 6.0, 7.0, tolerated=tolerated), figures(1.0))
    assert found.answer == answer
    if answer == "OVER":
        assert (
            found.deciding == f"p0 alone takes 5 req/s, and its owner tolerates {tolerated:g} req/s from it"
        )


def test_notes_on_what_owners_tolerate():
    some = [figures(1.0, tolerated=float(number + 10)) for number in range(4)]
    assert against(None, some[0]).notes == ()
    assert against(None, *some[:2]).notes[0].endswith("is not a total: 10 req/s (p0), 11 req/s (p1)")
    assert against(None, *some).notes == (
        "what its owner tolerates from one use is not a total: 10 req/s (p0), 11 req/s (p1), 12 req/s (p2)",
    )
    assert against(13.0, *some).notes == ()
    beyond = "a pilot states that more is tolerated from it alone than there is for all"
    assert against(12.9, *some).notes == (beyond,)


@pytest.mark.parametrize(
    ("total", "gives"),
    [(12.0, ()), (11.0, (("p1", 7.0, 6.0), ("p0", 5.0, 4.0))), (6.0, (("p1", 7.0, 1.0), ("p0", 5.0, None))), (5.0, (("p1", 7.0, None), ("p0", 5.0, None)))],
)  # fmt: skip
def test_how_much_each_may_keep_where_it_alone_gives_way(total, gives):
    found = against(total, figures(5.0), figures(7.0), figures(0.0))
    assert tuple((one.pilot, one.now, one.at_most) for one in found.give) == gives
    assert against(total, figures(5.0), figures(7.0), demand()).give == ()
    assert against(None, figures(5.0)).give == ()
    assert [one.now for one in against(0.8, figures(0.5), figures(0.4)).give] == [0.5, 0.4]


def order_of(found: Shared) -> list[tuple[str, str, str]]:
    return [(one.pilot, one.by, one.answer) for one in found.order]


def test_launches_in_the_stated_order_or_by_their_day_up_to_the_first_that_does_not_fit():
    demands = [figures(4.0, mean=(4.0, None)) for _ in range(6)]
    capacity = Capacity((Stated("db", "source", 13.0),), order=("p5", "p3", "p1", "p0", "p2"))
    assert order_of(shared(capacity, *demands)) == [
        ("p5", "place 1 of the order", "OK"), ("p3", "place 2 of the order", "OK"), ("p1", "place 3 of the order", "OK"),
        ("p0", "place 4 of the order", "OVER"),
    ]  # fmt: skip
    days = {f"p{number}": f"2027-01-0{9 - number}" for number in range(5)}
    by_day = shared(Capacity(capacity.resources), *demands, **days)
    assert order_of(by_day) == [
        ("p4", "2027-01-05", "OK"), ("p3", "2027-01-06", "OK"), ("p2", "2027-01-07", "OK"), ("p1", "2027-01-08", "OVER"),
    ]  # fmt: skip
    assert order_of(shared(Capacity((Stated("db", "source", 3.0),), order=("p1", "p0")), *demands)) == [
        ("p1", "place 1 of the order", "OVER")
    ]
    few = shared(Capacity((Stated("db", "source", 13.0),), order=("p1", "p0")), *demands)
    assert [answer for _, _, answer in order_of(few)] == ["OK", "OK"]
    assert order_of(shared(Capacity((Stated("db", "source", 24.0),), order=("p1",)), *demands)) == []
    assert order_of(shared(Capacity((Stated("db", "source"),), order=("p1",)), *demands)) == []


def test_the_first_launch_that_does_not_fit_is_judged_without_those_after_it():
    demands = [figures(4.0, mean=(3.0, None)) for _ in range(5)]
    for total, share in ((13.0, 1.0), (26.0, 0.5)):
        capacity = Capacity((Stated("db", "source", total, share),), order=("p0", "p1", "p2", "p3", "p4"))
        assert [answer for _, _, answer in order_of(shared(capacity, *demands))] == [
            "OK",
            "OK",
            "OK",
            "UNDECIDED",
        ]
    group = [figures(2.0, kind="accelerator", resource="accelerator a", name="a", unit="1") for _ in range(4)]
    pool = Capacity((Stated("a", "accelerator", pool=Pool(3, 2)),), order=("p0", "p1", "p2", "p3"))
    assert [answer for _, _, answer in order_of(shared(pool, *group))] == ["OK", "OK", "OVER"]


def pooled(pool: Pool, *needs: tuple[float, float | None, float]) -> Shared:
    demands = [
        demand(low, None, high, kind="accelerator", resource="accelerator a", name="a", unit="1", group=group)
        for low, high, group in needs
    ]
    return shared(Capacity((Stated("a", "accelerator", pool=pool),)), *demands)


@pytest.mark.parametrize(
    ("nodes", "lost", "needs", "answer", "deciding"),
    [
        (4, 1, ((6.0, 6.0, 1.0),), "OK", "3 nodes hold all of them, 3 are left when the largest failure domain is gone"),
        (3, 1, ((6.0, 6.0, 1.0),), "OVER", "3 nodes are needed, and 2 are left when the largest failure domain is gone"),
        (3, 0, ((6.0, 6.0, 1.0),), "OK", "3 nodes hold all of them, 3 are left when the largest failure domain is gone"),
        (2, 1, ((6.0, 6.0, 1.0),), "OVER", "at least 3 nodes are needed, and there are 2"),
        (2, 5, ((1.0, 1.0, 1.0),), "OVER", "1 nodes are needed, and 0 are left when the largest failure domain is gone"),
        (4, 1, ((2.0, None, 1.0),), "UNDECIDED", "it is not known how many devices p0 need"),
        (4, 1, ((2.0, 8.0, 1.0),), "UNDECIDED", "4 to 4 nodes are needed, depending on how they are placed; 3 are safe"),
        (9, 1, ((3.0, 3.0, 3.0),), "OVER", "p0 does not fit into one device or node of it"),
        (9, 1, ((3.0, 3.0, 3.0), (4.0, 4.0, 4.0)), "OVER", "p1, p0 do not fit into one device or node of it"),
    ],
)  # fmt: skip
def test_the_answer_for_a_pool_of_accelerators(nodes, lost, needs, answer, deciding):
    found = pooled(Pool(nodes, 2, lost=lost), *needs)
    assert (found.answer, found.deciding) == (answer, deciding)
    assert found.total == 2.0 * nodes


def test_devices_add_up_in_whole_groups():
    found = pooled(Pool(9, 4), (1.5, 2.5, 1.0), (3.0, 3.0, 2.0))
    assert (found.low, found.high) == (2.0 + 4.0, 3.0 + 4.0)
    assert pooled(Pool(9, 4), (1.5, None, 1.0)).high is None
    over = pooled(Pool(2, 4), (1.5, 2.5, 1.0), (7.0, 7.0, 2.0))
    assert [(one.pilot, one.now, one.at_most) for one in over.give] == [("p1", 8.0, 5.0), ("p0", 3.0, None)]


def test_people_and_money_add_up_whatever_the_hour():
    for kind, resource in (("reviewers", ""), ("money", "money")):
        stated = Capacity(
            (Stated("all", kind, 20.0, currency="EUR"),), hours={"p0": hours(1), "p1": hours(0, 1)}
        )
        two = [demand(2.0, 3.0, 4.0, kind=kind, resource=resource, name="x") for _ in range(2)]
        found = shared(stated, *two)
        assert (found.low, found.high, found.answer) == (4.0, 8.0, "OK")
        assert shared(stated, two[0], demand(2.0, kind=kind, resource=resource)).high is None
        assert shared(stated, two[0], figures(0.0, kind=kind, resource=resource)).high == 4.0
    assert found.unit == "1"
    abroad = portfolio(figures(2.0, kind="reviewers", resource=""), currency="USD")
    (found,) = decide(abroad, Capacity((Stated("all", "reviewers", 20.0, currency="EUR"),)))
    assert (found.answer, found.pilots) == ("OK", ("p0",))
    (found,) = decide(
        portfolio(figures(2.0, kind="money", resource="money"), currency="USD"),
        Capacity((Stated("all", "money", 20.0),)),
    )
    assert (found.answer, found.pilots) == ("OK", ("p0",))


def test_which_demands_a_stated_resource_means():
    """Its identity, the words behind the kind in it, what pilots share it as, or what they call it; those of named pilots alone."""
    for stated in ("contract abc", "ABC ", "Orders"):
        (found,) = decide(
            portfolio(figures(1.0, resource="contract abc", name="orders")),
            Capacity((Stated(stated, "source", 9.0),)),
        )
        assert (found.answer, found.pilots) == ("OK", ("p0",))
    (found,) = decide(
        portfolio(figures(1.0, resource="shared as orders", name="x")),
        Capacity((Stated("orders", "source", 9.0),)),
    )
    assert found.answer == "OK"
    two = portfolio(
        figures(1.0, resource="contract abc", name="orders"),
        figures(1.0, resource="contract abc", name="sales"),
    )
    (found,) = decide(two, Capacity((Stated("orders", "source", 9.0),)))
    assert found.pilots == ("p0", "p1")
    other = Capacity((Stated("db", "model", 9.0),))
    assert [one.answer for one in decide(portfolio(figures(1.0)), other)] == ["UNDECIDED"]
    some = Capacity((Stated("db", "source", 9.0, pilots=("p1",)),))
    assert shared(some, figures(1.0), figures(2.0)).pilots == ("p1",)
    unnamed = decide(
        portfolio(figures(1.0, resource="", name="orders")), Capacity((Stated("orders", "source", 9.0),))
    )
    assert unnamed[0].answer == "UNDECIDED"


def test_what_several_use_is_shown_without_being_stated_and_the_worst_comes_first():
    many = portfolio(
        figures(1.0),
        figures(2.0),
        figures(9.0, resource="alone"),
        figures(1.0, resource=""),
        figures(1.0, resource=""),
    )
    assert [(one.resource, one.answer) for one in decide(many, Capacity())] == [("db", "NO LIMIT KNOWN")]
    money = portfolio(*(figures(1.0, kind="money", resource="money") for _ in range(2)))
    assert decide(money, Capacity()) == ()
    stated = Capacity(
        (
            Stated("x", "source", 99.0),
            Stated("y", "source", 1.0),
            Stated("z", "source", 14.0),
            Stated("w", "source"),
        )
    )
    rows = [figures(5.0, resource=name) for name in "xyzwvvvzx" for _ in range(2)]
    found = decide(portfolio(*rows, figures(5.0, resource="v")), stated)
    assert [(one.resource, one.answer) for one in found] == [
        ("y", "OVER"), ("z", "UNDECIDED"), ("v", "NO LIMIT KNOWN"), ("w", "NO LIMIT KNOWN"), ("x", "OK"),
    ]  # fmt: skip
