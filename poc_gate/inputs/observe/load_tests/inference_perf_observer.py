"""inference-perf's life-cycle reports (summary, one for each stage) -> a load test; stages of one run belong together.

The reports hold percentiles, no single requests; the per-request report holds prompts and answers and is not read.
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
from poc_gate.inputs.observe.plain_values import amount, count, mapping, parse_whole, stated


def _sniff(head: Head) -> bool:
    return head.is_json and head.has("load_summary", "successes") and head.has("schedule_delay")


def _read(stream: PackedStream, finds: Finds) -> None:
    data = parse_whole(stream, "report of inference-perf")
    steps = finds.state if isinstance(finds.state, list) else []
    finds.state = [*steps, (finds.file, _step(data))]


def _finish(finds: Finds) -> None:
    """Conclude from the stages, and from the summary only where it is all there is: it adds them up."""
    steps = finds.state if isinstance(finds.state, list) else []
    finds.state = None
    stages = [
        one for one in steps if one[0].replace("\\", "/").rsplit("/", 1)[-1].startswith("stage_")
    ] or steps
    run = LoadRun(
        "inference-perf", "", "", "", "", tuple(step for _, step in sorted(stages, key=lambda one: one[0]))
    )
    conclude(said(run, finds.option), finds)


def _step(data: Mapping[str, object]) -> Step:
    load, good = mapping(data.get("load_summary")), mapping(data.get("successes"))
    failed, answered = count(mapping(data.get("failures")).get("count")), count(good.get("count"))
    times = mapping(good.get("latency"))
    asked = amount(load.get("requested_rate"))
    concurrency = amount(load.get("concurrency"))
    duration = amount(data.get("benchmark_time_seconds")) or amount(load.get("send_duration"))

    def spread(*names: str) -> Spread:
        return next((found for name in names if (found := _spread(times, name, answered))), Spread())

    return Step(
        loop=Loop.OPEN if asked and concurrency is None else (Loop.CLOSED if concurrency is not None else Loop.UNKNOWN),
        configured_rate=asked, offered=amount(load.get("achieved_rate")), concurrency=concurrency,
        duration=duration, sent=count(load.get("count")) if failed is None or answered is None else failed + answered,
        failed=failed, latency=spread("request_latency"), ttft=spread("time_to_first_token"),
        tpot=spread("time_per_output_token"), itl=spread("inter_token_latency"),
        in_tokens=_spread(good, "prompt_tokens", answered) or _spread(good, "prompt_len", answered),
        out_tokens=_spread(good, "output_tokens", answered) or _spread(good, "output_len", answered),
        counted=Counted.SUCCESSES,
    )  # fmt: skip


def _spread(times: Mapping[str, object], name: str, answered: int | None) -> Spread:
    values = mapping(times.get(name))
    return stated(values, count=answered) if any(amount(value) for value in values.values()) else Spread()


OBSERVER = Observer(
    name="inference-perf",
    summary="inference-perf's stage and summary life-cycle reports",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    finish=_finish,
    together=True,
    patterns=("*lifecycle_metrics.json",),
    versions="inference-perf 0.7.0",
)
