"""What few tries leave possible: the published one-sided bounds of a proportion, and where a limit is left open."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.model.fact import Fact


def bounded(n: float | None, failures: float | None) -> Fact:
    stated = {"evaluation.n": n, "evaluation.failures": failures}
    known = {name: value for name, value in stated.items() if value is not None}
    return Deriver(pilots.tree(known)).find("flow.evaluation.failure_upper")[0]


@pytest.mark.parametrize(
    ("n", "failures", "bound", "seen"),
    [
        (1.0, 0.0, 0.95, 0.0),
        (10.0, 0.0, 0.2589, 0.0),
        (20.0, 0.0, 0.1391, 0.0),
        (20.0, 1.0, 0.2161, 0.05),
        (30.0, 3.0, 0.2386, 0.1),
        (300.0, 0.0, 0.00994, 0.0),
    ],
)
def test_the_exact_bound_of_clopper_and_pearson(n: float, failures: float, bound: float, seen: float) -> None:
    """Upper limits of 95 %, one-sided: 1 - 0.05^(1/n) without a failure, the rule of three for many."""
    found = bounded(n, failures)
    assert found.value is not None
    assert found.value.value == found.high == pytest.approx(bound, abs=1e-4)
    assert found.low == pytest.approx(seen)
    assert found.formula == f"95 % upper bound of {failures:g} failures in {n:g} cases = {found.high:.4g}"
    assert (
        found.outside
        == f"failures: {failures:g} in {n:g} cases, which leaves it open; more cases would show it"
    )


def test_where_everything_failed_nothing_is_open() -> None:
    found = bounded(5.0, 5.0)
    assert (found.low, found.high, found.outside) == (1.0, 1.0, "")


def test_of_no_case_any_rate_is_possible() -> None:
    for failures in (0.0, None):
        found = bounded(0.0, failures)
        assert (found.value.value, found.formula) == (1.0, "of 0 cases any rate is possible = 1")


def test_what_nobody_counted_bounds_nothing() -> None:
    assert bounded(20.0, None).value is None
    assert bounded(None, 1.0).value is None
