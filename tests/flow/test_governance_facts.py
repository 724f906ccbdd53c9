"""Sample sizes, reviews, lead times, contracts and alerts, each worked out by hand: Q21, Q22, Q24 and Q27."""

from __future__ import annotations

import pytest
from derived_one import bounds, derived, ends, number

REVIEWED = {
    "demand.requests_per_day": 1000 / 86400, "oversight.review_share": 0.1, "oversight.review_time": 120.0, "oversight.reviewers": 2.0,
    "oversight.shift": 25200.0,
}  # fmt: skip
ASKED = {
    "people.approvals[a].status": "pending", "people.approvals[a].lead_time": 86400.0, "people.approvals[b].status": "not-asked",
    "people.approvals[b].lead_time": 172800.0, "people.approvals[c].status": "granted",
}  # fmt: skip
CAB = {"people__approvals": ("c", "a", "b")}
WAITING = {
    "sources[a].prod_access": "pending", "sources[a].access_lead_time": 86400.0, "sources[b].prod_access": "pending",
    "sources[b].access_lead_time": 259200.0, "sources[c].prod_access": "granted",
}  # fmt: skip
SOURCES = {"sources": ("c", "a", "b")}
CONTRACTS = {
    "sources[a].contract": "a.yaml", "sources[b].contract": "None", "sources[c].contract": "c.yaml", "sources[d].contract": "none",
    "sources[c].critical": False, "sources[a].critical": True,
}  # fmt: skip
FOUR = {"sources": ("a", "b", "c", "d")}


def test_three_words_say_what_is_done():
    found = derived("flow.purpose.described", {"purpose.intended_use": "answers tax questions"})
    assert (found.value, found.formula) == (True, "3 words say what it does")
    product = derived("flow.purpose.described", {"purpose.intended_use": "AI  assistant"})
    assert (product.value, product.inputs) == (None, ())
    assert product.why_unknown == "'AI assistant' names a product, not what it does and for whom"
    assert derived("flow.purpose.described", {}).inputs == ("purpose.intended_use",)


def test_149_cases_without_failure_show_two_percent():
    """By ln 0.05 / ln 0.98 = 148.3; four failures of 400 leave 2.27 % possible (Clopper and Pearson)."""
    found = derived("flow.evaluation.n_needed", {"evaluation.failure_max": 0.02})
    assert (found.value.value, found.formula) == (149, "ln(0.05) / ln(1 - 0.02) = 149 cases without failure")
    seen = derived("flow.evaluation.failure_upper", {"evaluation.n": 400.0, "evaluation.failures": 4.0})
    assert seen.value.value == pytest.approx(0.02273, abs=1e-5)
    assert seen.formula.startswith("95 % upper bound of 4 failures in 400 cases")


def test_reviews_take_a_quarter_of_two_shifts():
    """100 reviews of 2 minutes a day against two shifts of 7 hours: 12,000 of 50,400 s."""
    found = derived("flow.review.load", REVIEWED)
    assert found.value.value == pytest.approx(12000 / 50400)
    shown = "requests/day x share x time / (reviewers x shift) = 1,000 x 0.1 x 2 min / (2 x 7 h) = 0.238"
    assert found.formula == shown
    assert bounds("flow.review.load", REVIEWED, "oversight.review_share") == (
        None,
        pytest.approx(120000 / 50400),
    )


def test_approvals_are_given_one_after_the_other():
    found = derived("flow.approvals.lead_time", ASKED, **CAB)
    assert (found.value.value, found.formula) == (259200.0, "a 1 d + b 2 d = 3 d")
    done = derived("flow.approvals.lead_time", {}, people__approvals=())
    assert (done.value.value, done.formula) == (0.0, "no approval is outstanding = 0 s")
    assert derived("flow.approvals.lead_time", ASKED).inputs == ("people.approvals",)
    refused = derived("flow.approvals.lead_time", {**ASKED, "people.approvals[b].status": "refused"}, **CAB)
    assert refused.why_unknown == "b was refused: no lead time leads to a launch"
    assert bounds("flow.approvals.lead_time", ASKED, "people.approvals[b].lead_time", **CAB) == (
        86400.0,
        None,
    )
    for gone in ("status", "lead_time"):
        some = {name: value for name, value in ASKED.items() if name != f"people.approvals[b].{gone}"}
        assert derived("flow.approvals.lead_time", some, **CAB).inputs == (f"people.approvals[b].{gone}",)


def test_accesses_are_granted_side_by_side():
    found = derived("flow.access.lead_time", WAITING, **SOURCES)
    assert (found.value.value, found.formula) == (259200.0, "longest of 2 outstanding accesses = 3 d")
    assert number("flow.access.lead_time", WAITING, sources=("c",)) == 0.0
    assert derived("flow.access.lead_time", WAITING).inputs == ("sources",)
    for gone in ("prod_access", "access_lead_time"):
        some = {name: value for name, value in WAITING.items() if name != f"sources[b].{gone}"}
        assert derived("flow.access.lead_time", some, **SOURCES).inputs == (f"sources[b].{gone}",)


def test_days_to_the_launch():
    days = {"assessment.today": "2026-11-22", "pilot.go_live": "2027-01-15"}
    found = derived("flow.time_to_launch", days)
    assert (found.value.value, found.formula) == (54 * 86400.0, "2027-01-15 - 2026-11-22 = 54 d")
    timed = {"assessment.today": "2026-11-22T23:00", "pilot.go_live": "2027-01-15T01:00"}
    assert number("flow.time_to_launch", timed) == 54 * 86400.0
    for name in days:
        assert derived("flow.time_to_launch", {n: d for n, d in days.items() if n != name}).inputs == (name,)


def test_twenty_steps_of_97_percent_end_well_every_second_time():
    """0.97^20 = 0.5438; at the ends 0.9^30 = 0.0424 and 0.99^10 = 0.9044."""
    steps = {"agent.step_success": 0.97, "agent.steps_typical": 20.0}
    loose = {"agent.step_success": (0.9, 0.99), "agent.steps_typical": (10.0, 30.0)}
    assert ends("flow.agent.chain_success", steps, loose) == pytest.approx((0.5438, 0.0424, 0.9044), abs=1e-4)
    assert derived("flow.agent.chain_success", steps).formula == "step success ^ steps = 0.97 ^ 20 = 0.5438"


@pytest.mark.parametrize(
    ("fact", "more", "wanted"),
    [
        ("coverage", {}, (0.5, 0.5, 0.5)),
        ("coverage_critical", {}, (1 / 3, 1 / 3, 1 / 3)),
        ("coverage", {"sources[c].contract": ""}, (None, 0.25, 0.5)),
        ("coverage_critical", {"sources[c].contract": ""}, (1 / 3, 1 / 3, 1 / 3)),
        ("coverage", {"sources[a].contract": "", "sources[c].contract": ""}, (None, None, 0.5)),
        ("coverage_critical", {"sources[b].contract": ""}, (None, 1 / 3, 2 / 3)),
    ],
)
def test_the_share_of_sources_with_a_contract(fact, more, wanted):
    """Of four a and c have one; c is not critical; who says nothing of a source calls it critical; `none` is none."""
    found = ends(f"flow.contracts.{fact}", {**CONTRACTS, **more}, **FOUR)
    assert found == tuple(None if end is None else pytest.approx(end) for end in wanted)


def test_contracts_that_are_missing_are_named():
    shown = derived("flow.contracts.coverage_critical", CONTRACTS, **FOUR).formula
    assert shown == "1 of 3 sources have a contract = 0.333"
    some = {**CONTRACTS, "sources[b].contract": "", "sources[d].contract": ""}
    asked = derived("flow.contracts.coverage", some, **FOUR).inputs
    assert asked == ("sources[b].contract", "sources[d].contract")
    assert derived("flow.contracts.coverage", CONTRACTS).inputs == ("sources",)
    assert derived("flow.contracts.coverage", {}, sources=()).why_unknown == "no source is listed"
    none = derived("flow.contracts.coverage_critical", CONTRACTS, sources=("c",))
    assert none.why_unknown == "no critical source is listed"


def test_one_system_in_two_regions_counts_twice():
    stated = {
        "sources[a].system": "pg",
        "sources[a].region": "eu",
        "sources[b].system": "pg",
        "sources[b].region": "us",
    }
    stated |= {"sources[c].system": "pg", "sources[c].region": "eu"}
    found = derived("flow.sources.systems", stated, **SOURCES)
    assert (found.value.value, found.formula) == (2.0, "different systems and regions among the sources = 2")
    silent = {name: value for name, value in stated.items() if name != "sources[b].system"}
    assert derived("flow.sources.systems", silent, **SOURCES).inputs == ("sources[b].system",)
    assert derived("flow.sources.systems", stated).inputs == ("sources",)


def test_alerts_cover_all_objectives_or_none():
    stated = {"slo.p50": 1.0, "slo.p95": 2.0, "slo.p99": 3.0, "slo.ttft": 0.5, "slo.availability": 0.99}
    for burn, share, shown in ((True, 1.0, "5 of 5"), (False, 0.0, "0 of 5")):
        found = derived("flow.alerts.slo_coverage", {**stated, "monitoring.burn_alerts": burn})
        assert (found.value.value, found.formula) == (share, f"burn alerts on {shown} objectives")
    assert derived("flow.alerts.slo_coverage", stated).inputs == ("monitoring.burn_alerts",)
    none = derived("flow.alerts.slo_coverage", {"monitoring.burn_alerts": True})
    assert none.inputs == ("slo.p99", "slo.availability")
