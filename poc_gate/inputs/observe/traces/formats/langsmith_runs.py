"""LangSmith's runs, as a list, one a line, or nested under `child_runs` -> spans."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.observe.interface import Head
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces.formats.plain_records import records
from poc_gate.inputs.observe.traces.moments import nanoseconds_of
from poc_gate.inputs.observe.traces.plain_span import add_plain, mapping_of, mappings_of, text_of
from poc_gate.inputs.observe.traces.span_writer import SpanWriter

_ROLES = {
    "llm": "chat",
    "embedding": "embeddings",
    "tool": "tool",
    "retriever": "retriever",
    "chain": "chain",
}


def is_langsmith(head: Head) -> bool:
    """Say whether a file holds runs of LangSmith."""
    return (
        head.is_json
        and head.has("run_type", "start_time")
        and (head.has("trace_id") or head.has("dotted_order"))
    )


def read_langsmith(stream: PackedStream, writer: SpanWriter) -> None:
    """Add the runs of a file."""
    for record in records(stream):
        waiting = [record]
        while waiting:
            run = waiting.pop()
            _add(run, writer)
            waiting += mappings_of(run.get("child_runs"))


def _add(run: Mapping[str, object], writer: SpanWriter) -> None:
    extra = mapping_of(run.get("extra"))
    metadata = mapping_of(extra.get("metadata"))
    runtime = mapping_of(extra.get("runtime"))
    version = text_of(runtime.get("sdk_version"))
    if version:
        writer.store.tools[text_of(runtime.get("sdk")) or "langsmith"] = version[:40]
    model = metadata.get("ls_model_name") or mapping_of(extra.get("invocation_params")).get("model")
    usage = mapping_of(mapping_of(run.get("outputs")).get("usage_metadata"))
    run_type = text_of(run.get("run_type"))
    attributes = {
        "gen_ai.operation.name": _ROLES.get(run_type, "chain"),
        "gen_ai.provider.name": metadata.get("ls_provider"),
        "gen_ai.request.model": model,
        "gen_ai.tool.name": run.get("name") if run_type == "tool" else None,
        "gen_ai.usage.input_tokens": run.get("prompt_tokens") or usage.get("input_tokens"),
        "gen_ai.usage.output_tokens": run.get("completion_tokens") or usage.get("output_tokens"),
    }
    error = run.get("error")
    if isinstance(error, str) and error:
        attributes["error.type"] = error.partition("(")[0][:60]
    first, start = nanoseconds_of(run.get("first_token_time")), nanoseconds_of(run.get("start_time"))
    service = text_of(run.get("session_name")) or text_of(metadata.get("service"))
    add_plain(
        writer, trace=run.get("trace_id") or run.get("id"), span=run.get("id"), parent=run.get("parent_run_id"),
        name=run.get("name"), start=run.get("start_time"), end=run.get("end_time"), attributes=attributes,
        service=writer.service({"service.name": service}), failed=bool(error) or run.get("status") == "error",
        content=bool(run.get("inputs") or run.get("outputs")),
        first_token=first - start if first is not None and start is not None else -1,
    )  # fmt: skip
