"""guidellm's report, one benchmark for each rate or strategy -> a load test by step.

Latency of a request is in seconds there and all token times in milliseconds. Requests in flight at the stop are counted as
incomplete; strategies send by the clock (constant, poisson), after the answer (synchronous, concurrent) or all at once.
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
from poc_gate.inputs.observe.plain_values import (
    amount,
    count,
    iso,
    items,
    mapping,
    parse_whole,
    stated,
    text,
)

_LOOPS = {
    "constant": Loop.OPEN, "poisson": Loop.OPEN, "async": Loop.OPEN, "trace": Loop.OPEN, "replay": Loop.OPEN,
    "synchronous": Loop.CLOSED, "concurrent": Loop.CLOSED, "throughput": Loop.BURST,
}  # fmt: skip
_SHARES = {"p50": "50", "p90": "90", "p95": "95", "p99": "99", "p999": "99.9", "p75": "75", "p25": "25"}
_MOST_STEPS = 1000


def _sniff(head: Head) -> bool:
    if not head.is_json:
        return False
    return (head.has("benchmarks", "metadata") and b"guidellm" in head.content) or head.has(
        "benchmarks", "type_", "run_stats"
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    data = parse_whole(stream, "report of guidellm")
    listed = [mapping(one) for one in items(data.get("benchmarks"))[:_MOST_STEPS]]
    steps = tuple(step for one in listed if (step := _step(one)) is not None)
    last = listed[-1] if listed else {}
    target, model = _asked(data, last)
    run = LoadRun(
        "guidellm", text(mapping(data.get("metadata")).get("guidellm_version")), iso(amount(_timing(last, "end_time"))),
        target, model, steps,
    )  # fmt: skip
    conclude(said(run, finds.option), finds)


def _asked(data: Mapping[str, object], last: Mapping[str, object]) -> tuple[str, str]:
    """Return target and model, which versions keep in different places."""
    places = (
        mapping(last.get("config"), "backend"), mapping(data.get("config"), "backend"), mapping(data.get("config")),
        mapping(data.get("args")), mapping(data.get("args"), "backend_kwargs"), mapping(last.get("worker"), "backend"),
        mapping(last.get("worker")),
    )  # fmt: skip
    target = next(
        (
            found
            for place in places
            if (found := text(place.get("target")) or text(place.get("backend_target")))
        ),
        "",
    )
    model = next(
        (
            found
            for place in places
            if (found := text(place.get("model")) or text(place.get("backend_model")))
        ),
        "",
    )
    return target, model


def _timing(one: Mapping[str, object], name: str) -> object:
    return one.get(name, mapping(one.get("run_stats")).get(name))


def _step(one: Mapping[str, object]) -> Step | None:
    metrics = mapping(one.get("metrics"))
    totals = (
        mapping(metrics.get("request_totals"))
        or mapping(one.get("request_totals"))
        or mapping(mapping(one.get("run_stats")).get("requests_made"))
    )
    answered, failed = count(totals.get("successful")), count(totals.get("errored"))
    if answered is None:
        return None
    start, end = amount(_timing(one, "start_time")), amount(_timing(one, "end_time"))
    strategy = mapping(mapping(one.get("config")).get("strategy")) or mapping(
        mapping(one.get("args")).get("strategy")
    )
    kind = text(strategy.get("type_") or strategy.get("kind"))
    loop = _LOOPS.get(kind, Loop.UNKNOWN)
    sent = answered + (failed or 0)
    users = (
        (amount(strategy.get("streams")) or amount(strategy.get("max_concurrency")))
        if loop is not Loop.OPEN
        else None
    )
    duration = amount(one.get("duration"))
    if duration is None and start is not None and end is not None and end > start:
        duration = end - start
    return Step(
        loop=loop, configured_rate=amount(strategy.get("rate")) if loop is Loop.OPEN else None,
        concurrency=users or amount(mapping(_answered(metrics, "request_concurrency")).get("mean")),
        duration=duration, sent=sent, failed=failed, unfinished=count(totals.get("incomplete")) or 0, started=iso(start),
        latency=_spread(metrics, "request_latency", 1.0), ttft=_spread(metrics, "time_to_first_token_ms", 1e-3),
        tpot=_spread(metrics, "inter_token_latency_ms", 1e-3) or _spread(metrics, "time_per_output_token_ms", 1e-3),
        in_tokens=_spread(metrics, "prompt_token_count", 1.0), out_tokens=_spread(metrics, "output_token_count", 1.0),
        counted=Counted.SUCCESSES,
    )  # fmt: skip


def _answered(metrics: Mapping[str, object], name: str) -> Mapping[str, object]:
    return mapping(metrics.get(name), "successful")


def _spread(metrics: Mapping[str, object], name: str, factor: float) -> Spread:
    found = _answered(metrics, name)
    total = count(found.get("count"))
    if not total:
        return Spread()
    shares = {
        _SHARES[key]: value for key, value in mapping(found.get("percentiles")).items() if key in _SHARES
    }
    whole = {"min": found.get("min"), "max": found.get("max"), "mean": found.get("mean"), **shares}
    return stated(whole, count=total, factor=factor)


OBSERVER = Observer(
    name="guidellm",
    summary="guidellm's JSON report, step by step",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("*guidellm*.json", "benchmarks.json"),
    versions="guidellm 0.8.1",
)
