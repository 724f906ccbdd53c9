"""Numbers between bounds: whatever an expression says of the bounds holds for every number between them."""

from __future__ import annotations

import pytest
from fact_texts import only
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_texts import pack_of, rule_text

from poc_gate.judge.evaluate.checking.bounded import Bounded, UndecidedError
from poc_gate.judge.expression.compile_expression import compile_expression
from poc_gate.judge.expression.values import NUMBER, SPOILT, Unknown
from poc_gate.model.fact import Fact
from poc_gate.model.finding import State
from poc_gate.model.quantity import Quantity

NAMES = {"x": NUMBER, "y": NUMBER, "z": NUMBER}
NUMBERS = st.one_of(st.sampled_from((0.0, 1.0, -1.0)), st.floats(-1e6, 1e6, allow_nan=False))
SHARE = st.floats(0.0, 1.0)


def terms(depth: int) -> st.SearchStrategy[str]:
    leaf = st.sampled_from(("x", "y", "z", "2", "0.5"))
    if depth == 0:
        return leaf
    deeper = terms(depth - 1)
    pair = st.tuples(deeper, st.sampled_from("+-*/"), deeper).map(lambda parts: f"({' '.join(parts)})")
    fold = st.tuples(st.sampled_from(("min", "max")), deeper, deeper).map(lambda p: f"{p[0]}({p[1]}, {p[2]})")
    return st.one_of(leaf, pair, fold)


COMPARISONS = st.tuples(terms(2), st.sampled_from(("<", "<=", ">", ">=", "==", "!=")), terms(2)).map(" ".join)
STATEMENTS = st.tuples(COMPARISONS, st.sampled_from(("&&", "||")), COMPARISONS).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(STATEMENTS, st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS), NUMBERS, SHARE, SHARE)
def test_what_bounds_decide_holds_for_every_number_between_them(
    source: str, x: tuple[float, float], y: tuple[float, float], z: float, at_x: float, at_y: float
) -> None:
    expression = compile_expression(source, NAMES)
    (low, high), (least, most) = sorted(x), sorted(y)
    bounds = {"x": Bounded(frozenset("x"), low, high), "y": Bounded(frozenset("y"), least, most), "z": z}
    try:
        decided = expression.evaluate(bounds)
    except UndecidedError:
        return
    inside = {
        "x": min(high, low + at_x * (high - low)),
        "y": min(most, least + at_y * (most - least)),
        "z": z,
    }
    exact = expression.evaluate(inside)
    if isinstance(decided, bool) and not isinstance(exact, SPOILT):
        assert exact is decided, (source, bounds, inside)


X, Y = Bounded(frozenset("x"), 2.0, 5.0), Bounded(frozenset("y"), -1.0, 3.0)
ONE = Bounded(frozenset("o"), 3.0, 3.0)


def between(low: float, high: float) -> Bounded:
    return Bounded(frozenset("y"), low, high)


INF = float("inf")


@pytest.mark.parametrize(
    ("source", "x", "y", "low", "high"),
    [
        ("x + y", (2.0, 5.0), (-1.0, 3.0), 1.0, 8.0),
        ("x - y", (2.0, 5.0), (-1.0, 3.0), -1.0, 6.0),
        ("x * y", (2.0, 5.0), (-1.0, 3.0), -5.0, 15.0),
        ("x * y", (1.0, INF), (2.0, 5.0), 2.0, INF),
        ("x * y", (0.0, INF), (1.0, INF), 0.0, INF),
        ("x * y", (0.5, 2.0), (0.5, 2.0), 0.25, 4.0),
        ("x / y", (2.0, 5.0), (2.0, 4.0), 0.5, 2.5),
        ("x / y", (2.0, 5.0), (0.5, 1.0), 2.0, 10.0),
        ("x / y", (2.0, 5.0), (-4.0, -2.0), -2.5, -0.5),
        ("min(x, y, 4)", (2.0, 5.0), (-1.0, 3.0), -1.0, 3.0),
        ("max(x, y, 4)", (2.0, 5.0), (-1.0, 3.0), 4.0, 5.0),
        ("x + 1", (2.0, 5.0), None, 3.0, 6.0),
        ("1 + x", (2.0, 5.0), None, 3.0, 6.0),
        ("x - 1", (2.0, 5.0), None, 1.0, 4.0),
        ("1 - x", (2.0, 5.0), None, -4.0, -1.0),
        ("-x", (2.0, 5.0), None, -5.0, -2.0),
        ("x * -2", (2.0, 5.0), None, -10.0, -4.0),
        ("-2 * x", (2.0, 5.0), None, -10.0, -4.0),
        ("x * 0", (0.0, INF), None, 0.0, 0.0),
        ("x * 0", (-INF, 1.0), None, 0.0, 0.0),
        ("x * -1", (1.0, INF), None, -INF, -1.0),
        ("x / 4", (2.0, 5.0), None, 0.5, 1.25),
        ("10 / x", (2.0, 5.0), None, 2.0, 5.0),
    ],
)
def test_the_bounds_of_what_is_computed(
    source: str, x: tuple[float, float], y: tuple[float, float] | None, low: float, high: float
) -> None:
    """By interval arithmetic, end by end (Moore 1966)."""
    values = {"x": Bounded(frozenset("x"), *x)} | ({"y": between(*y)} if y else {})
    found = compile_expression(source, NAMES).evaluate(values)
    assert isinstance(found, Bounded)
    assert (found.names, found.low, found.high) == (frozenset(values), low, high)


def test_a_sum_of_several() -> None:
    found = X.folded("sum", [X, Y, 4.0])
    assert (found.names, found.low, found.high) == (frozenset("xy"), 5.0, 12.0)


@pytest.mark.parametrize(("source", "names"), [("x / y", "xy"), ("x % y", "xy"), ("x <= y", "xy"), ("x >= y", "xy"), ("x < y", "xy"),
                                               ("x > y", "xy"), ("x / 0", "x"), ("7 % x", "x")])  # fmt: skip
def test_what_stays_open_names_both(source: str, names: str) -> None:
    """A divisor that may be nothing, a remainder, two intervals that overlap."""
    assert compile_expression(source, NAMES).evaluate({"x": X, "y": Y}) == Unknown(frozenset(names))


def test_a_divisor_that_touches_nothing_leaves_it_open() -> None:
    assert [X / between(0.0, 3.0), X / between(-3.0, 0.0)] == [Unknown(frozenset("xy"))] * 2


def test_comparisons_at_the_ends_of_an_interval() -> None:
    """From 2 to 5: what is true or false of both ends is true or false."""
    open_ = Unknown(frozenset("x"))
    assert [end >= X for end in (5.0, 4.9, 2.0, 1.9)] == [True, open_, open_, False]
    assert [end <= X for end in (2.0, 2.1, 5.0, 5.1)] == [True, open_, open_, False]
    assert [end > X for end in (5.1, 5.0, 2.1, 2.0)] == [True, open_, open_, False]
    assert [end < X for end in (1.9, 2.0, 4.9, 5.0)] == [True, open_, open_, False]
    assert [X == 6.0, X == 1.0, ONE == 3.0, between(3.0, 3.0) == ONE] == [False, False, True, True]
    assert [X != 6.0, X != 1.0, ONE != 3.0] == [True, True, False]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (X, 5.0),
        (X, 2.0),
        (X, 3.0),
        (ONE, between(3.0, 4.0)),
        (ONE, between(2.0, 3.0)),
        (between(3.0, 4.0), ONE),
        (X, X),
    ],
)
def test_whether_two_intervals_that_touch_are_the_same_is_undecided(one: Bounded, other: object) -> None:
    with pytest.raises(UndecidedError):
        assert one == other
    with pytest.raises(UndecidedError):
        assert one != other


def test_an_open_comparison_names_what_is_missing() -> None:
    expression = compile_expression("x + y <= 3", NAMES)
    x = Bounded(frozenset({"x"}), 1.0, float("inf"))
    assert expression.evaluate({"x": x, "y": 1.0}) == Unknown(frozenset({"x"}))
    assert expression.evaluate({"x": x, "y": 3.0}) is False


BETWEEN = rule_text(
    "Z07-between", "{value: rate, between: [10 B/s, 20 B/s]}", "{rate: machine.memory.read_all}"
)


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        (1.0, 300.0, State.UNKNOWN),
        (12.0, 18.0, State.PASS),
        (21.0, 300.0, State.FAIL),
        (1.0, 9.0, State.FAIL),
    ],
)
def test_an_interval_around_both_limits_decides_nothing(low: float, high: float, state: State) -> None:
    fact = Fact("machine.memory.read_all", Quantity(15.0, "B/s"), low=low, high=high, stable=False)
    assert only(pack_of(BETWEEN), fact).state is state


ACCEPTED = rule_text(
    "Z08-accepted",
    "{that: 'upper <= min(accepted, most)'}",
    "{upper: flow.evaluation.failure_upper, accepted: evaluation.failure_max}",
    limits="{most: {value: 5 %, tighter: lower, reason: a reason of the test}}",
)


@pytest.mark.parametrize(("upper", "state"), [(0.6, State.FAIL), (0.01, State.UNKNOWN)])
def test_a_limit_that_nobody_stated_refutes_what_no_limit_could_allow(upper: float, state: State) -> None:
    fact = Fact("flow.evaluation.failure_upper", Quantity(upper, "1"), derived=True)
    assert only(pack_of(ACCEPTED), fact).state is state


def test_what_can_be_at_all_proves_nothing() -> None:
    rule = rule_text("Z09-any", "{that: accepted <= 1 && upper <= 1}",
                     "{upper: flow.evaluation.failure_upper, accepted: evaluation.failure_max}")  # fmt: skip
    fact = Fact("flow.evaluation.failure_upper", Quantity(0.5, "1"), derived=True)
    assert only(pack_of(rule), fact).state is State.UNKNOWN


def test_a_product_is_refuted_by_the_bound_of_its_factor_and_says_so() -> None:
    rule = rule_text("Z10-funding", "{that: month * 12 <= budget}",
                     "{month: flow.cost.month, budget: cost.budget_12m}")  # fmt: skip
    month = Fact("flow.cost.month", None, derived=True, low=6000.0, inputs=("cost.wage",))
    budget = Fact("cost.budget_12m", Quantity(60_000.0, "money"))
    finding = only(pack_of(rule), month, budget)
    assert finding.state is State.FAIL
    assert "at least 6,000" in finding.message
    assert "unknown and left out: cost.wage" in finding.message
