"""Results of `vllm bench serve` and of SGLang's `bench_serving`, one run or one on each line -> a load test.

Times are in milliseconds in the percentiles and in seconds in the lists that `--save-detailed` keeps; both are in one file.
"""

from __future__ import annotations

import math
import re
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
from poc_gate.inputs.observe.plain_values import amount, amounts, count, items, mapping, stated, text

_PERCENTILE = re.compile(r"(p\d{1,3}(?:\.\d+)?|median|mean|max|min)_(ttft|tpot|itl|e2el|e2e_latency)(_ms)?")
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})")
_MOST_RUNS = 1000


def _sniff(head: Head) -> bool:
    return head.is_json and head.has("completed", "duration", "total_output_tokens") and (
        head.has("median_ttft_ms") or head.has("mean_ttft_ms") or head.has("request_throughput", "request_rate")
        or head.has("model_id", "tokenizer_id", "request_rate")
    )  # fmt: skip


def _read(stream: PackedStream, finds: Finds) -> None:
    runs = _runs(stream)
    first = runs[0]
    models = {
        text(run.get("model_id")) or text(mapping(run.get("server_info")).get("model_path")) for run in runs
    }
    if len(models) > 1:
        finds.ask(
            "the runs in the file are of several models",
            "write the runs of each model to a file of their own",
        )
    sglang = "mean_e2e_latency_ms" in first and not text(first.get("tokenizer_id"))
    version = text(mapping(first.get("server_info")).get("version")) or text(first.get("version"))
    run = LoadRun(
        "sglang bench_serving" if sglang else "vllm bench serve", version, _date(runs[-1]),
        text(first.get("target")) or text(first.get("base_url")), models.pop() if len(models) == 1 else "",
        tuple(_step(run) for run in runs),
    )  # fmt: skip
    conclude(said(run, finds.option), finds)


def _runs(stream: PackedStream) -> list[Mapping[str, object]]:
    """Return the runs of a file: one document, or one on each line as `--append-result` writes them."""
    content = stream.whole()
    try:
        whole = parse_json(content)
        runs: list[Mapping[str, object]] = [whole] if isinstance(whole, dict) else []
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        runs = []
        for number, line in enumerate(content.splitlines(), start=1):
            if not line.strip():
                continue
            try:
                run = parse_json(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                what = f"is not a whole run of the benchmark: {str(error)[:100]}"
                raise stream.fault(what, "run it again, or remove the line", number, 1) from None
            if isinstance(run, dict):
                runs.append(run)
    if not runs or len(runs) > _MOST_RUNS:
        raise stream.fault("contains no run of the benchmark", "name the file that `--save-result` wrote")
    return runs


def _step(run: Mapping[str, object]) -> Step:
    completed, failed = count(run.get("completed")), _failed(run)
    rate, most = amount(run.get("request_rate")), amount(run.get("max_concurrency"))
    loop = Loop.OPEN if rate is not None else (Loop.CLOSED if most is not None else Loop.BURST)
    if "request_rate" not in run:
        loop = Loop.UNKNOWN
    elif text(run.get("request_rate")) == "trace":
        loop = Loop.OPEN  # SGLang: each request is sent at the time that the trace gives
    ttfts, latencies, tpots = _detailed(run)
    sent = None if completed is None else completed + (failed or 0)
    lengths = [
        _lengths(run, name, total, completed)
        for name, total in (("input_lens", "total_input_tokens"), ("output_lens", "total_output_tokens"))
    ]
    return Step(
        loop=loop, configured_rate=rate, duration=amount(run.get("duration")), sent=sent, failed=failed,
        concurrency=most if most is not None else amount(run.get("concurrency") or run.get("max_concurrent_requests")),
        latency=latencies or _stated(run, ("e2el", "e2e_latency"), completed),
        ttft=ttfts or _stated(run, ("ttft",), completed),
        tpot=tpots or _stated(run, ("tpot",), completed),
        itl=_stated(run, ("itl",), count(run.get("total_output_tokens"))),
        in_tokens=lengths[0], out_tokens=lengths[1], counted=Counted.SUCCESSES, started="",
    )  # fmt: skip


def _failed(run: Mapping[str, object]) -> int | None:
    """Return the failed requests; older versions only list the errors, or count what was asked for and what completed."""
    known = count(run.get("failed"))
    if known is not None:
        return known
    errors = items(run.get("errors"))
    if errors:
        return sum(bool(text(error)) for error in errors)
    asked, completed = count(run.get("num_prompts")), count(run.get("completed"))
    return asked - completed if asked is not None and completed is not None and asked >= completed else None


def _detailed(run: Mapping[str, object]) -> tuple[Spread, Spread, Spread]:
    """Return times to first token, of whole requests and per token from the lists of all requests, in seconds."""
    ttfts, gaps = items(run.get("ttfts")), items(run.get("itls"))
    errors, lengths = items(run.get("errors")), items(run.get("output_lens"))
    if not ttfts or len(ttfts) != len(gaps):
        return Spread(), Spread(), Spread()
    firsts: list[float] = []
    wholes: list[float] = []
    each: list[float] = []
    for at, (first, between) in enumerate(zip(ttfts, gaps, strict=True)):
        start, rest = amount(first), amounts(between)
        if start is None or (at < len(errors) and text(errors[at])):
            continue
        firsts.append(start)
        wholes.append(start + math.fsum(rest))
        tokens = count(lengths[at]) if at < len(lengths) else None
        if rest and (tokens or 0) > 1:
            each.append(math.fsum(rest) / ((tokens or 2) - 1))
    ordered = rate_is_kept(run)
    return Spread(firsts, ordered), Spread(wholes, ordered), Spread(each, ordered)


def rate_is_kept(run: Mapping[str, object]) -> bool:
    """Say whether the lists are in the order in which requests were sent, so that runs of slow ones are seen."""
    starts = amounts(run.get("start_times"))
    return bool(starts) and starts == sorted(starts)


def _stated(run: Mapping[str, object], names: tuple[str, ...], total: int | None) -> Spread:
    found: dict[str, object] = {}
    factor = 1.0
    for key, value in run.items():
        match = _PERCENTILE.fullmatch(key)
        if match and match[2] in names:
            found[match[1]] = value
            factor = 1e-3 if match[3] else 1.0
    # The tool writes zeros where nothing was streamed or nothing came back.
    if not any(amount(value) for value in found.values()):
        return Spread()
    return stated(found, count=total, factor=factor)


def _lengths(run: Mapping[str, object], each: str, total: str, completed: int | None) -> Spread:
    samples = amounts(run.get(each))
    if samples:
        return Spread(samples)
    tokens = amount(run.get(total))
    return Spread(count=completed, mean=tokens / completed) if tokens is not None and completed else Spread()


def _date(run: Mapping[str, object]) -> str:
    match = _DAY.fullmatch(text(run.get("date")))
    return (
        f"{match[1]}-{match[2]}-{match[3]}T{match[4]}:{match[5]}:{match[6]}"
        if match
        else text(run.get("date"))[:30]
    )


OBSERVER = Observer(
    name="vllm-bench",
    summary="`vllm bench serve --save-result`, and SGLang's bench_serving",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("*vllm*.json", "*-qps-*.json", "*concurrency*.json", "*bench*.jsonl"),
    versions="vllm 0.32.0",
)
