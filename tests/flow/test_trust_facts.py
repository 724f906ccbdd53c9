"""Facts on trust and target: bounds by kind, life of a model, places, loads that many servers may reach, tokens."""

from __future__ import annotations

import flow_pilots as pilots
import pytest
from derived_one import bounds, ends

from poc_gate.flow.derive_facts import Deriver
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import FactTree


def fact(name, values, **items: tuple[str, ...]):
    return Deriver(pilots.tree(values, **items)).find(name)[0]


def value(name, values, **items: tuple[str, ...]):
    return fact(name, values, **items).value.value


def test_hundred_clean_injections_show_a_rate_below_three_percent():
    tried = {
        "evaluation.injection_indirect_attempts": 100.0,
        "evaluation.injection_indirect_successes": 0.0,
    }
    assert value("flow.injection.indirect_upper", tried) == pytest.approx(0.0295, abs=1e-4)


@pytest.mark.parametrize(
    ("stated", "days"),
    [
        ({"model.retires_on": "2024-01-04"}, -1053),
        ({"model.retires_on": "2027-06-30", "pilot.go_live": "2027-01-15"}, 166),
        ({"model.retires_on": "2027-06-30", "pilot.go_live": "2026-01-15"}, 220),
        ({"model.retirement_checked_on": "2026-11-01", "model.change_notice": 180 * 86400.0}, 159),
    ],
)
def test_a_model_is_served_from_launch_to_its_end_or_for_the_notice_owed(stated, days):
    assert value("flow.model.served_for", {"assessment.today": "2026-11-22", **stated}) / 86400 == days


def test_an_end_nobody_looked_for_is_unknown():
    unknown = fact("flow.model.served_for", {"assessment.today": "2026-11-22"})
    assert unknown.value is None
    assert "model.retires_on" in unknown.inputs


@pytest.mark.parametrize(
    ("allowed", "outside"), [(("eu",), 1), (("eu-central-1", "us-east-1"), 0), (("us",), 1), (("global",), 0)]
)
def test_places_are_held_against_the_allowed_regions(allowed, outside):
    stated = {
        "purpose.allowed_regions": allowed,
        "sources[a].region": "eu-central-1",
        "security.egress[model].region": "us-east-1",
    }
    assert value("flow.regions.outside", stated, sources=("a",), security__egress=("model",)) == outside


def test_a_place_that_nobody_named_is_not_inside():
    stated = {"purpose.allowed_regions": ("eu",), "sources[a].region": "eu-1"}
    lists = {"sources": ("a", "b"), "security__egress": ()}
    assert fact("flow.regions.outside", stated, **lists).value is None


def test_a_data_sheet_shows_no_machine():
    stated = {"machine.kind": "datasheet", "machine.fingerprint": "a", "target.fingerprint": "a"}
    assert fact("flow.machine.matches", stated).value is None
    assert fact("flow.machine.matches", {**stated, "machine.kind": "measured"}).value is True


def test_more_servers_may_be_busier_at_the_same_wait():
    from poc_gate.flow.facts.target_facts import WAIT_PER_SERVICE, allowed_utilisation
    from poc_gate.flow.formulas.load.queueing import mean_wait

    assert allowed_utilisation(1) == pytest.approx(0.7, abs=1e-6)
    loads = [allowed_utilisation(servers) for servers in (1, 2, 3, 4, 8, 64)]
    assert loads == sorted(loads)
    assert loads[-1] == pytest.approx(0.9)
    two = allowed_utilisation(2)
    assert mean_wait(two * 2, 1.0, 2) == pytest.approx(WAIT_PER_SERVICE, rel=1e-6)


def test_tokens_of_a_minute_are_expected_and_not_two_tails_multiplied():
    stated = {
        "demand.requests_per_day": 86400.0 / 86400,
        "demand.peak_hour_share": 1 / 24,
        "demand.burst_factor": 1.0,
        "demand.in_tokens_p50": 1000.0,
        "demand.in_tokens_p95": 4000.0,
        "demand.out_tokens_p50": 200.0,
        "demand.out_tokens_p95": 800.0,
        "model.quota_tokens": 4800.0,
    }
    expected = value("flow.quota.tokens_share", stated)
    worst = {k: v for k, v in stated.items() if not k.endswith("p50")}
    assert 0.3 < expected < 0.6
    assert value("flow.quota.tokens_share", worst) > 1.0


def test_what_is_described_and_not_listed_is_counted():
    stated = {"pilot.uses": ("llm",), "agent.tools": ("search",)}
    assert value("flow.scope.unlisted", stated) == 1
    assert value("flow.scope.unlisted", {**stated, "pilot.uses": ("llm", "agent")}) == 0
    assert Deriver(FactTree({})).find("flow.scope.unlisted")[0].value is None


@pytest.mark.parametrize(
    ("changes", "worst", "low"),
    [
        ({}, 0.0295, None),
        ({"evaluation.injection_direct_successes": 10.0}, 0.0825, None),
        ({"evaluation.injection_success": 0.9}, 0.9, None),
        ({"evaluation.injection_direct_attempts": None, "evaluation.injection_success": 0.9}, None, 0.9),
        (
            {"evaluation.injection_indirect_successes": None},
            None,
            None,
        ),  # 0 of 200 refutes nothing, nor do 100 tries
    ],
)
def test_the_worse_kind_of_injection_counts(
    changes: dict[str, float | None], worst: float | None, low: float | None
) -> None:
    stated = {"evaluation.injection_direct_attempts": 200.0, "evaluation.injection_direct_successes": 0.0,
              "evaluation.injection_indirect_attempts": 100.0, "evaluation.injection_indirect_successes": 0.0}  # fmt: skip
    known = {name: number for name, number in {**stated, **changes}.items() if number is not None}
    fact = Deriver(pilots.tree(known)).find("flow.injection.worst_upper")[0]
    found = None if fact.value is None else fact.value.value
    assert found == (None if worst is None else pytest.approx(worst, abs=1e-3))
    assert worst is not None or fact.low == (None if low is None else pytest.approx(low, abs=1e-3))


@pytest.mark.parametrize(
    ("values", "exists"),
    [
        ({"purpose.authority": "refund policy"}, True),
        ({"purpose.authority": "none", "sources[kb].critical": True}, False),
        ({"sources[kb].critical": True}, True),
        ({"sources[kb].critical": False}, None),
        ({}, None),
    ],
)
def test_critical_sources_are_what_answers_must_agree_with(values, exists):
    assert fact("flow.authority.exists", values, sources=("kb",)).value is exists


def test_the_worse_kind_has_the_ends_of_what_was_seen():
    """10 of 200 were seen to succeed, 8.33 % is the exact upper bound; without any try nothing is bounded."""
    tried = {"evaluation.injection_direct_attempts": 200.0, "evaluation.injection_direct_successes": 10.0,
             "evaluation.injection_indirect_attempts": 100.0, "evaluation.injection_indirect_successes": 0.0}  # fmt: skip
    assert ends("flow.injection.worst_upper", tried) == pytest.approx((0.08334, 0.05, 0.08334), abs=1e-5)
    assert fact("flow.injection.worst_upper", {}).low is None


def test_what_outsiders_write_is_no_authority():
    critical = {"sources[kb].critical": True}
    assert (
        fact("flow.authority.exists", {**critical, "sources[kb].untrusted": True}, sources=("kb",)).value
        is None
    )
    assert (
        fact("flow.authority.exists", {**critical, "sources[kb].untrusted": False}, sources=("kb",)).value
        is True
    )


def test_the_days_of_a_model_are_shown():
    ended = {"assessment.today": "2026-11-22", "model.retires_on": "2027-06-30"}
    assert fact("flow.model.served_for", ended).formula == "2027-06-30 - 2026-11-22 = 220 d"
    noticed = {"assessment.today": "2026-11-22", "model.retirement_checked_on": "2026-11-01"}
    shown = fact("flow.model.served_for", {**noticed, "model.change_notice": 180 * 86400.0}).formula
    assert shown.endswith("served for 159 d from 2026-11-22")


def test_a_result_that_is_accepted_pays_for_those_that_are_not():
    """3 cents a request, of which 60 % are accepted: 5 cents; of one that is never accepted there is no cost."""
    cost = {"flow.cost.per_request": 0.03, "cost.accepted_share": 0.6, "cost.currency": "EUR"}
    shown = fact("flow.cost.per_accepted", cost)
    assert (shown.value.value, shown.formula) == (pytest.approx(0.05), "0.03 EUR / 60 % accepted = 0.05 EUR")
    assert (
        "no result is accepted"
        in fact("flow.cost.per_accepted", {**cost, "cost.accepted_share": 0.0}).why_unknown
    )
    assert bounds("flow.cost.per_accepted", cost, "cost.accepted_share") == (pytest.approx(0.03), None)


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ({"pilot.uses": ("llm",)}, "none"),
        ({"pilot.uses": (), "model.kind": "llm"}, "llm"),
        ({"pilot.uses": ("llm",), "model.kind": "llm"}, "none"),
        ({"pilot.uses": (), "model.kind": "classic-ml"}, "none"),
        ({"pilot.uses": (), "agent.tools": (), "training.step_time": 0.3, "retrieval.index": "flat"}, "retrieval, training"),
    ],
)  # fmt: skip
def test_techniques_that_are_not_listed_are_named(stated, shown):
    found = fact("flow.scope.unlisted", stated)
    assert found.formula == f"described but not listed: {shown}"
    assert found.value.value == (0 if shown == "none" else shown.count(",") + 1)


def test_a_scan_was_read_or_is_missing_where_what_ships_was():
    scanned = {"scan.of_packages": True, "scan.tool": "trivy"}
    assert (fact("flow.scan.read", scanned).value, fact("flow.scan.read", scanned).formula) == (
        True,
        "read: trivy",
    )
    assert fact("flow.scan.read", {"scan.of_packages": True}).formula == "read: none"
    assert fact("flow.scan.read", {"scan.tool": "trivy"}).formula == "read: none"
    pinned = pilots.fact("target.image_pinned", "sha256", Provenance.IMPORTED)
    read = Deriver(FactTree({pinned.name: pinned})).find("flow.scan.read")[0]
    assert (read.value, read.inputs) == (None, ("scan.findings_critical",))
    both = {**pilots.tree(scanned).facts, pinned.name: pinned}
    assert Deriver(FactTree(both)).find("flow.scan.read")[0].value is True
    assert fact("flow.scan.read", {"target.image_pinned": True}).value is False
