"""Time words of contracts and objectives: what is measured decides, and what cannot be read is a question."""

from __future__ import annotations

import json

import pytest
from stated_facts import messages, value

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact

_HOUR, _DAY = 3600.0, 86400.0


def _objective(indicator: dict[str, object], objective: dict[str, object]) -> ImportResult:
    spec = {
        "service": "a",
        "indicator": {"metadata": {"name": "i"}, "spec": indicator},
        "timeWindow": [{"duration": "28d", "isRolling": True}],
        "budgetingMethod": "Occurrences",
        "objectives": [objective],
    }
    data = {"apiVersion": "openslo/v1", "kind": "SLO", "metadata": {"name": "a"}, "spec": spec}
    return read_artifact(json.dumps(data).encode(), "slo.yaml")


def _query(text: str) -> dict[str, object]:
    return {"metricSource": {"type": "Prometheus", "spec": {"query": text}}}


@pytest.mark.parametrize(
    ("query", "fact", "seconds"),
    [
        ('http_request_duration_seconds{quantile="0.5"}', "slo.p50", 0.4),
        ('http_request_duration_seconds{quantile="0.99"}', "slo.p99", 0.4),
        ('http_request_duration_seconds{quantile="0.5"}', "slo.p99", None),
        ("job:http_request_duration_seconds:mean5m", "slo.p99", None),
        ("http_request_duration_seconds_avg", "slo.p99", None),
        ("http_request_average_duration_seconds", "slo.p99", None),
    ],
)
def test_a_threshold_holds_at_the_quantile_of_its_query(query: str, fact: str, seconds: float | None) -> None:
    result = _objective({"thresholdMetric": _query(query)}, {"op": "lte", "value": 0.4, "target": 0.99})
    assert value(result, fact) == seconds


def test_requests_between_two_edges_of_a_histogram_bound_nothing() -> None:
    good = 'sum(rate(a_request_duration_seconds_bucket{le="0.5"}[5m])) - sum(rate(a_request_duration_seconds_bucket{le="0.1"}[5m]))'
    ratio = {
        "counter": True,
        "good": _query(good),
        "total": _query("sum(rate(a_request_duration_seconds_count[5m]))"),
    }
    result = _objective({"ratioMetric": ratio}, {"target": 0.99})
    assert value(result, "slo.p99") is None
    assert any("two edges" in message for message in messages(result, "question"))


@pytest.mark.parametrize("error_after", [{"count": 1, "period": "week"}, {"count": -6, "period": "hour"}])
def test_a_criterion_that_dbt_does_not_know_is_a_question(error_after: dict[str, object]) -> None:
    data = {
        "metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"},
        "nodes": {},
        "sources": {"source.a.raw.orders": {"freshness": {"error_after": error_after}}},
    }
    result = read_artifact(json.dumps(data).encode(), "manifest.json", prefix="sources[x]")
    assert value(result, "sources[x].freshness_promised") is None
    assert messages(result, "question")


def _contract(levels: str) -> ImportResult:
    text = f"dataContractSpecification: 1.1.0\nid: a\ninfo: {{title: a, version: 1.0.0, owner: team}}\nservicelevels:\n{levels}"
    return read_artifact(text.encode(), "datacontract.yaml", prefix="sources[x]")


@pytest.mark.parametrize(
    ("frequency", "seconds"),
    [
        ("{type: batch, interval: daily, cron: '0 0 * * 0'}", 7 * _DAY),
        ("{type: batch, interval: weekly, cron: '0 * * * *'}", 7 * _DAY),
        ("{type: batch, cron: '0 6 * * 1-5'}", 3 * _DAY),
        ("{type: batch, interval: 6 hours}", 6 * _HOUR),
    ],
)
def test_of_an_interval_and_a_schedule_the_longer_counts(frequency: str, seconds: float) -> None:
    assert value(_contract(f"  frequency: {frequency}\n"), "sources[x].refresh") == seconds


@pytest.mark.parametrize("kind", ["manual", "batch", "micro-batching"])
def test_a_frequency_without_an_interval_is_a_question_and_no_freshness_replaces_it(kind: str) -> None:
    result = _contract(f"  frequency: {{type: {kind}}}\n  freshness: {{threshold: 1 week}}\n")
    assert value(result, "sources[x].refresh") is None
    assert value(result, "sources[x].freshness_promised") == 7 * _DAY
    assert any("frequency" in message for message in messages(result, "question"))


def test_a_file_of_a_known_kind_that_states_nothing_says_so() -> None:
    rules = "groups:\n- name: a\n  rules:\n  - alert: SlowP95\n    expr: rate(x_total[5m]) > 0.3\n"
    result = read_artifact(rules.encode(), "rules.yaml")
    assert not result.claims
    assert any("contains nothing that poc-gate reads" in message for message in messages(result, "warning"))
