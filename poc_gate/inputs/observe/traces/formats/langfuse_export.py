"""Langfuse's observations, from its API, its page or its export to a bucket -> spans, in either spelling of its keys.

A trace with several observations at its top, or with a call of a model there, gets a span of its own around them, as the page
shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from poc_gate.inputs.observe.interface import Head
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces.formats.plain_records import records
from poc_gate.inputs.observe.traces.moments import nanoseconds_of
from poc_gate.inputs.observe.traces.plain_span import add_plain, mapping_of, mappings_of, text_of
from poc_gate.inputs.observe.traces.span_writer import SpanWriter

_ROLES = {
    "GENERATION": "chat", "EMBEDDING": "embeddings", "TOOL": "tool", "RETRIEVER": "retriever", "AGENT": "agent",
    "GUARDRAIL": "guardrail", "CHAIN": "chain", "SPAN": "span", "EVALUATOR": "evaluator",
}  # fmt: skip
_MOST = 2_000_000
_CALLS = ("GENERATION", "EMBEDDING")


def is_langfuse(head: Head) -> bool:
    """Say whether a file holds observations of Langfuse."""
    if not head.is_json:
        return False
    mine = head.has("traceId", "startTime") or head.has("trace_id", "start_time")
    return mine and (head.has("parentObservationId") or head.has("parent_observation_id"))


def read_langfuse(stream: PackedStream, writer: SpanWriter) -> None:
    """Add the observations of a file."""
    tops: dict[str, list[tuple[int, int]]] = {}
    names: dict[str, str] = {}
    calls: set[str] = set()
    held = [one for one, _ in zip(_observations(stream, names), range(_MOST), strict=False)]
    for one in held:
        begun, ended = nanoseconds_of(_of(one, "startTime")), nanoseconds_of(_of(one, "endTime"))
        if not _of(one, "parentObservationId") and begun is not None and ended is not None:
            tops.setdefault(text_of(_of(one, "traceId")), []).append((begun, ended))
            calls |= {text_of(_of(one, "traceId"))} if text_of(one.get("type")).upper() in _CALLS else set()
    around = {trace for trace, several in tops.items() if len(several) > 1 or trace in calls}
    for one in held:
        _add(one, writer, around)
    for trace in sorted(around):
        start, end = min(one for one, _ in tops[trace]), max(one for _, one in tops[trace])
        add_plain(
            writer, trace=trace, span=f"trace {trace}", parent="", name=names.get(trace, "trace"), start=start, end=end,
            attributes={}, service=writer.service({"service.name": "langfuse"}),
        )  # fmt: skip


def _observations(stream: PackedStream, names: dict[str, str]) -> Iterator[Mapping[str, object]]:
    for record in records(stream):
        below = mappings_of(record.get("observations"))
        if below:
            names[text_of(record.get("id"))] = text_of(record.get("name"))
            yield from ({"traceId": record.get("id"), **one} for one in below)
        else:
            yield record


def _of(one: Mapping[str, object], key: str) -> object:
    if key in one:
        return one[key]
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key)
    return one.get(snake)


def _add(one: Mapping[str, object], writer: SpanWriter, around: set[str]) -> None:
    kind = text_of(one.get("type")).upper()
    if kind == "EVENT":
        return
    usage = mapping_of(_of(one, "usageDetails")) or mapping_of(one.get("usage"))
    trace = text_of(_of(one, "traceId"))
    role = _ROLES.get(kind, "span")
    attributes = {
        "gen_ai.operation.name": role,
        "gen_ai.request.model": one.get("model") or _of(one, "providedModelName"),
        "gen_ai.tool.name": one.get("name") if kind == "TOOL" else None,
        "gen_ai.usage.input_tokens": usage.get("input") or usage.get("promptTokens") or _of(one, "promptTokens"),
        "gen_ai.usage.output_tokens": usage.get("output") or usage.get("completionTokens") or _of(one, "completionTokens"),
        "gen_ai.usage.cache_read.input_tokens": usage.get("cache_read_input_tokens") or usage.get("input_cached_tokens"),
        "langfuse.observation.completion_start_time": _of(one, "completionStartTime"),
    }  # fmt: skip
    status = text_of(_of(one, "statusMessage"))
    failed = text_of(one.get("level")).upper() == "ERROR"
    if failed and status:
        attributes["error.type"] = status[:80]
    parent = _of(one, "parentObservationId") or (f"trace {trace}" if trace in around else "")
    add_plain(
        writer, trace=trace, span=one.get("id"), parent=parent, name=one.get("name"), start=_of(one, "startTime"),
        end=_of(one, "endTime"), attributes=attributes, service=writer.service({"service.name": "langfuse"}),
        failed=failed, content=bool(one.get("input") or one.get("output")),
    )  # fmt: skip
