"""Each format, as it is documented, gives the same spans; large files are read by several processes with the same result."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest
from otlp_spans import DB, MODEL, MS, START, Maker

from poc_gate.inputs.observe.traces import read_spans

FILES = Path(__file__).parents[1] / "files" / "traces"

COUNT = 40


def iso(ms):
    return dt.datetime.fromtimestamp((START + int(ms * MS)) / 1e9, tz=dt.UTC).isoformat()


def otlp():
    make = Maker()
    for number in range(COUNT):
        trace, root = make.request(number * 100, 60)
        make.span(trace, root, "SELECT", number * 100 + 5, 10, **DB)
        make.span(trace, root, "chat m-1", number * 100 + 20, 30, **MODEL)
    return make.lines(each=7)


def jaeger(*, one_a_line=False):
    traces, processes = [], {"p1": {"serviceName": "answers", "tags": []}}
    for number in range(COUNT):
        trace, at = f"{number + 1:032x}", (START + number * 100 * MS) // 1000
        rows = [("root", None, "POST /answer", 0, 60_000, {"span.kind": "server", "http.route": "/answer", "http.method": "POST"}),
                ("db", "root", "SELECT", 5000, 10_000, {"span.kind": "client", "db.system": "postgresql", "db.name": "claims", "net.peer.name": "db.internal"}),
                ("llm", "root", "chat", 20_000, 30_000, {"span.kind": "client", "gen_ai.system": "openai", "gen_ai.operation.name": "chat", "gen_ai.response.model": "m-1", "server.address": "api.openai.com", "gen_ai.usage.input_tokens": 900, "gen_ai.usage.output_tokens": 100})]  # fmt: skip
        spans = [
            {
                "traceID": trace, "spanID": f"{number * 10 + at_row + 1:016x}", "operationName": name, "processID": "p1",
                "references": [{"refType": "CHILD_OF", "traceID": trace, "spanID": f"{number * 10 + 1:016x}"}] if parent else [],
                "startTime": at + start, "duration": took, "logs": [],
                "tags": [{"key": key, "type": "string", "value": value} for key, value in tags.items()],
            }
            for at_row, (_, parent, name, start, took, tags) in enumerate(rows)
        ]  # fmt: skip
        traces.append({"traceID": trace, "spans": spans, "processes": processes})
    if one_a_line:
        rows = [{**span, "process": processes["p1"]} for trace in traces for span in trace["spans"]]
        return "\n".join(map(json.dumps, rows)).encode()
    return json.dumps({"data": traces, "total": 0, "limit": 0}).encode()


def langfuse(*, snake=False, nested=False):
    traces = []
    for number in range(COUNT):
        at = number * 100
        rows = [
            {"id": f"o{number}a", "traceId": f"t{number}", "type": "SPAN", "name": "POST /answer", "startTime": iso(at), "endTime": iso(at + 60), "parentObservationId": None},
            {"id": f"o{number}b", "traceId": f"t{number}", "type": "RETRIEVER", "name": "SELECT", "startTime": iso(at + 5), "endTime": iso(at + 15), "parentObservationId": f"o{number}a"},
            {"id": f"o{number}c", "traceId": f"t{number}", "type": "GENERATION", "name": "chat", "startTime": iso(at + 20), "endTime": iso(at + 50), "parentObservationId": f"o{number}a",
             "completionStartTime": iso(at + 30), "model": "m-1", "usageDetails": {"input": 900, "output": 101}, "input": "a secret question", "level": "DEFAULT"},
        ]  # fmt: skip
        if snake:
            rows = [
                {
                    "".join(f"_{c.lower()}" if c.isupper() else c for c in key): value
                    for key, value in row.items()
                }
                for row in rows
            ]
        traces.append({"id": f"t{number}", "name": "answer", "observations": rows} if nested else rows)
    if nested:
        return json.dumps(traces).encode()
    return json.dumps({"data": [row for rows in traces for row in rows], "meta": {"page": 1}}).encode()


@pytest.mark.parametrize(
    "content", [otlp(), jaeger(), jaeger(one_a_line=True)], ids=["otlp", "jaeger", "jaeger-lines"]
)
def test_otlp_and_jaeger_show_the_same(see, content):
    seen = see(content)
    assert seen["observed.requests"] == COUNT
    assert seen["observed.p50"] == pytest.approx(0.06)
    assert seen["sources[postgresql].p95"] == pytest.approx(0.01)
    assert seen.hop("model m-1")["share_of_critical_path"] == pytest.approx(0.5)
    assert seen["observed.unaccounted_share"] == pytest.approx(1 / 3)
    assert seen["observed.egress_hosts"] == ("api.openai.com",)
    assert (seen["demand.in_tokens_p50"], seen["demand.out_tokens_p50"]) == (900, 100)


@pytest.mark.parametrize("form", [{}, {"snake": True}, {"nested": True}], ids=str)
def test_observations_of_langfuse_in_every_spelling(see, form):
    seen = see(langfuse(**form))
    assert seen["observed.requests"] == COUNT
    assert seen.hop("model m-1")["share_of_critical_path"] == pytest.approx(0.5, rel=1e-4)
    assert seen["observed.ttft_p50"] == pytest.approx(0.01, rel=1e-4)
    assert seen["observed.tpot_p50"] == pytest.approx(0.02 / 100, rel=1e-3)
    assert seen["observed.content_share"] == pytest.approx(1 / 3)
    assert "secret question" not in repr(seen.observed)


def bare(content, shape):
    spans = [
        {**span, "resource": group["resource"]}
        for line in content.splitlines()
        for group in json.loads(line)["resourceSpans"]
        for scope in group["scopeSpans"]
        for span in scope["spans"]
    ]
    if shape == "lines":
        return "\n".join(map(json.dumps, spans)).encode()
    return json.dumps(
        spans if shape == "list" else {"spans": spans}, indent=1 if shape == "list" else None
    ).encode()


@pytest.mark.parametrize("shape", ["lines", "list", "mapping"])
def test_bare_spans_show_what_batches_show(see, shape):
    assert see(bare(otlp(), shape)).observed.details["hops"] == see(otlp()).observed.details["hops"]


@pytest.mark.parametrize("change", ["snake", "base64", "enum", "document"])
def test_spellings_of_otlp_json(see, change):
    import base64

    def turned(span) -> dict:
        if change == "base64":
            return {
                key: base64.b64encode(bytes.fromhex(value)).decode() if key.endswith("Id") else value
                for key, value in span.items()
            }
        if change == "enum":
            return {**span, "kind": {2: "SPAN_KIND_SERVER", 3: "SPAN_KIND_CLIENT"}[span["kind"]]}
        if change == "snake":
            names = {"traceId": "trace_id", "spanId": "span_id", "parentSpanId": "parent_span_id", "startTimeUnixNano": "start_time_unix_nano", "endTimeUnixNano": "end_time_unix_nano"}  # fmt: skip
            return {names.get(key, key): value for key, value in span.items()}
        return span

    batches = [json.loads(line) for line in otlp().splitlines()]
    for batch in batches:
        for group in batch["resourceSpans"]:
            for scope in group["scopeSpans"]:
                scope["spans"] = [turned(span) for span in scope["spans"]]
    if change == "snake":
        batches = [{"resource_spans": [{"resource": g["resource"], "scope_spans": g["scopeSpans"]} for g in batch["resourceSpans"]]} for batch in batches]  # fmt: skip
    text = json.dumps({"resourceSpans": [g for b in batches for g in b["resourceSpans"]]}, indent=2) if change == "document" else "\n".join(map(json.dumps, batches))  # fmt: skip
    assert see(text.encode()).observed.details["hops"] == see(otlp()).observed.details["hops"]


@pytest.mark.parametrize("apart", [False, True])
def test_a_last_line_that_is_cut_off_costs_only_itself(see, monkeypatch, apart):
    if apart:
        monkeypatch.setattr(read_spans, "LARGE", 1000)
        monkeypatch.setattr(read_spans, "can_work_apart", lambda: True)
    content = otlp()
    last = content.rstrip(b"\n").rfind(b"\n")
    seen = see(content[: last + 60])
    assert seen.observed.samples == see(content[: last + 1]).observed.samples > 100
    assert "1 spans were left out: 1 with no end, in a last line that is cut off" in seen.told("warning")


@pytest.mark.parametrize("key", ["trace", "result"])
def test_answers_of_stores_put_the_spans_one_level_down(see, key):
    batches = [json.loads(line) for line in otlp().splitlines()]
    answer = {key: {"resourceSpans": [group for batch in batches for group in batch["resourceSpans"]]}}
    assert see(json.dumps(answer).encode()).observed.details["hops"] == see(otlp()).observed.details["hops"]


def test_a_trace_of_one_generation_is_a_request_of_its_own(see):
    rows = [one for one in json.loads(langfuse())["data"] if one["type"] == "GENERATION"]
    seen = see(json.dumps([{**one, "parentObservationId": None} for one in rows]).encode())
    assert seen["observed.requests"] == COUNT
    assert seen.hop("model m-1")["share_of_critical_path"] == 1


def test_a_call_whose_span_tells_nothing_of_its_system_is_still_a_call(see):
    make = Maker()
    for number in range(30):
        trace, root = make.request(number * 100, 60)
        make.span(trace, root, f"GET /owners/{number}", number * 100 + 5, 30)
    hop = see(make.lines()).hop("owners")
    assert (hop["name"], hop["is_call"], hop["calls"]) == ("GET /owners/*", True, 30)


def test_several_processes_give_what_one_gives(see, monkeypatch):
    make = Maker()
    for number in range(600):
        trace, root = make.request(number * 100, 60)
        make.span(trace, root, "SELECT", number * 100 + 5, 10 + number % 7, **DB)
        make.span(trace, root, "chat m-1", number * 100 + 20, 30, **MODEL)
    content = make.lines(each=13)
    alone = see(content)
    monkeypatch.setattr(read_spans, "LARGE", 1000)
    monkeypatch.setattr(read_spans, "can_work_apart", lambda: True)
    apart = see(content)
    assert apart.facts == alone.facts
    assert apart.observed.details == alone.observed.details


def test_a_fault_that_another_process_finds_keeps_its_line(see, monkeypatch):
    from poc_gate.errors import InvalidInputError

    lines = otlp().splitlines()
    at = len(lines) - 2
    lines[at] = lines[at][:50]
    monkeypatch.setattr(read_spans, "LARGE", 1000)
    monkeypatch.setattr(read_spans, "can_work_apart", lambda: True)
    with pytest.raises(InvalidInputError) as caught:
        see(b"\n".join(lines))
    assert caught.value.faults[0].line == at + 1


def test_beyond_the_memory_that_is_spent_whole_traces_are_passed_over_and_rates_scaled(see, monkeypatch):
    from poc_gate.inputs.observe.traces import span_writer

    make = Maker()
    for number in range(2000):
        trace, root = make.request(number * 100, 60)
        make.span(trace, root, "SELECT", number * 100 + 5, 10, **DB)
    content = make.lines()
    every = see(content, stated={"monitoring__trace_sampling": "none"})
    monkeypatch.setattr(span_writer, "MOST_SPANS", 1500)
    some = see(content, stated={"monitoring__trace_sampling": "none"})
    assert some["observed.requests"] < 800
    assert some["observed.rate"] == pytest.approx(every["observed.rate"], rel=0.1)
    assert some["sources[postgresql].calls_per_request"] == 1


def test_zipkin_of_the_sdk_s_exporter_and_shared_spans(see, tmp_path):
    """50 requests of 60 ms with two calls of the store, 10 ms each, and one of the model, 5 of which were turned away."""
    content = gzip.decompress((FILES / "zipkin.json.gz").read_bytes())
    spans = json.loads(content)
    by_trace = {}
    for span in spans:
        by_trace.setdefault(span["traceId"], []).append(span)
    for shaped in (
        content,
        json.dumps(list(by_trace.values())).encode(),
        "\n".join(map(json.dumps, spans)).encode(),
    ):
        seen = see(shaped)
        assert seen["observed.requests"] == 50
        assert seen["observed.error_rate"] == pytest.approx(0.1)
        assert seen["sources[postgresql].calls_per_request"] == 2
        assert seen["sources[postgresql].p50"] == pytest.approx(0.010)
        assert seen["observed.p50"] == pytest.approx(0.060)
        assert seen["demand.in_tokens_p50"] == 900
        assert seen["observed.egress_hosts"] == ("api.openai.com",)
        assert seen.observed.origin.version == "1.45.2"
    store = next(span for span in spans if span["name"] == "SELECT claims")
    other = {**store, "kind": "SERVER", "shared": True, "localEndpoint": {"serviceName": "store"}, "tags": {}}
    seen = see(json.dumps([*spans, other]).encode())
    assert "twice" not in seen.told("warning")
    assert seen["sources[postgresql].calls_per_request"] == 2
