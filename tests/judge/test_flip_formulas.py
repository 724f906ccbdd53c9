"""Where a finding flips, worked out by hand: lines, curves, intervals; and the margin and the bound that decides."""

from __future__ import annotations

import pytest
from fact_texts import fact, only
from rule_texts import pack_of, rule_text

from poc_gate.judge.evaluate.checking.breakpoints import within
from poc_gate.judge.evaluate.checking.check_expectation import Outcome
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import FactSpec
from poc_gate.model.finding import Finding, State

AB, A = "{a: slo.p99, b: slo.p50}", "{a: slo.p99}"


def found(
    expect: str, a: float, b: float | None = 1.0, requires: str = "declared", **interval: float
) -> Finding:
    rule = rule_text("Z02-flip", expect, AB if " b" in expect or "b " in expect else A, requires=requires)
    proof = Provenance.MEASURED if requires == "measured" else Provenance.DECLARED
    known = [] if b is None else [fact("slo.p50", (b, "s"), proof, **interval)]
    return only(pack_of(rule), fact("slo.p99", (a, "s"), proof), *known)


def flips(expect: str, a: float, b: float | None = 1.0, **more: object) -> dict[str, float]:
    finding = found(expect, a, b, **more)  # type: ignore[arg-type]
    return {point.fact.removeprefix("slo."): point.value.value for point in finding.breakpoints}


@pytest.mark.parametrize(
    ("expect", "a", "wanted"),
    [
        ("{value: a, at_most: 5 s}", 0.0, {"p99": 5.0}),
        ("{value: a, at_most: 5 s}", 1e-3, {"p99": 5.0}),
        ("{value: a, at_most: 5 s}", 1e6, {"p99": 5.0}),
        ("{value: a, at_least: 0 s}", 3.0, {"p99": 0.0}),
        ("{value: a + b, at_most: b}", 0.0, {"p99": 0.0}),
        ("{value: a + 2 * b, at_least: b}", 3.0, {}),
        ("{value: a * a, between: [b * b, 16 * b * b]}", 2.0, {"p99": 4.0, "p50": 2.0}),
        ("{value: a * a, at_most: 810000000000 * b * b}", 1.0, {"p99": 9e5, "p50": 1 / 9e5}),
        ("{value: a * a, at_most: 2250000000000 * b * b}", 1.0, {"p50": 1 / 1.5e6}),
        ("{value: a * a, at_most: 810000000000 * b * b}", 1e-3, {"p99": 9e5, "p50": 1e-3 / 9e5}),
        ("{value: a * a, at_most: 1000000000000000000000000000000000000 * b * b}", 1.0, {"p50": 1e-18}),
        ("{value: a * a, at_most: 2250000000000000000000000000000000000 * b * b}", 1.0, {}),
        ("{value: a * a, at_least: b * b}", 3.0, {"p99": 1.0, "p50": 3.0}),
        ("{value: a * a, at_most: 4 * b * b}", 0.0, {"p99": 2.0}),
        ("{value: a * a * a, at_most: 27 * b * b * b}", 1.0, {"p99": 3.0, "p50": 1 / 3}),
        ("{that: 'a * a < 2.25 * b * b || a * a > 9 * b * b'}", 1.0, {"p99": 1.5, "p50": 1 / 1.5}),
        ("{that: 'a > 5 s && b > 0.5 s'}", 3.0, {"p99": 5.0}),
        ("{that: 'a > 5 s && b > 4 s'}", 3.0, {}),
        ("{that: 'a > 5 s && a > 6 s'}", 3.0, {}),
    ],
)  # fmt: skip
def test_flip_points_by_hand(expect, a, wanted):
    """Curves are searched within a factor of 2^60 = 1.153e18 either way, upwards first."""
    assert flips(expect, a) == pytest.approx(wanted, rel=1e-9)


def test_what_is_unknown_flips_nowhere():
    finding = found("{that: 'a <= 5 s && b <= 4 s'}", 3.0, None)
    assert (finding.state, finding.breakpoints) == (State.UNKNOWN, ())


def test_an_input_that_is_no_quantity_hides_no_other():
    rule = rule_text("Z02-flip", "{that: \"a == 'hosted' && b <= 5 s\"}", "{a: model.hosting, b: slo.p99}")
    finding = only(pack_of(rule), fact("model.hosting", "hosted"), fact("slo.p99", (3.0, "s")))
    assert [(point.fact, point.value.value) for point in finding.breakpoints] == [("slo.p99", 5.0)]


def test_where_measurement_is_required_the_last_end_of_an_interval_decides():
    """With b of 2 s, 1.5 to 2.5 s: all ends refute a beyond 7.5 s; a declared b flips at its likely value."""
    expect = "{value: a, at_most: b * 3}"
    measured = flips(expect, 3.0, 2.0, requires="measured", low=1.5, high=2.5)
    assert measured["p99"] == pytest.approx(7.5)
    declared = flips(expect, 3.0, 2.0, low=1.5, high=2.5)
    assert declared["p99"] == pytest.approx(6.0)


@pytest.mark.parametrize(
    ("point", "current", "ends", "inside"),
    [
        (5.0, 3.0, (None, None), True),
        (-5.0, 3.0, (None, None), False),
        (0.0, 3.0, (None, None), True),
        (0.5, 0.0, (None, None), True),
        (-0.5, 0.0, (None, None), False),
        (-5.0, -3.0, (None, None), True),
        (-5.0, 0.5, (-10.0, None), True),
        (1.0, 3.0, (1.0, 4.0), True),
        (0.9, 3.0, (1.0, 4.0), False),
        (4.0, 3.0, (1.0, 4.0), True),
        (4.1, 3.0, (1.0, 4.0), False),
        (4.1, 3.0, (1.0, None), True),
        (0.2, 3.0, (None, 4.0), True),
        (-0.2, 3.0, (None, 4.0), False),
    ],
)
def test_a_flip_lies_where_a_fact_can_lie(point, current, ends, inside):
    spec = FactSpec("x", "quantity", "", low=ends[0], high=ends[1])
    assert within(point, current, spec) is inside
    if ends == (None, None):
        assert within(point, current, None) is inside


@pytest.mark.parametrize(
    ("value", "limit", "margin"),
    [
        (3.0, 4.0, 0.75),
        (3.0, 0.0, None),
        (None, 4.0, None),
        (3.0, None, None),
        (0.0, 1.0, 0.0),
        (3.0, 1.0, 3.0),
    ],
)
def test_a_margin_is_the_value_over_the_limit(value, limit, margin):
    assert Outcome(State.PASS, value, limit).margin == margin


@pytest.mark.parametrize(
    ("a", "state", "limit"),
    [
        (0.9, State.FAIL, 1.0),
        (1.0, State.PASS, 1.0),
        (2.9, State.PASS, 1.0),
        (3.0, State.PASS, 5.0),
        (3.1, State.PASS, 5.0),
        (5.0, State.PASS, 5.0),
        (5.1, State.FAIL, 5.0),
    ],
)
def test_of_two_bounds_the_nearer_one_decides(a, state, limit):
    finding = found("{value: a, between: [b, 5 * b]}", a)
    assert finding.limit is not None
    assert (finding.state, finding.limit.value) == (state, limit)


@pytest.mark.parametrize(("hosting", "state"), [("hosted", State.PASS), ("self-hosted", State.FAIL)])
def test_one_of_several_words(hosting, state):
    rule = rule_text("Z02-flip", "{value: a, one_of: [hosted, none]}", "{a: model.hosting}")
    assert only(pack_of(rule), fact("model.hosting", hosting)).state is state


@pytest.mark.parametrize(
    ("a", "b", "state"),
    [(1.0, 2.0, State.PASS), (2.0, 2.0, State.PASS), (3.0, 2.0, State.FAIL), (2.4, 2.0, State.UNKNOWN), (1.6, 2.0, State.UNKNOWN)],
)  # fmt: skip
def test_both_ends_of_a_measured_interval_must_agree(a, b, state):
    """With b between 1.5 and 2.5 s; at 2 s itself its upper end passes and its lower one does not."""
    wanted = State.UNKNOWN if a == b else state
    assert found("{value: a, at_most: b}", a, b, requires="measured", low=1.5, high=2.5).state is wanted


def test_an_interval_without_width_is_none():
    assert (
        found("{value: a, at_most: b}", 2.0, 2.0, requires="measured", low=2.0, high=2.0).state is State.PASS
    )
