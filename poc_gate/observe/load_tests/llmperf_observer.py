"""llmperf's summary of one run -> a load test in a closed loop; times are in seconds, rates a minute.

The tool keeps a fixed number of requests in flight and leaves failed ones out of its times.
"""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.estimate.known_spread import Spread
from poc_gate.observe.finds import Finds
from poc_gate.observe.interface import Head, Observer
from poc_gate.observe.load_tests.run.against_plan import against_plan
from poc_gate.observe.load_tests.run.conclude_run import conclude
from poc_gate.observe.load_tests.run.load_run import Counted, LoadRun, Loop, Step
from poc_gate.observe.load_tests.run.said_by_option import said
from poc_gate.observe.packed_stream import PackedStream
from poc_gate.observe.plain_values import amount, count, iso, parse_whole, stated, text

_QUANTILE = "_quantiles_p"


def _sniff(head: Head) -> bool:
    return head.is_json and head.has("results_ttft_s_quantiles_p50", "num_concurrent_requests")


def _read(stream: PackedStream, finds: Finds) -> None:
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
        tpot=_spread(data, "inter_token_latency_s", completed), in_tokens=_spread(data, "number_input_tokens", completed),
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
    summary="llmperf's summary of a run",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("*_summary.json",),
)
