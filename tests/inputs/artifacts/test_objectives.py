"""SLO files: units that no field gives, windows, several objectives and services, alerts, connection details."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from artifact_samples import OPENSLO_ALPHA, OPENSLO_V1, OPENSLO_V2, SLOTH, SLOTH_CRD
from stated_facts import claim, messages, read_text, value

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact

FILES = Path(__file__).parent / "files" / "openslo"


def published(name: str) -> ImportResult:
    return read_artifact((FILES / name).read_bytes(), name)


def test_the_published_files() -> None:
    first = published("sloth-getting-started.v1alpha.yml")
    assert (value(first, "slo.availability"), value(first, "slo.window")) == (0.999, 30 * 86_400)
    second = published("sloth-kubernetes-apiserver.v1alpha.yml")
    assert (value(second, "slo.availability"), value(second, "slo.p99")) == (0.999, 0.4)
    found = claim(second, "slo.p99")
    assert found is not None
    assert "seconds from the metric's name" in found.note
    third = published("openslo-low-traffic-timeslices.yaml")
    assert (value(third, "slo.availability"), value(third, "slo.window")) == (0.9995, 7 * 86_400)


def test_a_window_of_one_minute_is_a_month_written_wrongly_and_asked_about() -> None:
    result = published("openslo-timeslices.yaml")
    assert value(result, "slo.window") is None
    assert "`1m`" in messages(result, "question")[0]
    assert value(result, "slo.availability") == 0.995
    found = claim(result, "slo.availability")
    assert found is not None
    assert "the others are 99 %" in found.note


def test_a_list_of_objects_with_the_indicator_apart() -> None:
    result = read_artifact(OPENSLO_V1.content, OPENSLO_V1.file)
    assert value(result, "slo.p95") == pytest.approx(0.8)
    assert value(result, "slo.window") == 28 * 86_400


def test_connection_details_are_dropped_unread() -> None:
    result = read_artifact(OPENSLO_V1.content, OPENSLO_V1.file)
    assert [text for text in messages(result, "secret") if "connection details" in text]
    assert "AK-very-private-1234" not in repr(result)


def test_the_other_versions() -> None:
    alpha = read_artifact(OPENSLO_ALPHA.content, OPENSLO_ALPHA.file)
    assert (value(alpha, "slo.availability"), value(alpha, "slo.window")) == (0.995, 28 * 86_400)
    second = read_artifact(OPENSLO_V2.content, OPENSLO_V2.file)
    assert value(second, "slo.availability") == pytest.approx(0.995)
    assert value(second, "slo.window") == 30 * 86_400


def threshold(query: str, amount: float = 0.5, target: float = 0.99) -> ImportResult:
    return read_text(
        f"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {{name: latency}}
        spec:
          service: chat
          indicator: {{metadata: {{name: l}}, spec: {{thresholdMetric: {{metricSource: {{type: P, spec: {{query: '{query}'}}}}}}}}}}
          timeWindow: [{{duration: 30d, isRolling: true}}]
          budgetingMethod: Occurrences
          objectives: [{{op: lte, value: {amount}, target: {target}}}]
        """,
        "slo.yaml",
    )


@pytest.mark.parametrize(
    ("query", "amount", "seconds"),
    [
        ("request_duration_seconds", 0.5, 0.5),
        ("request_duration_milliseconds", 500, 0.5),
        ("request_duration_ms", 250, 0.25),
        ("request_duration_seconds_bucket", 2, 2.0),
    ],
)
def test_the_unit_comes_from_the_metrics_name(query: str, amount: float, seconds: float) -> None:
    assert value(threshold(query, amount), "slo.p99") == pytest.approx(seconds)


@pytest.mark.parametrize(
    "query",
    ["http.server.request.duration", "latency", "request_seconds * 1000", "a_seconds / b_milliseconds"],
)
def test_a_value_without_unit_is_a_question(query: str) -> None:
    result = threshold(query, 100)
    assert value(result, "slo.p99") is None
    assert "has no unit" in messages(result, "question")[0]


@pytest.mark.parametrize(
    ("target", "fact"),
    [(0.5, "slo.p50"), (0.95, "slo.p95"), (0.99, "slo.p99"), (0.999, "slo.p99"), (0.97, "slo.p95")],
)
def test_the_target_is_the_quantile(target: float, fact: str) -> None:
    result = threshold("request_duration_seconds", 0.5, target)
    assert value(result, fact) == 0.5
    assert len([one for one in result.claims if one.fact.startswith("slo.p")]) == 1


def test_a_quantile_computed_by_the_query_wins_over_the_target() -> None:
    result = threshold("histogram_quantile(0.95, rate(request_duration_seconds_bucket[5m]))", 0.5, 0.99)
    assert (value(result, "slo.p95"), value(result, "slo.p99")) == (0.5, None)


def test_time_to_first_token_is_told_apart() -> None:
    result = threshold("vllm:time_to_first_token_seconds_bucket", 1.5, 0.95)
    assert (value(result, "slo.ttft"), value(result, "slo.p95")) == (1.5, None)


def test_several_services_are_a_question_unless_one_is_named() -> None:
    second = OPENSLO_ALPHA.content.replace(b"service: search", b"service: index").replace(b"0.995", b"0.9")
    both = OPENSLO_ALPHA.content + b"---\n" + second
    result = read_artifact(both, "slo.yaml")
    assert value(result, "slo.availability") is None
    assert "2 services: index, search" in messages(result, "question")[0]
    assert value(read_artifact(both, "slo.yaml", option="index"), "slo.availability") == 0.9
    assert messages(read_artifact(both, "slo.yaml", option="other"), "question")


def test_a_ratio_of_something_else_is_no_availability() -> None:
    other = OPENSLO_ALPHA.content.replace(b"search-availability", b"answer-quality").replace(
        b"Search is available", b"Grounded"
    )
    other = other.replace(b'http_requests_total{code!~"5.."}', b"grounded_total").replace(
        b"http_requests_total", b"answers_total"
    )
    result = read_artifact(other, "slo.yaml")
    assert value(result, "slo.availability") is None
    assert messages(result, "warning")


def test_burn_alerts_need_two_windows_for_each_objective() -> None:
    policy = """
        apiVersion: openslo/v1
        kind: AlertPolicy
        metadata: {name: fast}
        spec:
          conditions:
            - {kind: AlertCondition, spec: {severity: page, condition: {kind: burnrate, op: lte, threshold: 14, lookbackWindow: 1h}}}
            - {kind: AlertCondition, spec: {severity: page, condition: {kind: burnrate, op: lte, threshold: 14, lookbackWindow: 5m}}}
        """
    slo = OPENSLO_V2.content.decode() + "  alertPolicies: [fast]\n"
    assert (
        value(
            read_text(slo + "---\n" + "\n".join(line[8:] for line in policy.splitlines()), "slo.yaml"),
            "monitoring.burn_alerts",
        )
        is True
    )
    assert value(read_text(slo, "slo.yaml"), "monitoring.burn_alerts") is None


def test_sloth_files_and_objects() -> None:
    result = read_artifact(SLOTH.content, SLOTH.file)
    assert value(result, "slo.availability") == pytest.approx(0.999)
    assert value(result, "slo.p99") == 0.5
    assert value(result, "monitoring.burn_alerts") is True
    crd = read_artifact(SLOTH_CRD.content, SLOTH_CRD.file)
    assert value(crd, "slo.availability") == pytest.approx(0.995)
    assert value(crd, "monitoring.burn_alerts") is None


@pytest.mark.parametrize(
    "expression",
    [
        # kube-prometheus: the API server's error budget, Prometheus' own queue, pods moved off a node
        "sum(apiserver_request:burnrate1h) > (14.40 * 0.01) and sum(apiserver_request:burnrate5m) > (14.40 * 0.01)",
        "prometheus_notifications_queue_length[5m] > 100",
        "sum(rate(kubelet_evictions[15m])) by (cluster, eviction_signal) > 0",
    ],
)
def test_alerts_on_the_platform_itself_say_nothing_of_the_pilot(expression: str) -> None:
    rules = [{"alert": f"ErrorBudgetBurn{at}", "expr": expression} for at in range(2)]
    result = read_artifact(json.dumps({"groups": [{"name": "a", "rules": rules}]}).encode(), "rules.json")
    assert value(result, "monitoring.burn_alerts") is None
    assert value(result, "monitoring.saturation_metrics") is None


def test_the_same_forms_over_the_pilots_metrics_count() -> None:
    burn = "sum(slo:errors:ratio_rate1h) > (14.40 * 0.01) and sum(slo:errors:ratio_rate5m) > (14.40 * 0.01)"
    full = "kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.03"
    rules = [{"alert": f"a{at}", "expr": burn} for at in range(2)]
    rules += [{"alert": "b", "expr": "vllm:num_requests_waiting > 4"}, {"alert": "c", "expr": full}]
    result = read_artifact(json.dumps({"groups": [{"name": "a", "rules": rules}]}).encode(), "rules.json")
    assert value(result, "monitoring.burn_alerts") is True
    assert value(result, "monitoring.saturation_metrics") == ("queue", "storage")


def test_a_target_and_a_window_that_stand_one_level_up_are_read_with_a_warning() -> None:
    result = read_text(
        """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: cart-availability}
        spec:
          service: cart
          target: 99.9
          timeWindow: {duration: 30d, isRolling: true}
          indicator: {spec: {ratioMetric: {good: {metricSource: {spec: {query: 'sum(rate(ok_total[5m]))'}}}}}}
        """,
        "cart.slo.yaml",
    )
    assert value(result, "slo.availability") == 0.999
    assert value(result, "slo.window") == 30 * 86400
    assert any("next to the objectives" in message for message in messages(result, "warning"))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("time() - max(index_last_success_timestamp_seconds)", "age of data"),
        ("data_age_seconds", "age of data"),
        ("kafka_consumer_lag_seconds", "age of data"),
        (
            "rate(http_request_duration_seconds_sum[5m]) / rate(http_request_duration_seconds_count[5m])",
            "mean",
        ),
        ("avg_over_time(request_duration_seconds[5m])", "mean"),
        ("vllm:request_queue_time_seconds_bucket", "part of a request"),
        ("vllm:inter_token_latency_seconds_bucket", "part of a request"),
        ("batch_job_duration_seconds", "run or a wait"),
        ("widget_seconds", "does not say"),
    ],
)
def test_a_time_that_is_no_response_time_is_a_question(query: str, words: str) -> None:
    text = threshold(query, 900).notices
    result = threshold(query, 900)
    if words == "does not say":
        result = read_artifact(SECONDS.replace("QUERY", query).encode(), "slo.yaml")
        text = result.notices
    assert [one.fact for one in result.claims if one.fact.startswith("slo.p")] == []
    assert any(words in notice.message for notice in text if notice.kind == "question")


SECONDS = """
apiVersion: openslo/v1
kind: SLO
metadata: {name: a}
spec:
  service: chat
  indicator: {metadata: {name: l}, spec: {thresholdMetric: {metricSource: {type: P, spec: {query: 'QUERY'}}}}}
  timeWindow: [{duration: 30d, isRolling: true}]
  budgetingMethod: Occurrences
  objectives: [{op: lte, value: 900, target: 0.99}]
"""


def test_a_ratio_of_fresh_data_is_no_availability() -> None:
    text = SECONDS.replace("metadata: {name: a}", "metadata: {name: index-freshness}").replace(
        "thresholdMetric: {metricSource: {type: P, spec: {query: 'QUERY'}}}",
        "ratioMetric: {good: {metricSource: {spec: {query: index_success_total}}}, total: {metricSource: {spec: {query: index_total}}}}",
    )
    result = read_artifact(text.replace("op: lte, value: 900, ", "").encode(), "slo.yaml")
    assert value(result, "slo.availability") is None


def test_the_nines_of_an_objective_are_shown() -> None:
    second = (
        "  - {name: b, objective: 99.99999, sli: {events: {error_query: a, total_query: b}}, alerting: {}}"
    )
    text = f"version: prometheus/v1\nservice: s\nslos:\n  - {{name: a, objective: 99.999999, sli: {{events: {{error_query: a, total_query: b}}}}, alerting: {{}}}}\n{second}\n"
    found = claim(read_text(text, "a.sloth.yaml"), "slo.availability")
    assert found is not None
    assert str(found.value) != "100 %"
    assert "99.99999 %" in found.note


@pytest.mark.parametrize(
    ("metric", "fact"),
    [
        ("batch_job_duration_seconds", ""), ("deployment_duration_seconds", ""), ("user_session_duration_seconds", ""),
        ("db_query_duration_seconds", ""), ("redis_command_duration_seconds", ""), ("pod_start_duration_seconds", ""),
        ("embedding_latency_seconds", ""), ("http_request_duration_seconds", "slo.p99"),
        ("grpc_server_handling_seconds", "slo.p99"), ("llm_generation_latency_seconds", "slo.p99"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("labels", ["", 'job="api",', 'service="http-requests",'])
def test_the_metric_that_holds_the_time_decides_what_it_is_and_not_a_label_or_the_other_half(
    metric: str, fact: str, labels: str
) -> None:
    result = read_text(
        f"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {{name: objective}}
        spec:
          service: llm
          budgetingMethod: Occurrences
          timeWindow: [{{duration: 28d, isRolling: true}}]
          indicator:
            metadata: {{name: i}}
            spec:
              ratioMetric:
                counter: true
                good: {{metricSource: {{type: Prometheus, spec: {{query: 'sum(rate({metric}_bucket{{{labels}le="2"}}[5m]))'}}}}}}
                total: {{metricSource: {{type: Prometheus, spec: {{query: 'sum(rate({metric}_count{{{labels}}}[5m]))'}}}}}}
          objectives: [{{target: 0.99}}]
        """,
        "slo.yaml",
    )
    assert value(result, "slo.p99") == (2.0 if fact else None)
    assert value(result, "slo.availability") is None


def test_the_time_that_is_left_of_a_certificate_is_no_availability() -> None:
    result = read_text(
        """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: objective}
        spec:
          service: llm
          budgetingMethod: Occurrences
          timeWindow: [{duration: 28d, isRolling: true}]
          indicator:
            metadata: {name: i}
            spec:
              ratioMetric:
                counter: true
                good: {metricSource: {type: Prometheus, spec: {query: 'count(ssl_cert_expiry_seconds > 86400)'}}}
                total: {metricSource: {type: Prometheus, spec: {query: 'count(ssl_cert_expiry_seconds)'}}}
          objectives: [{target: 0.99}]
        """,
        "slo.yaml",
    )
    assert value(result, "slo.availability") is None
