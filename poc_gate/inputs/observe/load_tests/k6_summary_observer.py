"""k6's summaries (`--summary-export`, `handleSummary`, the machine-readable one of version 2) -> a load test.

Times are in milliseconds. In `http_req_failed` the tool counts a failed request as a pass of that rate. The summary does
not say which executor sent the requests; only an arrival rate counts dropped iterations.
"""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.estimate.known_spread import Spread
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.load_tests.run.conclude_run import conclude
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop, Step
from poc_gate.inputs.observe.load_tests.run.said_by_option import said
from poc_gate.inputs.observe.load_tests.run.tested_against_plan import against_plan
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, count, items, mapping, parse_whole, stated, text

_MILLI = 1e-3


def _sniff(head: Head) -> bool:
    return head.is_json and (
        (head.has("metrics", "iterations") and (head.has("root_group") or head.has("vus_max") or head.has("data_sent")))
        or head.has("k6_version", "generated_at", "results")
    ) and not head.has("Point")  # fmt: skip


def _read(stream: PackedStream, finds: Finds) -> None:
    data = parse_whole(stream, "summary of k6")
    results = mapping(data.get("results"))
    metrics = _listed(results) if results else mapping(data.get("metrics"))
    values = {name: _values(metric) for name, metric in metrics.items()}
    about = mapping(data.get("metadata"))
    run = LoadRun(
        "k6", text(about.get("k6_version")), text(about.get("generated_at")), "", "",
        _steps(values, _duration(data, values)),
    )  # fmt: skip
    conclude(said(run, finds.option), finds)
    _thresholds(metrics, finds)


def _listed(results: Mapping[str, object]) -> Mapping[str, object]:
    """Return the metrics of version 2, which lists them."""
    return {text(mapping(metric).get("name")): metric for metric in items(results.get("metrics"))}


def _values(metric: object) -> Mapping[str, object]:
    return mapping(metric, "values") or mapping(metric)


def _duration(data: Mapping[str, object], values: Mapping[str, Mapping[str, object]]) -> float | None:
    """Return the seconds of the run: stated, or what the total and the mean rate of the requests give."""
    milli = amount(mapping(data.get("state")).get("testRunDurationMs"))
    if milli is not None:
        return milli * _MILLI
    stated_seconds = amount(mapping(data.get("config")).get("duration"))
    if stated_seconds is not None:
        return stated_seconds
    for name in ("http_reqs", "iterations"):
        total, rate = (amount(values.get(name, {}).get(key)) for key in ("count", "rate"))
        if total and rate:
            return total / rate
    return None


def _steps(values: Mapping[str, Mapping[str, object]], duration: float | None) -> tuple[Step, ...]:
    requests = count(values.get("http_reqs", {}).get("count"))
    if not requests:
        requests = count(values.get("grpc_reqs", {}).get("count")) or count(
            values.get("iterations", {}).get("count")
        )
    if not requests:
        return ()
    rate = values.get("http_req_failed", {})
    failed = count(rate.get("passes", rate.get("matches")))
    share = amount(rate.get("value", rate.get("rate")))
    if failed is None and share is not None and share <= 1:
        failed = round(share * requests)
    if failed is not None and failed > requests:
        failed = None
    dropped = count(values.get("dropped_iterations", {}).get("count"))
    users = values.get("vus_max", {})
    each = requests / (count(values.get("iterations", {}).get("count")) or requests)
    return (
        Step(
            loop=Loop.OPEN if dropped else Loop.UNKNOWN, duration=duration, sent=requests, failed=failed,
            concurrency=amount(users.get("value")), latency=_spread(values, requests), counted=Counted.ALL,
            configured_rate=(requests + dropped * each) / duration if dropped and duration else None,
        ),
    )  # fmt: skip


def _spread(values: Mapping[str, Mapping[str, object]], requests: int) -> Spread:
    return stated(values.get("http_req_duration", {}), count=requests, factor=_MILLI)


def _thresholds(metrics: Mapping[str, object], finds: Finds) -> None:
    """Tell which of the test's own limits were broken; a run that ends well may have broken them."""
    broken = [
        f"{name}: {rule}"
        for name, metric in metrics.items()
        for rule, state in mapping(metric, "thresholds").items()
        if state is True or mapping(state).get("ok") is False
    ]
    if broken:
        finds.warn(f"the test broke {len(broken)} of its own limits: {'; '.join(broken[:5])}")
    if "http_req_duration" in metrics and "p(99)" not in _values(metrics["http_req_duration"]):
        finds.warn(
            "the summary contains no 99th percentile",
            "add `--summary-trend-stats 'avg,min,med,max,p(90),p(95),p(99)'`, or write the single requests with `--out json=...`",
        )


OBSERVER = Observer(
    name="k6-summary",
    summary="k6: `--summary-export`, `handleSummary` and the machine-readable summary",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("*k6*.json", "*summary*.json"),
    versions="k6 1.1.0",
)
