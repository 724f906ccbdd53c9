"""llmperf's summary of one run, or its single responses -> a load test in a closed loop; times are in seconds, rates a minute.

The tool keeps a fixed number of requests in flight and leaves failed ones out of its times. What it calls the latency between
tokens is the whole time of a request over its tokens: the wait for the first one is in it, so that it is not a time per token.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from poc_gate.inputs.estimate.known_spread import Spread
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.load_tests.run.conclude_run import conclude
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop, Step
from poc_gate.inputs.observe.load_tests.run.said_by_option import said
from poc_gate.inputs.observe.load_tests.run.tested_against_plan import against_plan
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import (
    amount,
    amounts,
    count,
    iso,
    items,
    mapping,
    parse_whole,
    stated,
    text,
)

_QUANTILE = "_quantiles_p"


def _sniff(head: Head) -> bool:
    return head.is_json and (
        head.has("results_ttft_s_quantiles_p50", "num_concurrent_requests")
        or head.has("ttft_s", "end_to_end_latency_s", "request_output_throughput_token_per_s", "error_code")
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    if stream.head().lstrip()[:1] == b"[":
        conclude(said(_responses(stream), finds.option), finds)
        return
    data = parse_whole(stream, "summary of llmperf")
    started, completed = (
        count(data.get("results_num_requests_started")),
        count(data.get("results_num_completed_requests")),
    )
    errors = count(data.get("results_number_errors"))
    rate = amount(data.get("results_num_completed_requests_per_min"))
    step = Step(
        loop=Loop.CLOSED, concurrency=amount(data.get("num_concurrent_requests")),
        duration=completed * 60 / rate if completed and rate else None,
        sent=None if completed is None else completed + (errors or 0), failed=errors,
        unfinished=max(0, started - completed - (errors or 0)) if started is not None and completed is not None else 0,
        latency=_spread(data, "end_to_end_latency_s", completed), ttft=_spread(data, "ttft_s", completed),
        in_tokens=_spread(data, "number_input_tokens", completed),
        out_tokens=_spread(data, "number_output_tokens", completed), counted=Counted.SUCCESSES,
    )  # fmt: skip
    ended = iso(amount(data.get("timestamp")))
    run = LoadRun(
        "llmperf",
        text(data.get("version")),
        ended,
        "",
        text(data.get("model")),
        () if completed is None else (step,),
    )
    conclude(said(run, finds.option), finds)
    finds.must_not(
        "llmperf's latency between tokens has the wait for the first token in it: no time per token is taken from it",
        next_step="name the file of single responses, which shows it",
    )


def _responses(stream: PackedStream) -> LoadRun:
    """Read one response per row; the time per token is what came after the first one, over the tokens after it."""
    try:
        rows = [mapping(row) for row in items(parse_json(stream.whole()))]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise stream.fault(
            f"is not a whole list of responses: {str(error)[:100]}", "run llmperf again"
        ) from None
    kept: dict[str, list[float]] = {"whole": [], "first": [], "each": [], "in": [], "out": []}
    failed = 0
    for row in rows:
        whole, first = amount(row.get("end_to_end_latency_s")), amount(row.get("ttft_s"))
        if row.get("error_code") is not None or whole is None:
            failed += 1
            continue
        kept["whole"].append(whole)
        kept["in"] += amounts([row.get("number_input_tokens")])
        out = count(row.get("number_output_tokens"))
        kept["out"] += [] if out is None else [out]
        if first is not None and 0 < first <= whole:
            kept["first"].append(first)
            kept["each"] += [(whole - first) / (out - 1)] if out is not None and out > 1 else []
    step = Step(
        loop=Loop.CLOSED, sent=len(rows), failed=failed, counted=Counted.SUCCESSES, latency=Spread(kept["whole"]),
        ttft=Spread(kept["first"]), tpot=Spread(kept["each"]), in_tokens=Spread(kept["in"]), out_tokens=Spread(kept["out"]),
    )  # fmt: skip
    return LoadRun("llmperf", steps=(step,) if rows else ())


def _spread(data: Mapping[str, object], name: str, completed: int | None) -> Spread:
    start = f"results_{name}"
    values: dict[str, object] = {
        key.removeprefix(start + _QUANTILE): value
        for key, value in data.items()
        if key.startswith(start + _QUANTILE)
    }
    values |= {word: data.get(f"{start}_{word}") for word in ("mean", "min", "max")}
    return stated(values, count=completed)


OBSERVER = Observer(
    name="llmperf",
    summary="llmperf: summary of a run, single responses",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("*_summary.json", "*_individual_responses.json"),
)
