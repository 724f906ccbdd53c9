"""aiperf and genai-perf: the aggregated JSON, or aiperf's records with one request on each line -> a load test.

Every metric names its unit (ms, tokens, requests/sec); a unit that is not known leaves the metric out.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct, field

from poc_gate.inputs.estimate.known_spread import Spread
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.load_tests.run.conclude_run import conclude
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop, Step
from poc_gate.inputs.observe.load_tests.run.said_by_option import said
from poc_gate.inputs.observe.load_tests.run.tested_against_plan import against_plan
from poc_gate.inputs.observe.load_tests.run.timed_requests import TimedRequests
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import (
    amount,
    amounts,
    count,
    items,
    mapping,
    parse_whole,
    stated,
    text,
)

_SECONDS = {"ms": 1e-3, "s": 1.0, "sec": 1.0, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}


class _Value(Struct):
    value: object = None
    unit: str = ""


class _Meta(Struct):
    request_start_ns: int = 0
    request_end_ns: int = 0
    benchmark_phase: str = ""
    was_cancelled: bool = False


class _Record(Struct):
    metadata: _Meta = field(default_factory=_Meta)
    metrics: dict[str, _Value] | None = None
    error: object = None


def _sniff(head: Head) -> bool:
    if not head.is_json:
        return False
    record = head.has("metadata", "metrics", "request_start_ns")
    return record or (head.has("request_latency", "request_throughput") and head.has("unit", "avg"))


def _read(stream: PackedStream, finds: Finds) -> None:
    if b"request_start_ns" in stream.head():
        run = _records(stream)
    else:
        run = _summary(parse_whole(stream, "summary of aiperf or genai-perf"), finds)
    conclude(said(run, finds.option), finds)


def _summary(data: Mapping[str, object], finds: Finds) -> LoadRun:
    config = mapping(data.get("input_config"))
    endpoint, load = mapping(config.get("endpoint")), mapping(config.get("loadgen"))
    stimulus = mapping(config.get("perf_analyzer"), "stimulus")
    models = (
        items(endpoint.get("model_names"))
        or items(config.get("model_names"))
        or [mapping(one).get("name") for one in items(mapping(config.get("models")).get("items"))]
    )
    phase = next(
        (one for one in map(mapping, items(config.get("phases"))) if text(one.get("kind")) == "profiling"), {}
    )
    asked = (
        amount(load.get("request_rate")) or amount(stimulus.get("request_rate")) or amount(phase.get("rate"))
    )
    users = (
        amount(load.get("concurrency"))
        or amount(stimulus.get("concurrency"))
        or amount(phase.get("concurrency"))
    )
    answered = count(_one(data, "request_count"))
    failed = count(_one(data, "error_request_count"))
    if failed is None:
        listed = [count(mapping(one).get("count")) or 0 for one in items(data.get("error_summary"))]
        failed = sum(listed) if listed or "error_summary" in data else None
    rate = _one(data, "request_throughput")
    duration = _seconds(data, "benchmark_duration")
    if duration is None and answered and rate:
        duration = answered / rate
    step = Step(
        loop=Loop.OPEN if asked else (Loop.CLOSED if users else Loop.UNKNOWN), configured_rate=asked, concurrency=users,
        duration=duration, sent=None if answered is None else answered + (failed or 0), failed=failed,
        started=text(data.get("start_time")), counted=Counted.SUCCESSES, latency=_spread(data, "request_latency", answered),
        ttft=_spread(data, "time_to_first_token", answered), tpot=_spread(data, "inter_token_latency", answered),
        in_tokens=_spread(data, "input_sequence_length", answered), out_tokens=_spread(data, "output_sequence_length", answered),
    )  # fmt: skip
    if data.get("was_cancelled") is True:
        finds.must_not("the run was cancelled: what was in flight is in no number")
    tool = "aiperf" if "aiperf_version" in data or "loadgen" in config else "genai-perf"
    urls = items(endpoint.get("urls")) or [endpoint.get("url")]
    return LoadRun(
        tool, text(data.get("aiperf_version")) or text(data.get("version")), text(data.get("end_time")),
        text(urls[0]), ", ".join(filter(None, map(text, models))), () if answered is None and not failed else (step,),
    )  # fmt: skip


def _one(data: Mapping[str, object], name: str) -> float | None:
    return amount(mapping(data.get(name)).get("avg"))


def _seconds(data: Mapping[str, object], name: str) -> float | None:
    metric = mapping(data.get(name))
    value, factor = amount(metric.get("avg")), _SECONDS.get(text(metric.get("unit")))
    return None if value is None or factor is None else value * factor


def _spread(data: Mapping[str, object], name: str, answered: int | None) -> Spread:
    metric = mapping(data.get(name))
    unit = text(metric.get("unit"))
    factor = 1.0 if unit in ("tokens", "token") else _SECONDS.get(unit)
    if factor is None:
        return Spread()
    return stated(metric, count=answered, factor=factor)


def _records(stream: PackedStream) -> LoadRun:
    seen = TimedRequests()
    kept: dict[str, list[float]] = {"time_to_first_token": [], "inter_token_latency": [], "input_sequence_length": [], "output_sequence_length": []}  # fmt: skip
    decoder = msgspec.json.Decoder(_Record)
    for number, line in stream.lines():
        try:
            record = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise stream.fault(
                f"is not a record of aiperf: {str(error)[:100]}", "export it again", number, 1
            ) from None
        meta = record.metadata
        if (
            meta.benchmark_phase not in ("", "profiling")
            or not 0 <= meta.request_start_ns <= meta.request_end_ns < 2**63
        ):
            continue
        seconds = (meta.request_end_ns - meta.request_start_ns) / 1e9
        seen.add(meta.request_start_ns / 1e9, seconds, failed=record.error is not None or meta.was_cancelled)
        for name, values in kept.items():
            metric = (record.metrics or {}).get(name)
            factor = (
                None if metric is None else (1.0 if metric.unit == "tokens" else _SECONDS.get(metric.unit))
            )
            if metric is not None and factor is not None and record.error is None:
                values += [value * factor for value in amounts([metric.value])]
    step = seen.step(Loop.UNKNOWN, Counted.ALL)
    full = Step(
        loop=step.loop, duration=step.duration, sent=step.sent, failed=step.failed, latency=step.latency,
        counted=step.counted, started=step.started, ttft=Spread(kept["time_to_first_token"]),
        tpot=Spread(kept["inter_token_latency"]), in_tokens=Spread(kept["input_sequence_length"]),
        out_tokens=Spread(kept["output_sequence_length"]),
    )  # fmt: skip
    return LoadRun("aiperf", "", seen.ended, steps=(full,) if seen.sent else ())


OBSERVER = Observer(
    name="aiperf",
    summary="aiperf and genai-perf: aggregated JSON, records of requests",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("profile_export*.json", "profile_export*.jsonl"),
    versions="aiperf 0.13.0",
)
