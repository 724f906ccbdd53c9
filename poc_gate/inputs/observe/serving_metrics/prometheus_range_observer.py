"""Results of Prometheus' range queries -> load, queues and times as they were; several queries belong together."""

from __future__ import annotations

import math
from typing import Any

import msgspec
from msgspec import Struct, field

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.serving_metrics.conclude_metrics import conclude
from poc_gate.inputs.observe.serving_metrics.metric_series import Series
from poc_gate.inputs.observe.serving_metrics.of_the_pilot import of_the_pilot

_MOST_POINTS = 5_000_000


class _Result(Struct):
    metric: dict[str, Any] = field(default_factory=dict)
    values: list[tuple[float, str]] = field(default_factory=list)
    value: tuple[float, str] | None = None


class _Data(Struct):
    result_type: str = field(default="", name="resultType")
    result: list[_Result] = field(default_factory=list)


class _ReadBy(Struct):
    """What `poc-gate sources metrics` adds to an answer."""

    server: str = ""


class _Answer(Struct):
    status: str = ""
    data: _Data = field(default_factory=_Data)
    error: str = ""
    warnings: list[str] = field(default_factory=list)
    read_by: _ReadBy = field(default_factory=_ReadBy, name="readBy")


def _sniff(head: Head) -> bool:
    return (
        head.is_json
        and head.has("status", "data", "resultType", "result")
        and (head.has("matrix") or head.has("vector"))
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    try:
        answer = parse_json(stream.whole(), _Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise stream.fault(f"is not an answer of Prometheus: {str(error)[:120]}", "query it again") from None
    if answer.status != "success":
        raise stream.fault(
            f"is an error of Prometheus: {answer.error[:100]}", "correct the query, and ask again"
        )
    for warning in answer.warnings[:5]:
        finds.must_not(f"Prometheus warned that the answer may be incomplete: {warning[:120]}")
    if answer.read_by.server:
        finds.details["server"] = answer.read_by.server[:60]
    held = finds.state if isinstance(finds.state, list) else []
    nameless, kept = 0, sum(len(one.points) for one in held)
    for result in answer.data.result:
        labels = {str(name): str(value)[:200] for name, value in result.metric.items()}
        name = labels.pop("__name__", "")
        points = _points(result)
        nameless += not name
        if name and points and kept < _MOST_POINTS:
            held.append(Series(name, labels, points))
            kept += len(points)
    if nameless:
        finds.must_not(
            f"{nameless:,} series have no name, as functions leave it out: the answer does not say what they mean",
            next_step="query the metric itself, without rate() or sum()",
        )
    finds.state = held


def _points(result: _Result) -> tuple[tuple[float, float], ...]:
    found: list[tuple[float, float]] = []
    for at, text in [*result.values, *([result.value] if result.value else [])]:
        try:
            value = float(text)
        except ValueError:
            continue
        if math.isfinite(value) and math.isfinite(at) and (not found or at > found[-1][0]):
            found.append((at, value))
    return tuple(found)


def _finish(finds: Finds) -> None:
    series: list[Series] = finds.state if isinstance(finds.state, list) else []
    finds.state = None
    conclude(series, finds, version=str(finds.details.get("server", "")))


OBSERVER = Observer(
    name="metrics-range",
    summary="Results of Prometheus' range queries",
    group="metrics",
    sniff=_sniff,
    read=_read,
    fit=of_the_pilot,
    finish=_finish,
    together=True,
    patterns=("*query_range*.json", "*prometheus*.json"),
    versions="prometheus 2.42.0",
)
