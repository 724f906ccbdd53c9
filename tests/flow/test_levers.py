"""Levers: which values are tried, which one is told, and what a pair of them costs."""

from __future__ import annotations

import math

import flow_pilots as pilots
import pytest

from poc_gate.flow.walls.lever_range import Bounds, as_shown, is_whole
from poc_gate.flow.walls.levers import find_lever, find_pair, with_value
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.quantity import Quantity

PRICE, COUNT, RETRIES, SHARE = (
    "cost.gpu_hour",
    "target.replicas",
    "sources[a].retries",
    "oversight.review_share",
)
RINGS = (1.1, 1.5, 2.0, 4.0, 10.0, 30.0, 100.0, 1000.0)


def needed(name, start, passes, **more: object):
    """Return the value that a lever must reach, and what is said of it; `passes` takes the bare value."""
    stated = {} if start is None else {name: start}
    found = find_lever(pilots.tree(stated), name, lambda tree: passes(tree.get(name).value.value), **more)
    return (found.needed.value if found.needed is not None else None), found.note


def tried(name, start, **more: object):
    """Return every value that is tried where none passes."""
    seen: list[float] = []
    assert needed(name, start, lambda value: bool(seen.append(value)), **more) == (None, NOTHING)
    return seen


NOTHING = "no value of this lever is enough on its own"


def test_values_are_tried_in_rings_and_then_at_the_ends_of_the_range():
    rings = [value for ring in RINGS for value in (8.0 * ring, 8.0 / ring)]
    assert tried(PRICE, 8.0) == pytest.approx(rings)
    assert tried(PRICE, 8.0, bounds=Bounds(0.0, 1e9)) == pytest.approx([*rings, 0.0, 1e9])
    assert tried(PRICE, 8.0, bounds=Bounds(8.0, 9.0)) == pytest.approx([8.8, 9.0])
    assert tried(PRICE, 8.0, monotone=True) == pytest.approx([8000.0, 0.008, 32.0, 2.0])
    assert tried(PRICE, 8.0, bounds=Bounds(4.0, 20.0), monotone=True) == pytest.approx([20.0, 4.0, 20.0, 4.0])


def test_a_window_that_only_one_ring_reaches_is_found():
    for ring in RINGS:
        for window in ((ring * 0.99, ring * 1.001), (0.999 / ring, 1.01 / ring)):
            found, said = needed(PRICE, 1.0, lambda value, window=window: window[0] <= value <= window[1])
            assert (found, said) == (
                pytest.approx(window[ring not in window and window[0] < 1], rel=0.011),
                "",
            )


@pytest.mark.parametrize(
    ("start", "limit", "bounds", "found"),
    [
        (1.0, 3.0, None, 3.0),
        (1.0, 3.141, None, 3.15),
        (1.0, 0.31415, None, 0.314),
        (1.0, 5000.0, Bounds(0.0, 1e15), 5000.0),
        (1e9, 7.0, Bounds(1e-3, 1e15), 7.0),
        (1.0, 2000.0, Bounds(0.0, 2000.0), 2000.0),
        (1.0, 2000.0, Bounds(0.0, 1999.0), None),
        (1.0, 1.0005, None, 1.01),
    ],
)
def test_the_value_at_which_the_answer_flips_is_told_as_it_is_shown(start, limit, bounds, found):
    """To a thousandth, then rounded away from where the lever is; over fifteen decades as well."""
    for monotone in (False, True):
        above = limit > start
        passes = (
            (lambda value, most=limit: value >= most) if above else (lambda value, most=limit: value <= most)
        )
        value, _ = needed(
            PRICE, start, passes, bounds=bounds, monotone=monotone and 1e-3 <= limit / start <= 1e3
        )
        assert value == (None if found is None else pytest.approx(found, rel=0.004))


@pytest.mark.parametrize(
    ("name", "start", "limit", "found"),
    [
        ("slo.p99", Quantity(0.6, "s"), 0.5, 0.5),
        ("slo.p99", Quantity(0.2, "s"), 0.25, 0.25),
        ("slo.p99", Quantity(0.2, "s"), 1.01, 1.01),
        ("slo.p99", Quantity(0.2, "s"), 1.0101, 1.02),
        ("slo.p99", Quantity(3.0, "s"), 1.0199, 1.01),
        ("slo.p99", Quantity(1.0001, "s"), 1.0, 1.0),
        ("slo.p99", Quantity(1.0002, "s"), 1.0003, 1.01),
        (SHARE, Quantity(0.5, "1"), 0.62, 0.62),
        (SHARE, Quantity(0.5, "1"), 0.6211, 0.622),
        ("retrieval.vectors", Quantity(5e6, "1"), 8e6, 8e6),
        ("retrieval.vectors", Quantity(5e6, "1"), 1e6, 1e6),
        ("retrieval.vectors", Quantity(5e6, "1"), 8.12e6, 8.12e6),
    ],
)
def test_no_shown_value_nearer_to_the_present_one_passes(name, start, limit, found):
    """What is shown has three figures: a limit that has no more is named itself, another the next figure beyond it."""
    up = limit > start.value
    assert needed(name, start, lambda value: value >= limit if up else value <= limit)[0] == pytest.approx(
        found
    )


@pytest.mark.parametrize(
    ("name", "start", "passes", "found"),
    [
        (COUNT, 2.0, lambda value: value >= 2.5, 3.0),
        (COUNT, 2.0, lambda value: value >= 7.0, 7.0),
        (COUNT, 2.0, lambda value: value <= 1.5, 1.0),
        (COUNT, 2.0, lambda value: value <= 0.0, None),
        (COUNT, 40.0, lambda value: value <= 7.9, 7.0),
        (COUNT, 40.0, lambda value: value >= 41.5, 42.0),
        (COUNT, 2.5, lambda value: value >= 2.7, 2.7),
        (RETRIES, 2.0, lambda value: value <= 0.0, 0.0),
        (RETRIES, 3.0, lambda value: value == 1.0, 1.0),
    ],
)
def test_what_is_counted_moves_in_whole_steps(name, start, passes, found):
    assert needed(name, start, passes)[0] == (None if found is None else pytest.approx(found, rel=0.004))


def test_a_count_of_which_there_is_one_at_least():
    assert tried(COUNT, 1.0, bounds=Bounds(0.0, 3.0), monotone=True) == [3.0, 1.0, 3.0, 1.0]
    assert tried(RETRIES, 1.0, bounds=Bounds(0.0, 3.0), monotone=True) == [3.0, 0.0, 3.0, 0.0]
    assert tried(COUNT, 2.0) == [3.0, 1.0, 3.0, 1.0, 4.0, 1.0, 8.0, 20.0, 60.0, 200.0, 2000.0, 1.0]
    assert min(tried(COUNT, 4.0, bounds=Bounds(2.0, 9.0))) == 2.0


WIDE = Bounds(0.0, 100.0, unit="money/s")


@pytest.mark.parametrize(
    ("passes", "found", "said"),
    [
        (lambda _: False, None, NOTHING),
        (lambda _: True, 0.0, "or any other"),
        (lambda value: value >= 30.0, 30.0, "or more"),
        (lambda value: value <= 30.0, 30.0, "or less"),
        (lambda value: 10.0 <= value <= 60.0, 10.0, "or about that"),
        (lambda value: value >= 100.0, 100.0, "or more"),
        (lambda value: value <= 0.0, 0.0, "or less"),
    ],
)
def test_a_lever_that_nobody_stated_is_sought_over_its_whole_range(passes, found, said):
    for start in (None, 0.0):
        value, note = needed(PRICE, start, passes, bounds=WIDE)
        assert (value, note) == (None if found is None else pytest.approx(found, rel=0.01), said)


def test_counts_that_nobody_stated_are_whole():
    whole = Bounds(0.0, 20.0, unit="1")
    assert needed(COUNT, None, lambda value: value >= 2.5, bounds=whole) == (3.0, "or more")
    assert needed(COUNT, None, lambda _: True, bounds=whole) == (1.0, "or any other")
    assert needed(RETRIES, None, lambda _: True, bounds=whole) == (0.0, "or any other")
    assert needed(COUNT, None, lambda value: value <= 2.5, bounds=whole) == (2.0, "or less")


def test_a_range_is_tried_at_whole_counts_and_at_parts_of_what_is_not_counted():
    whole = Bounds(0.0, 20.0, unit="1")
    assert needed(COUNT, None, lambda value: value == 3.0, bounds=whole) == (3.0, "or about that")
    assert needed(PRICE, None, lambda value: 3.12 <= value <= 3.3, bounds=WIDE) == (
        pytest.approx(3.12, rel=0.004),
        "or about that",
    )
    assert needed(PRICE, None, lambda value: value <= 99.5, bounds=WIDE) == (
        pytest.approx(99.5, rel=0.002),
        "or less",
    )
    assert needed(PRICE, None, lambda value: value >= 1e-4, bounds=WIDE._replace(high=1.0)) == (
        pytest.approx(1e-4, rel=0.02),
        "or more",
    )
    assert needed(PRICE, None, lambda value: value >= 90.0, bounds=WIDE._replace(high=90.0)) == (
        90.0,
        "or more",
    )


def test_a_value_that_passes_only_as_it_was_found_is_not_rounded():
    found, _ = needed(PRICE, 1.0007, lambda value: 4.0001 <= value <= 4.0029)
    assert 4.0001 <= found <= 4.0029


def test_flags_and_choices_name_every_other_value_that_helps():
    flag = pilots.tree({"retrieval.incremental": True})
    off = find_lever(
        flag, "retrieval.incremental", lambda tree: tree.get("retrieval.incremental").value is False
    )
    assert (off.current, off.needed, off.note) == (True, False, "")
    assert find_lever(flag, "retrieval.incremental", lambda _: False).note == NOTHING
    index, kinds = pilots.tree({"retrieval.index": "flat"}), Bounds(choices=("flat", "ivf", "hnsw", "pq"))
    found = find_lever(
        index, "retrieval.index", lambda tree: tree.get("retrieval.index").value != "ivf", bounds=kinds
    )
    assert (found.current, found.needed, found.note) == ("flat", "hnsw", "or pq")
    several = find_lever(index, "retrieval.index", lambda _: True, bounds=kinds)
    assert (several.needed, several.note) == ("ivf", "or hnsw or pq")
    unstated = find_lever(pilots.tree({}), "retrieval.index", lambda _: True, bounds=kinds)
    assert (unstated.needed, unstated.note) == ("flat", "or ivf or hnsw or pq")


def test_what_has_no_order_is_not_sought():
    for tree, limits in (
        (pilots.tree({"purpose.users": "all"}), None),
        (pilots.tree({"purpose.users": "all"}), WIDE),
        (pilots.tree({}), None),
    ):
        found = find_lever(tree, "purpose.users", lambda _: True, bounds=limits)
        assert (found.needed, found.note) == (None, "no value of it can be sought: it has no order")


def test_a_changed_value_takes_its_interval_and_what_follows_from_it_away():
    stated = Fact(PRICE, Quantity(1.0), low=0.5, high=2.0)
    tree = FactTree(
        {
            PRICE: stated,
            "flow.x": Fact("flow.x", Quantity(3.0), derived=True),
            SHARE: Fact(SHARE, Quantity(0.1)),
        }
    )
    found = with_value(tree, PRICE, Quantity(5.0))
    assert set(found.facts) == {PRICE, SHARE}
    assert (found.get(PRICE).value, found.get(PRICE).low, found.get(PRICE).high) == (
        Quantity(5.0),
        None,
        None,
    )
    assert with_value(tree, COUNT, Quantity(2.0)).get(COUNT).value == Quantity(2.0)


def pair(stated, passes, **more: object):
    found = find_pair(
        pilots.tree(stated),
        tuple(stated),
        lambda tree: passes(*(tree.get(n).value.value for n in stated)),
        **more,
    )
    return found and tuple((lever.fact, lever.needed.value) for lever in found)


HOUR = "cost.host_hour"


def test_the_pair_with_the_least_change():
    """A product of 4: twice as much of each would do; as would a quarter more of one and 3.2 times the other: ln 4 either way."""
    found = pair({PRICE: 1.0, HOUR: 1.0}, lambda a, b: a * b >= 4.0)
    assert math.prod(value for _, value in found) == pytest.approx(4.0, rel=0.01)
    assert pair({PRICE: 1.0, HOUR: 1.0}, lambda a, b: a >= 1.25 and b >= 3.0) == (
        (PRICE, 1.25),
        (HOUR, pytest.approx(3.0, rel=0.006)),
    )
    assert pair({PRICE: 1.0, HOUR: 1.0}, lambda a, b: b <= 0.5 and a <= 0.7) == (
        (HOUR, 0.5),
        (PRICE, pytest.approx(0.7, rel=0.006)),
    )
    assert pair({PRICE: 1.0, HOUR: 1.0}, lambda a, b: a >= 5.0 and b >= 5.0) is None
    assert pair({PRICE: 1.0, HOUR: 1.0}, lambda a, b: False) is None


def test_the_change_of_the_second_counts_by_its_factor():
    """A quarter more and twice as much are 0.92 together, half as much more and nine times as much 2.6."""

    def passes(first: float, second: float) -> bool:
        return (first == 0.125 and 0.2 <= second <= 0.21) or (first == 0.15 and 0.9 <= second <= 1.01)

    assert pair({PRICE: 0.1, HOUR: 0.1}, passes) == ((PRICE, 0.125), (HOUR, pytest.approx(0.2, rel=0.006)))


@pytest.mark.parametrize("factor", [1.25, 0.8, 1.5, 2 / 3, 2.0, 0.5, 4.0, 0.25])
def test_the_first_of_a_pair_moves_by_these_factors(factor):
    def passes(first: float, second: float) -> bool:
        return abs(first / factor - 1.0) < 0.01 and second >= 1.9

    found = pair({PRICE: 1.0, HOUR: 1.0}, passes)
    assert found == ((PRICE, pytest.approx(factor, rel=0.01)), (HOUR, pytest.approx(1.9, rel=0.006)))


def test_a_pair_keeps_to_counts_ranges_and_what_is_stated():
    counted = pair({COUNT: 3.0, PRICE: 1.0}, lambda a, b: a >= 3.5 and b >= 1.05)
    assert counted == ((COUNT, 4.0), (PRICE, pytest.approx(1.05, rel=0.006)))
    fewer = pair({COUNT: 3.0, PRICE: 1.0}, lambda a, b: a <= 2.5 and b >= 1.05)
    assert fewer == ((COUNT, 2.0), (PRICE, pytest.approx(1.05, rel=0.006)))
    for factor, count in (("1.5 x 11, up", 17.0), ("2/3 x 11, down", 7.0)):
        only = pair({COUNT: 11.0, PRICE: 1.0}, lambda a, b, count=count: a == count and b >= 1.05)
        assert only == ((COUNT, count), (PRICE, pytest.approx(1.05, rel=0.006))), factor
    shown = pair({PRICE: 1.237, HOUR: 1.0}, lambda a, b: a >= 1.54 and b >= 3.0)
    assert shown[0] == (PRICE, pytest.approx(1.55))
    shown = pair({PRICE: 1.237, HOUR: 1.0}, lambda a, b: a <= 0.99 and b >= 3.0)
    assert shown[0] == (PRICE, pytest.approx(0.989))
    none = pair({PRICE: 1.0, RETRIES: 2.0}, lambda a, b: a >= 1.25 and b == 0.0)
    assert none == ((PRICE, 1.25), (RETRIES, 0.0))
    narrow = {PRICE: Bounds(0.9, 1.1), HOUR: Bounds(0.9, 1.1)}
    assert pair({PRICE: 1.0, HOUR: 1.0}, lambda a, b: a >= 1.2 and b >= 1.05, bounds=narrow) is None
    assert pair({PRICE: 0.0, HOUR: 1.0}, lambda a, b: a >= 0.1 and b >= 1.2, bounds={PRICE: WIDE}) == (
        (HOUR, 1.25),
        (PRICE, pytest.approx(0.1, rel=0.011)),
    )
    text = pilots.tree({PRICE: 1.0, "purpose.users": "all"})
    assert find_pair(text, (PRICE, "purpose.users"), lambda _: False) is None


def test_the_values_of_a_range_rise_by_a_quarter_of_a_decade():
    assert list(Bounds(1.0, 90.0).within()) == [1.0, 1.8, 3.2, 5.6, 10.0, 18.0, 32.0, 56.0, 90.0]
    share = sorted({round(value, 9) for value in Bounds(0.0, 1.0).within()})
    assert (share[0], share[1], share[-1], len(share)) == (0.0, pytest.approx(1e-3), 1.0, 14)
    assert share[2] == pytest.approx(1e-3 * 10**0.25, rel=1e-5)
    whole = sorted({float(f"{value:.6g}") for value in Bounds().within()})
    assert (whole[:2], whole[-1], len(whole)) == ([0.0, pytest.approx(1e-6)], 1e15, 86)
    assert list(Bounds(0.5, 1.0).within()) == [0.5, pytest.approx(0.5 * 10**0.25), 1.0]
    assert list(Bounds(0.0, 1.05).within())[1] == pytest.approx(1e-6)
    assert list(Bounds(0.6, 2.0).within()) == [0.6, 1.1, 1.9, 2.0]
    assert [Bounds(1.0, 2.0).holds(value) for value in (0.9, 1.0, 2.0, 2.1)] == [False, True, True, False]


def test_what_is_whole_and_how_it_is_shown():
    told = [
        (COUNT, Quantity(2.0), True),
        (COUNT, Quantity(2.5), False),
        (PRICE, Quantity(2.0), False),
        ("demand.in_tokens_p95", Quantity(9.0, "tok"), True),
    ]
    assert [is_whole(name, value) for name, value, _ in told] == [whole for *_, whole in told]
    assert as_shown(PRICE, Quantity(3.141), up=True).value == pytest.approx(3.15)
    assert as_shown(PRICE, Quantity(3.141), up=False).value == pytest.approx(3.14)
