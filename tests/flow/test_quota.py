"""A provider's quota of tokens is held against the same minute wherever it is shown: in the rule, the path, the wall."""

from __future__ import annotations

import math
from pathlib import Path

import flow_pilots as pilots
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.lognormal import mean_length, moment
from poc_gate.flow.reading.quota_reading import Tokens, request_tokens, tokens_of
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Result

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "support-assistant"


@pytest.fixture(scope="module")
def result() -> Result:
    return assess(CaseRequest(EXAMPLE, "2026-11-23", "", machine=str(EXAMPLE / "machine.json")))


def test_the_share_of_the_quota_is_one_number_everywhere(result: Result) -> None:
    fact = next(fact for fact in result.facts if fact.name == "flow.quota.tokens_share")
    hop = next(hop for hop in result.hops if hop.id == "token-quota")
    assert isinstance(fact.value, Quantity)
    assert hop.utilisation == pytest.approx(fact.value.value, rel=1e-9)


def test_the_wall_lies_between_what_the_mean_and_what_todays_burst_would_allow(result: Result) -> None:
    loads = [wall.load for picture in result.walls for wall in picture.walls if wall.station == "token quota"]
    hop = next(hop for hop in result.hops if hop.id == "token-quota")
    assert hop.capacity is not None
    assert len(loads) == 1
    assert hop.capacity / hop.per_request < loads[0], "a busier minute bursts less for its size"


@given(st.floats(1, 1e6), st.floats(1, 50), st.floats(1, 1e9))
def test_at_the_highest_rate_the_busiest_minute_uses_up_the_quota(
    mean: float, more: float, quota: float
) -> None:
    tokens = Tokens(mean, more * mean**2)
    rate = tokens.highest_rate(quota)
    assert tokens.per_second(rate) == pytest.approx(quota, rel=1e-6)
    assert rate <= quota / mean


def test_tokens_of_a_minute_by_hand():
    """120 requests of 100 tokens with a second moment of 20,000: 1.6449 x sqrt(120 x 20,000) = 2,548.3 tokens beyond the mean."""
    tokens = Tokens(100.0, 20000.0)
    assert tokens.burst(2.0) == pytest.approx(2548.3, rel=1e-4)
    assert tokens.per_second(2.0) == pytest.approx(200 + 2548.3 / 60, rel=1e-4)
    assert tokens.highest_rate(200 + 2548.3 / 60) == pytest.approx(2.0, rel=1e-4)
    assert tokens.burst(0.5) == pytest.approx(2548.3 / 2, rel=1e-4)
    assert tokens.burst(-1.0) == 0.0
    assert Tokens(0.5, 0.25).highest_rate(10.0) == pytest.approx(19.07, rel=1e-3)
    assert Tokens(0.5, 0.25).highest_rate(0.5) == pytest.approx(0.809, rel=1e-3)


@pytest.mark.parametrize(
    ("median", "p95", "mean", "variance", "told"),
    [
        (1800.0, 3500.0, 1953.26, 677400.0, False),
        (0.5, 1.0, 0.5464, 0.05806, False),
        (None, 3500.0, 3500.0, 0.0, True),
        (0.0, 3500.0, 3500.0, 0.0, False),
        (3500.0, 3500.0, 3500.0, 0.0, False),
        (4000.0, 3500.0, 3500.0, 0.0, False),
    ],
)
def test_lengths_are_log_normal_through_median_and_p95(
    median: float | None, p95: float, mean: float, variance: float, *, told: bool
) -> None:
    """Of sigma ln(3500 / 1800) / 1.6449 = 0.40426 the mean is 1,800 x e^0.0817, the variance its square times e^0.1634 - 1."""
    stated = {
        "demand.in_tokens_p50": median,
        "demand.in_tokens_p95": p95,
        "demand.out_tokens_p50": 100.0,
        "demand.out_tokens_p95": 300.0,
    }
    view = Deriver(pilots.tree({name: value for name, value in stated.items() if value is not None})).view()
    assert tokens_of(view, "in") == (pytest.approx(mean, rel=1e-3), pytest.approx(variance, rel=2e-3))
    assert any("demand.in_tokens_p50 is not stated" in one for one in view.trace.assumptions) is told
    answer_mean, answer_variance = tokens_of(view, "out")
    whole = request_tokens(view)
    assert whole.mean == pytest.approx(mean + answer_mean, rel=1e-3)
    assert whole.second == pytest.approx(variance + answer_variance + (mean + answer_mean) ** 2, rel=2e-3)


def test_a_length_to_a_power() -> None:
    """E[x] = m e^(s^2 / 2), E[x^2] = m^2 e^(2 s^2); without a median below the p95 every length is the p95."""
    assert moment(1800.0, 3500.0) == mean_length(1800.0, 3500.0) == pytest.approx(1953.26, rel=1e-4)
    assert moment(1800.0, 3500.0, 2) == pytest.approx(1800**2 * math.exp(2 * 0.40426**2), rel=1e-4)
    assert [moment(0.0, 5.0), moment(5.0, 5.0, 2), moment(6.0, 5.0), moment(0.0, -1.0)] == [
        5.0,
        25.0,
        5.0,
        0.0,
    ]
    assert moment(0.5, 1.0) == pytest.approx(0.5464, rel=1e-3)


def test_without_tokens_or_quota_no_rate_is_carried() -> None:
    assert Tokens(0.0, 0.0).highest_rate(10.0) == 0.0
    assert Tokens(10.0, 100.0).highest_rate(0.0) == 0.0
    assert Tokens(10.0, 100.0).per_second(0.0) == 0.0
