"""A load test held against the plan: peak, length, model, payloads; several tests; closed and failed ones."""

from __future__ import annotations

import json

import pytest
from seen import FILES, fact, facts, look, said, value, written

from poc_gate.app.imports.observed_files import Declared
from poc_gate.app.imports.one_load_test import of_one_load_test
from poc_gate.app.imports.planned_peak import PEAK, planned_peak
from poc_gate.model.claim import Claim, Place, Provenance
from poc_gate.model.quantity import Quantity
from poc_gate.text.model_names import same_model

GUIDE = FILES / "guidellm-0.8.1" / "constant.json"


def plan(peak: float | None = None, **values: str | Quantity) -> Declared:
    named = {name.replace("__", "."): held for name, held in values.items()}
    if peak is not None:
        named[PEAK] = Quantity(peak, "req/s")
    return Declared({"sources": ()}, named)


def test_the_steps_at_or_above_the_peak_count():
    seen = look(GUIDE, declared=plan(10.0))
    assert value(seen, "operations.load_test_rate") == pytest.approx(1.217, abs=0.01)
    assert value(seen, "operations.load_test_duration") == pytest.approx(6.0, abs=0.01)
    assert fact(seen, "operations.load_test_rate").provenance is Provenance.MEASURED
    both = look(GUIDE, declared=plan(3.0))
    assert value(both, "operations.load_test_duration") == pytest.approx(12.0, abs=0.01)


def test_below_the_peak_says_so():
    seen = look(GUIDE, declared=plan(100.0))
    assert value(seen, "operations.load_test_rate") == pytest.approx(0.1217, abs=0.001)
    assert "what happens at the peak was not tested" in said(seen)


def test_without_a_planned_peak_there_is_no_ratio():
    seen = look(GUIDE, declared=plan())
    assert "operations.load_test_rate" not in facts(seen)
    assert "planned peak is not known" in said(seen, "question")


def test_another_model_is_a_question_and_states_nothing_of_the_pilot():
    seen = look(GUIDE, declared=plan(10.0, model__name="Qwen2.5-7B-Instruct"))
    assert not any(name.startswith("operations.") for name in facts(seen))
    assert "asked for the model small-model" in said(seen, "question")


def test_smaller_payloads_are_another_load():
    tokens = Quantity(1500.0, "tok")
    seen = look(GUIDE, declared=plan(10.0, demand__in_tokens_p50=tokens))
    assert value(seen, "operations.load_test_on_target") is False
    assert "prompts of 18 tokens where 1,500 are planned" in said(seen)
    same = look(GUIDE, declared=plan(10.0, demand__in_tokens_p50=Quantity(18.0, "tok")))
    assert "operations.load_test_on_target" not in facts(same)


@pytest.mark.parametrize(
    ("tested", "planned", "same"),
    [
        ("Qwen/Qwen2.5-7B-Instruct", "qwen2.5-7b-instruct", True),
        ("/models/qwen2.5-7b-instruct/", "Qwen2.5 7B Instruct", True),
        ("llama-3.1-8b-instruct-awq", "meta-llama/Llama-3.1-8B-Instruct", True),
        ("gpt-4o", "gpt-4o-mini-2024-07-18", True),
        ("llama-3.1-70b", "llama-3.1-8b", False),
        ("a", "ab", False),
    ],
)
def test_names_of_one_model(tested, planned, same):
    assert same_model(tested, planned) is same


def test_a_run_in_which_everything_failed_proves_no_load(tmp_path):
    report = json.loads((FILES / "replicas" / "vegeta-report.json").read_text())
    report |= {"success": 0, "status_codes": {"0": 12000}}
    seen = look(written(tmp_path, report), declared=plan(1.0))
    assert value(seen, "load_test.error_rate") == 1.0
    assert facts(seen).isdisjoint(
        {"load_test.p50", "load_test.rate", "operations.load_test_rate", "operations.load_test_duration"}
    )
    assert "every one of the 12,000 requests failed" in said(seen)


def test_the_configured_rate_is_not_what_was_sent(tmp_path):
    report = json.loads((FILES / "inference-perf-0.7.0" / "stage_1_lifecycle_metrics.json").read_text())
    report["load_summary"] |= {"requested_rate": 60.0}
    seen = look(written(tmp_path, report, "stage_1_lifecycle_metrics.json"))
    assert "60 requests per second were configured" in said(seen)
    assert value(seen, "load_test.rate") == pytest.approx(report["load_summary"]["achieved_rate"])


def test_of_several_tests_the_one_that_covers_the_peak_states_facts():
    tests = (
        look(GUIDE, declared=plan(5.0)),
        look(FILES / "replicas" / "vegeta-report.json", declared=plan(5.0)),
    )
    first, second = of_one_load_test(tests)
    assert not first.observations
    assert "covers the planned peak better" in said(first, "ignored")
    assert value(second, "operations.load_test_duration") == pytest.approx(1801, abs=1)


def test_the_planned_peak_follows_from_the_claims():
    place = Place("pilot.yaml", 1, 1)
    stated = [
        ("demand.requests_per_day", Quantity(1.0, "req/s")),
        ("demand.peak_hour_share", Quantity(0.2)),
        ("demand.burst_factor", Quantity(1.5)),
    ]
    claims = [Claim(name, held, Provenance.DECLARED, place) for name, held in stated]
    assert planned_peak(claims)[PEAK].value == pytest.approx(86400 * 0.2 / 3600 * 1.5)
    assert planned_peak([]) == {}
    assert planned_peak(claims[1:]) == {}
