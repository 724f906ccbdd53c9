"""Cold starts, the ramp meanwhile and quotas of a hosted model, each worked out by hand: Q18."""

from __future__ import annotations

import pytest
from derived_one import bounds, derived

QUOTA = {
    "flow.demand.peak_rate": 1.0, "model.quota_tokens": 4800.0, "demand.in_tokens_p50": 1000.0, "demand.in_tokens_p95": 1000.0,
    "demand.out_tokens_p50": 200.0, "demand.out_tokens_p95": 200.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("burst", "covered", "sign"), [(1.4, True, ">="), (1.5, True, ">="), (1.6, False, "<")]
)
def test_spare_capacity_carries_a_burst_as_large_as_it(burst, covered, sign):
    stated = {"target.spare_capacity": 0.5, "demand.burst_factor": burst}
    found = derived("flow.cold_start.ramp_covered", stated)
    assert (found.value, found.formula) == (covered, f"1 + spare capacity 0.5 {sign} burst factor {burst:g}")


def test_the_share_of_a_quota_of_requests():
    stated = {"flow.demand.peak_rate": 3.0, "model.quota_requests": 12.0}
    found = derived("flow.quota.requests_share", stated)
    assert (found.value.value, found.formula) == (0.25, "3 req/s / 12 req/s = 25 %")
    peak = {"demand.requests_per_day": 1.0, "demand.peak_hour_share": 1 / 24, "model.quota_requests": 12.0}
    least, _ = bounds(
        "flow.quota.requests_share", {**peak, "demand.burst_factor": 2.0}, "demand.burst_factor"
    )
    assert least == pytest.approx(1 / 12)


def test_the_tokens_of_the_busiest_minute():
    """60 requests of 1,200 tokens and 1.6449 times the square root of 60 x 1,200^2: 87,290 of 288,000 tokens."""
    found = derived("flow.quota.tokens_share", QUOTA)
    assert found.value.value == pytest.approx(87289.6 / 288000, rel=1e-5)
    assert found.formula == (
        "tokens of the busiest minute at p95 / quota = (60 req x 1,200 tok + 15,290 tok) / 288,000 tok = 30.3 %"
    )
    shares = {"flow.quota.requests_share": 0.2}
    worst = derived("flow.quota.worst_share", {**QUOTA, **shares})
    assert (worst.value.value, worst.formula) == (found.value.value, "max(20 %, 30.3 %) = 30.3 %")


@pytest.mark.parametrize(
    ("gone", "more", "least", "asked"),
    [
        ("out", {}, 1000 / 4800, "demand.out_tokens_p95"),
        ("in", {}, 200 / 4800, "demand.in_tokens_p95"),
        ("out", {"flow.demand.peak_rate": 2.0}, 2000 / 4800, "demand.out_tokens_p95"),
        ("out", {"demand.in_tokens_p50": None}, 50 / 4800, "demand.out_tokens_p95"),
        ("out", {"flow.demand.peak_rate": 0.0}, None, "demand.out_tokens_p95"),
        ("out", {"model.quota_tokens": 0.0}, None, "demand.out_tokens_p95"),
        ("out", {"model.quota_tokens": 1.0}, 1000.0, "demand.out_tokens_p95"),
    ],
)
def test_one_kind_of_tokens_alone_takes_its_share_at_least(gone, more, least, asked):
    """Of a p95 alone one request in twenty has that many tokens."""
    stated = {name: value for name, value in {**QUOTA, **more}.items() if value is not None}
    some = {name: value for name, value in stated.items() if not name.startswith(f"demand.{gone}_")}
    found = derived("flow.quota.tokens_share", some)
    assert found.inputs == (asked,)
    assert found.low == (None if least is None else pytest.approx(least))
