"""What a month and a request cost, each worked out by hand from the prices stated: a mean month has 2,629,800 s."""

from __future__ import annotations

import math

import pytest
from derived_one import derived, number

from poc_gate.flow.facts.money.costs import MONTH, Prices

HOSTED = {
    "pilot.uses": ("llm",), "model.hosting": "hosted", "demand.requests_per_day": 2.0, "flow.demand.peak_rate": 8.0,
    "cost.in_token": 1e-6, "cost.out_token": 4e-6, "demand.in_tokens_p50": 1000.0, "demand.out_tokens_p50": 200.0,
    "cost.currency": "EUR",
}  # fmt: skip
"""1,000 and 200 tokens at 1 and 4 EUR a million: 0.0018 EUR a request; 5,259,600 requests a month: 9,467.28 EUR."""
OWN = {
    "pilot.uses": ("llm",), "model.hosting": "self", "demand.requests_per_day": 0.5, "flow.demand.peak_rate": 2.0,
    "cost.gpu_hour": 0.001, "target.device": "h100", "target.count": 2.0, "target.replicas": 3.0, "cost.currency": "EUR",
}  # fmt: skip
"""Two devices at 0.001 EUR a second each in three replicas: 0.006 EUR a second, 15,778.80 EUR a month."""
NO_MODEL = {
    "pilot.uses": ("classic-ml",), "model.hosting": "none", "demand.requests_per_day": 0.5, "flow.demand.peak_rate": 2.0,
    "cost.host_hour": 0.0001, "target.replicas": 3.0,
}  # fmt: skip


def test_a_mean_month_is_a_twelfth_of_the_mean_gregorian_year_of_the_julian_calendar():
    assert MONTH == 2_629_800.0


@pytest.mark.parametrize(
    ("stated", "more", "wanted"),
    [
        (HOSTED, {}, 9467.28),
        (HOSTED, {"cost.fixed_month": 100.0}, 9567.28),
        (HOSTED, {"cost.volume_discount_10x": 0.25}, 9467.28),
        (HOSTED, {"demand.in_tokens_p95": 3000.0, "demand.out_tokens_p95": 900.0}, 9467.28),
        (HOSTED, {"cost.host_hour": 0.0001, "target.replicas": 2.0}, 9467.28 + 0.0002 * MONTH),
        (HOSTED, {"cost.host_hour": 0.0001}, 9467.28),
        (HOSTED, {"pilot.uses": ("llm", "retrieval"), "cost.retrieval_per_request": 0.0002}, 0.0020 * 5_259_600),
        (HOSTED, {"cost.retrieval_per_request": 0.0002}, 9467.28),
        (HOSTED, {"cost.egress": 5e-11, "cost.egress_bytes_per_request": 4e6}, 0.0020 * 5_259_600),
        (HOSTED, {"oversight.review_share": 0.05, "oversight.review_time": 60.0, "cost.wage": 0.01}, 0.0318 * 5_259_600),
        (OWN, {}, 15_778.80),
        (OWN, {"cost.fixed_month": 100.0}, 15_878.80),
        (OWN, {"cost.scale_to_zero": True, "cost.duty": 0.25}, 15_778.80 / 4),
        (OWN, {"cost.scale_to_zero": False, "cost.duty": 0.25}, 15_778.80),
        (OWN, {"target.device": "cpu", "cost.host_hour": 0.0002}, 0.0006 * MONTH),
        (OWN, {"cost.in_token": 1.0, "cost.out_token": 1.0, "demand.in_tokens_p50": 1.0, "demand.out_tokens_p50": 1.0}, 15_778.80),
        (NO_MODEL, {}, 0.0003 * MONTH),
    ],
)  # fmt: skip
def test_a_month_by_hand(stated, more, wanted):
    assert number("flow.cost.month", {**stated, **more}) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("stated", "more", "wanted"),
    [
        (HOSTED, {"cost.fixed_month": 100.0}, 94_772.80),
        (HOSTED, {"cost.fixed_month": 100.0, "cost.volume_discount_10x": 0.25}, 71_104.60),
        (HOSTED, {"pilot.uses": ("llm", "retrieval"), "cost.retrieval_per_request": 0.0002, "cost.volume_discount_10x": 0.25},
         (0.0018 * 0.75 + 0.0002) * 52_596_000),
        (OWN, {}, 157_788.0),
        (OWN, {"flow.replica.capacity": 1.0}, 29 * 0.002 * MONTH),
        (OWN, {"flow.replica.capacity": 100.0}, 15_778.80),
        (OWN, {"flow.replica.capacity": 1.0, "demand.requests_per_day": 0.35, "flow.demand.peak_rate": 0.7, "target.replicas": 1.0},
         10 * 0.002 * MONTH),
    ],
)  # fmt: skip
def test_a_month_at_ten_times_the_load_by_hand(stated, more, wanted):
    """At 10x a peak of 20/s needs ceil(20 / 0.7) = 29 replicas of 1/s; a peak of 7/s needs 10 at exactly 70 %."""
    assert number("flow.cost.month_10x", {**stated, **more}) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("capacity", "rate", "wanted"),
    [(1.0, 0.0, 3.0), (1.0, 0.5, 3.0), (1.0, 0.53, 4.0), (0.0, 0.5, 3.0), (0.0, 1.0, 6.0), (0.0, 0.25, 3.0)],
)
def test_replicas_by_hand(capacity, rate, wanted):
    """With four times the mean at the peak: 0.53 x 4 / 0.7 = 3.03 replicas; without a capacity in proportion."""
    prices = Prices({}, 0.002, replicas=3.0, replica_capacity=capacity or None, peak_over_mean=4.0)
    assert prices.replicas_at(rate, planned=0.5) == wanted


def test_replicas_that_nobody_pays_for_and_those_of_a_lower_bound_do_not_grow():
    assert Prices({}, 0.002, replica_capacity=1.0).replicas_at(50.0, planned=0.5) == 0.0
    assert Prices({}, 0.002, replicas=3.0, in_proportion=False).replicas_at(50.0, planned=0.5) == 3.0
    assert Prices({}, 0.002, replicas=3.0).replicas_at(50.0, planned=0.0) == 3.0


@pytest.mark.parametrize(("rate", "planned", "wanted"), [(10.0, 1.0, 0.75), (9.99, 1.0, 1.0), (10.0, 0.0, 1.0), (30.0, 1.0, 0.75)])  # fmt: skip
def test_the_discount_is_on_tokens_from_ten_times_the_planned_load(rate, planned, wanted):
    prices = Prices({"tokens": 1.0}, discount=0.25)
    assert prices.monthly(rate, planned=planned) == pytest.approx(wanted * rate * MONTH)
    assert Prices({"other": 1.0}, discount=0.25).monthly(rate, planned=planned) == pytest.approx(rate * MONTH)


@pytest.mark.parametrize(
    ("stated", "gone", "named", "low"),
    [
        (HOSTED, "cost.in_token", "cost.in_token", 0.0008 * 5_259_600),
        (HOSTED, "cost.out_token", "cost.out_token", 0.0010 * 5_259_600),
        (HOSTED, "flow.demand.peak_rate", "demand.peak_hour_share", 9467.28),
        (HOSTED, "demand.requests_per_day", "demand.requests_per_day", None),
        (OWN, "target.replicas", "target.replicas", None),
        (OWN, "target.count", "target.count", None),
        (OWN, "cost.gpu_hour", "cost.gpu_hour", None),
        (OWN, "flow.demand.peak_rate", "demand.peak_hour_share", 15_778.80),
    ],
)
def test_what_is_missing_leaves_a_lower_bound_and_is_named(stated, gone, named, low):
    found = derived("flow.cost.month", {key: value for key, value in stated.items() if key != gone})
    assert found.value is None
    assert named in found.inputs
    assert found.low == (None if low is None else pytest.approx(low))


def test_a_lower_bound_replaces_no_median_keeps_the_replicas_and_counts_no_idle_hour():
    tail = {k: v for k, v in HOSTED.items() if k != "demand.in_tokens_p50"} | {"demand.in_tokens_p95": 3000.0}
    assert number("flow.cost.month", tail) == pytest.approx((0.003 + 0.0008) * 5_259_600)
    bare = {k: v for k, v in tail.items() if k != "flow.demand.peak_rate"}
    assert derived("flow.cost.month", bare).low == pytest.approx(0.0008 * 5_259_600)
    later = {k: v for k, v in OWN.items() if k != "flow.demand.peak_rate"}
    assert derived("flow.cost.month_10x", later).low == pytest.approx(15_778.80)
    idle = {**OWN, "cost.scale_to_zero": True, "cost.fixed_month": 7.0}
    assert derived("flow.cost.month", idle).low == pytest.approx(7.0)
    assert "cost.duty" in derived("flow.cost.month", idle).inputs


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ({**HOSTED, "cost.egress": 5e-11}, {"cost.egress_bytes_per_request"}),
        ({**HOSTED, "cost.wage": 0.01}, {"oversight.review_share", "oversight.review_time"}),
        ({**HOSTED, "pilot.uses": ("llm", "retrieval")}, {"cost.retrieval_per_request"}),
        ({k: v for k, v in HOSTED.items() if k != "model.hosting"}, {"model.hosting"}),
        ({k: v for k, v in HOSTED.items() if k != "pilot.uses"}, {"pilot.uses"}),
        ({k: v for k, v in HOSTED.items() if not k.startswith("demand.out")}, {"demand.out_tokens_p95"}),
        ({k: v for k, v in OWN.items() if k not in ("cost.gpu_hour", "target.count")}, {"cost.gpu_hour", "target.count"}),
    ],
)  # fmt: skip
def test_a_price_that_is_begun_asks_for_its_rest(stated, names):
    assert set(derived("flow.cost.month", stated).inputs) == names


def test_a_request_costs_its_share_of_the_month():
    with_fixed = {**HOSTED, "cost.fixed_month": 5259.6}
    assert number("flow.cost.per_request", with_fixed) == pytest.approx(0.0028)
    assert number("flow.cost.per_request_10x", with_fixed) == pytest.approx(0.0019)
    assert "9,467.28 EUR per month / 5,259,600 requests" in derived("flow.cost.per_request", HOSTED).formula


def test_a_lower_bound_of_a_month_is_one_of_a_request_and_of_the_budget_and_an_upper_one_of_the_value():
    part = {k: v for k, v in HOSTED.items() if k != "cost.in_token"}
    assert derived("flow.cost.per_request", part).low == pytest.approx(0.0008)
    assert derived("flow.cost.per_request_10x", part).low == pytest.approx(0.0008)
    budget = derived("flow.cost.budget_share_10x", {**part, "cost.budget_12m": 1e6})
    assert budget.low == pytest.approx(12 * 0.0008 * 52_596_000 / 1e6)
    assert derived("flow.value.ratio", {**part, "value.value_per_request": 0.002}).high == pytest.approx(2.5)
    none = derived("flow.cost.budget_share_10x", {**part, "cost.budget_12m": 0.0})
    assert (none.value, none.low) == (None, None)


def test_no_request_has_no_cost():
    for name in ("flow.cost.month", "flow.cost.per_request", "flow.cost.egress_share"):
        found = derived(name, {**HOSTED, "demand.requests_per_day": 0.0})
        assert found.value is None
        assert "a cost per request needs requests" in found.why_unknown


def test_elasticity_is_the_slope_between_the_two_months():
    """9,567.28 EUR now, 71,104.60 EUR at ten times the load: log10(7.432) = 0.8711."""
    stated = {**HOSTED, "cost.fixed_month": 100.0, "cost.volume_discount_10x": 0.25}
    assert number("flow.cost.elasticity", stated) == pytest.approx(math.log10(71_104.60 / 9_567.28))
    assert number("flow.cost.elasticity", HOSTED) == pytest.approx(1.0)
    for now, later in ((0.0, 5.0), (5.0, 0.0)):
        found = derived("flow.cost.elasticity", {"flow.cost.month": now, "flow.cost.month_10x": later})
        assert "nothing costs anything" in found.why_unknown
    assert number("flow.cost.elasticity", {"flow.cost.month": 0.5, "flow.cost.month_10x": 0.5}) == 0.0


def test_shares_of_egress_and_budget_and_what_a_request_is_worth():
    sent = {**HOSTED, "cost.egress": 5e-11, "cost.egress_bytes_per_request": 4e6, "cost.fixed_month": 5259.6}
    assert number("flow.cost.egress_share", sent) == pytest.approx(0.0002 / 0.0030)
    assert "1,051.92 / 15,778.80 EUR per month" in derived("flow.cost.egress_share", sent).formula
    free = {
        **HOSTED,
        "cost.in_token": 0.0,
        "cost.out_token": 0.0,
        "cost.egress": 0.0,
        "cost.egress_bytes_per_request": 4e6,
    }
    assert number("flow.cost.egress_share", free) == 0.0
    assert set(derived("flow.cost.egress_share", HOSTED).inputs) == {
        "cost.egress",
        "cost.egress_bytes_per_request",
    }
    assert number("flow.cost.budget_share_10x", {**HOSTED, "cost.budget_12m": 2_272_147.2}) == pytest.approx(
        0.5
    )
    worth = {**HOSTED, "value.value_per_request": 0.009, "value.adoption_expected": 0.6}
    assert number("flow.value.ratio", worth) == pytest.approx(5.0)
    assert number("flow.value.break_even", worth) == pytest.approx(0.12)
    none = derived("flow.value.break_even", {**worth, "value.value_per_request": 0.0})
    assert "no adoption breaks even" in none.why_unknown


def test_the_formula_of_a_month_shows_its_parts():
    formula = derived("flow.cost.month", {**OWN, "cost.fixed_month": 100.0}).formula
    assert (
        formula
        == "(0 per request) x 1,314,900 requests + 3 replicas x 7.2/h + 100 fixed = 15,878.80 EUR per month"
    )
    grown = derived("flow.cost.month_10x", OWN).formula
    assert grown.startswith("(0 per request) x 13,149,000 requests + 30 replicas x 7.2/h + 0 fixed")
    later = derived("flow.cost.month_10x", {**HOSTED}).formula
    assert later.startswith(
        "(tokens 0.0018 per request) x 52,596,000 requests + 0 replicas x 0/h + 0 fixed = 94,672.80"
    )


def test_one_request_a_second_is_a_load_and_costs_what_a_request_costs():
    one = {**HOSTED, "demand.requests_per_day": 1.0}
    assert number("flow.cost.per_request", one) == pytest.approx(0.0018)
    less = {**HOSTED, "demand.requests_per_day": 0.5}
    assert number("flow.cost.per_request", less) == pytest.approx(0.0018)
    part = {k: v for k, v in less.items() if k != "cost.in_token"}
    assert derived("flow.cost.per_request", part).low == pytest.approx(0.0008)
    assert derived("flow.cost.month_10x", part).low == pytest.approx(10 * 0.0008 * 0.5 * MONTH)
    small = derived("flow.cost.budget_share_10x", {**part, "cost.budget_12m": 0.5})
    assert small.low == pytest.approx(12 * 10 * 0.0008 * 0.5 * MONTH / 0.5)
    cheap = {
        **HOSTED,
        "cost.in_token": 1e-11,
        "cost.out_token": 0.0,
        "cost.egress": 1e-14,
        "cost.egress_bytes_per_request": 1e6,
    }
    assert number("flow.cost.egress_share", cheap) == pytest.approx(0.5)


def test_hosts_beside_a_hosted_model_grow_with_its_load():
    hosted = {**HOSTED, "cost.host_hour": 0.0001, "target.replicas": 2.0, "flow.replica.capacity": 1.0}
    assert number("flow.cost.month_10x", hosted) == pytest.approx(94_672.80 + 115 * 0.0001 * MONTH)
    part = {k: v for k, v in hosted.items() if k != "cost.in_token"}
    assert derived("flow.cost.month_10x", part).low == pytest.approx(0.0008 * 52_596_000 + 0.0002 * MONTH)


@pytest.mark.parametrize(("rate", "cut"), [(4.9, 1.0), (5.0, 0.75)])
def test_the_discount_goes_by_the_load_that_is_planned(rate, cut):
    assert Prices({"tokens": 1.0}, discount=0.25).monthly(rate, planned=0.5) == pytest.approx(
        cut * rate * MONTH
    )
