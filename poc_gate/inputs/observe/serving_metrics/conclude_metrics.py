"""Series of metrics -> load, queues, cache use, times and restarts of the service, and what one scrape cannot say."""

from __future__ import annotations

import math
from collections.abc import Iterable

from poc_gate.inputs.estimate.histograms import bucket_percentile
from poc_gate.inputs.estimate.shares import rate_interval, share_interval
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.plain_values import iso
from poc_gate.inputs.observe.serving_metrics.metric_names import MEANINGS, Meaning, tool_of
from poc_gate.inputs.observe.serving_metrics.metric_series import Series
from poc_gate.inputs.observe.serving_metrics.said_by_option import completed
from poc_gate.model.observation import Origin

_HISTOGRAMS = {
    "latency": ("serving.latency", (0.5, 0.95, 0.99)), "queue_time": ("serving.queue_time", (0.95,)),
    "ttft": ("serving.ttft", (0.5, 0.95)), "tpot": ("serving.tpot", (0.5,)),
}  # fmt: skip
_SATURATION = {"waiting": "queue", "kv_use": "kv", "preemptions": "preemptions"}
_DAY = 86400.0


def conclude(series: list[Series], finds: Finds, *, version: str = "") -> None:
    """Add to the finds what the series show; those that have no documented meaning are counted and left."""
    found = {name: held for name, meaning in MEANINGS.items() if (held := _of(meaning, series))}
    used = {one.name for held in found.values() for one in held}
    tools = sorted({tool for name in used if (tool := tool_of(name))})
    times = [at for held in found.values() for one in held for at, _ in one.points if at]
    window = max(times) - min(times) if times else 0.0
    models = sorted({name for one in series if (name := one.labels.get("model_name", ""))})
    finds.origin = Origin(
        ", ".join(tools), version, iso(max(times, default=None)), ", ".join(models) or _target(found)
    )
    completed(finds)
    finds.samples = max((len(one.points) for held in found.values() for one in held), default=0)
    finds.details["meanings"] = {name: sorted({one.name for one in held}) for name, held in found.items()}
    if not found:
        finds.must_not(
            "no metric of the file has a meaning that is known here: it shows nothing about the service"
        )
        return
    _say_what_is_missing(finds, window)
    if models:
        finds.observe("serving.models", tuple(models), samples=finds.samples)
    if exported := tuple(word for name, word in _SATURATION.items() if name in found):
        finds.observe(
            "serving.saturation_exported", exported, samples=finds.samples, method="the server exports them"
        )
    _gauges(found, finds, over_time=window > 0)
    _counters(found, finds, window)
    _histograms(found, finds, window)


def _of(meaning: Meaning, series: list[Series]) -> list[Series]:
    """Return the series of the first of its names that is there, in SI units."""
    for name, factor in meaning.names.items():
        parts = (
            (name, f"{name}_bucket", f"{name}_sum", f"{name}_count")
            if meaning.kind == "histogram"
            else (name, f"{name}_total")
        )
        held = [one for one in series if one.name in parts]
        if held:
            return [_scaled(one, factor) for one in held] if factor != 1 else held
    return []


def _scaled(one: Series, factor: float) -> Series:
    """Return a series in SI units: of a histogram the bounds and the sum, elsewhere the values."""
    if one.name.endswith("_bucket"):
        bound = _number(one.labels.get("le", ""))
        scaled = bound * factor if bound is not None else math.inf
        return Series(one.name, {**one.labels, "le": repr(scaled)}, one.points)
    if one.name.endswith("_count"):
        return one
    return Series(one.name, one.labels, tuple((at, value * factor) for at, value in one.points))


def _target(found: dict[str, list[Series]]) -> str:
    places = [
        one.labels.get(name, "")
        for held in found.values()
        for one in held
        for name in ("job", "service", "namespace")
    ]
    return next(filter(None, places), "")


def _say_what_is_missing(finds: Finds, window: float) -> None:
    if window <= 0:
        finds.must_not(
            "one scrape holds totals since the process started and the state of one instant: no rate, no peak, no "
            "percentile over time follows from it",
            next_step="query a range, such as `query_range` over a day in steps of a minute",
        )
    elif window < _DAY:
        finds.must_not(
            f"the metrics cover {window / 3600:.3g} hours: the peak of a day or a week may be outside"
        )
    lacking = [one for one in finds.origin.lacking() if one != "the tool"]
    if lacking:
        finds.ask(
            f"the file does not give {', '.join(lacking)}, so it counts as imported, not as measured",
            "give it in the option of the import: `version=..., ended=2026-11-28, target=...`",
        )


def _gauges(found: dict[str, list[Series]], finds: Finds, *, over_time: bool) -> None:
    if not over_time:
        finds.details["instant"] = {
            name: max(one.last for one in found[name])
            for name in ("running", "waiting", "kv_use")
            if name in found
        }
        return
    for name, fact, together in (
        ("running", "serving.running_p95", math.fsum), ("waiting", "serving.waiting_p95", math.fsum), ("kv_use", "serving.kv_use_p95", max),
    ):  # fmt: skip
        values = list(_over_time(found.get(name, []), together).values())
        if values and not (name == "kv_use" and max(values) > 1):
            finds.observe_percentile(fact, values, 0.95, unit="1", method="points over time, all replicas together" if together is math.fsum else "points over time, the fullest replica")  # fmt: skip
    duty = list(_over_time(found.get("accelerator_duty", []), _mean).values())
    if duty and min(duty) >= 0 and max(duty) <= 1:
        finds.observe(
            "serving.accelerator_duty",
            _mean(duty),
            samples=len(duty),
            method="mean over time and accelerators",
        )
    memory = list(_over_time(found.get("accelerator_memory", []), max).values())
    if memory:
        finds.observe(
            "serving.accelerator_memory",
            max(memory),
            unit="B",
            samples=len(memory),
            method="highest over time",
        )


def _over_time(held: Iterable[Series], together: object) -> dict[float, float]:
    at_time: dict[float, list[float]] = {}
    for one in held:
        for at, value in one.points:
            at_time.setdefault(at, []).append(value)
    return {at: together(values) for at, values in sorted(at_time.items())}  # type: ignore[operator]


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


def _counters(found: dict[str, list[Series]], finds: Finds, window: float) -> None:
    total = sum(one.growth() for one in found.get("requests", []))
    failed = sum(one.growth() for one in found.get("failures", [])) + sum(
        one.growth() for one in found.get("requests", []) if _is_failure(one)
    )
    everything = total + sum(one.growth() for one in found.get("failures", []) if "success" in "".join(one_.name for one_ in found.get("requests", [])))  # fmt: skip
    knows = bool(found.get("failures") or found.get("broken_off")) or any(
        {"code", "finished_reason"} & one.labels.keys() for one in found.get("requests", [])
    )
    if everything >= 1 and knows:
        broken_off = sum(one.growth() for one in found.get("broken_off", [])) + sum(
            one.growth() for one in found.get("requests", []) if one.labels.get("finished_reason") == "abort"
        )
        _errors(round(failed), round(broken_off), round(everything), finds)
    for name in ("preemptions", "memory_kills"):
        if name in found:
            grown = sum(one.growth() for one in found[name])
            finds.observe(
                f"serving.{name}", grown, samples=max(1, finds.samples), method="growth of the counter"
            )
    restarts = sum(one.growth() for one in found["restarts"]) if "restarts" in found else None
    if restarts is not None:
        finds.observe(
            "serving.restarts", restarts, samples=max(1, finds.samples), method="growth of the counter"
        )
    elif window > 0 and found.get("requests"):
        resets = max(one.resets() for one in found["requests"])
        finds.observe(
            "serving.restarts", resets, samples=finds.samples, method="times that its counters fell to zero"
        )
    if window <= 0:
        return
    finds.observe("serving.window", window, unit="s", samples=finds.samples, method="first to last point")
    _rates(found, finds, window)


def _is_failure(one: Series) -> bool:
    return one.labels.get("code", "").startswith("5") or one.labels.get("finished_reason") == "error"


def _errors(failed: int, broken_off: int, requests: int, finds: Finds) -> None:
    """State the share of failed requests; those that were broken off may have been so by who asked, and only widen it."""
    failed = min(failed, requests)
    low, _ = share_interval(failed, requests)
    _, high = share_interval(min(failed + broken_off, requests), requests)
    finds.observe(
        "serving.error_rate", failed / requests, samples=requests, low=low, high=high, interval="Wilson score",
        method="requests that failed; at most, those that were broken off as well",
    )  # fmt: skip
    if broken_off:
        finds.must_not(
            f"{broken_off:,} requests were broken off: by those who asked, or by the server, which the metrics do not tell apart"
        )


def _rates(found: dict[str, list[Series]], finds: Finds, window: float) -> None:
    steps: dict[float, tuple[float, float]] = {}
    for one in found.get("requests", []):
        for start, length, grown in one.steps():
            if length > 0:
                steps[start] = (length, steps.get(start, (length, 0.0))[1] + grown)
    if steps:
        counts = [round(grown) for _, grown in steps.values()]
        length = math.fsum(length for length, _ in steps.values()) / len(steps)
        rate, low, high = rate_interval(counts, length)
        finds.observe("serving.requests_rate", rate, unit="req/s", samples=sum(counts), low=low, high=high, interval="counts by interval", method="growth of the counter over time")  # fmt: skip
        if window >= _DAY:
            finds.observe("demand.pilot_requests_per_day", rate, unit="req/s", samples=sum(counts), low=low, high=high, interval="counts by interval", method="requests that the server counted")  # fmt: skip
        peak = max(grown / length for length, grown in steps.values())
        finds.observe(
            "serving.requests_peak",
            peak,
            unit="req/s",
            samples=sum(counts),
            method=f"busiest interval of {length:.3g} s",
        )
    tokens = sum(one.growth() for one in found.get("output_tokens", []))
    if tokens and window > 0:
        finds.observe(
            "serving.tokens_rate",
            tokens / window,
            unit="tok/s",
            samples=round(tokens),
            method="growth of the counter over time",
        )


def _histograms(found: dict[str, list[Series]], finds: Finds, window: float) -> None:
    how = "buckets of the server" + ("" if window > 0 else ", all since its start")
    for name, (fact, shares) in _HISTOGRAMS.items():
        bounds, counts = _buckets(found.get(name, []))
        for share in shares:
            known = bucket_percentile(bounds, counts, share) if bounds else None
            if known is not None and known.value >= 0:
                finds.observe(
                    f"{fact}_p{share * 100:g}", known.value, unit="s", samples=known.count, low=known.low, high=known.high,
                    interval=known.interval, method=how, stable=known.low is not None and known.high is not None,
                )  # fmt: skip
            elif bounds and counts[-1] >= 1:
                finds.must_not(
                    f"the {share * 100:g}th percentile of {name.replace('_', ' ')} is beyond the last bucket of the server"
                )
    for name in ("in_tokens", "out_tokens"):
        total = sum(one.growth() for one in found.get(name, []) if one.name.endswith("_sum"))
        count = sum(one.growth() for one in found.get(name, []) if one.name.endswith("_count"))
        if count >= 1 and total >= 0:
            finds.observe(f"serving.{name}", total / count, unit="tok", samples=round(count), method="mean")


def _buckets(held: list[Series]) -> tuple[list[float], list[float]]:
    """Return bounds and running totals over all replicas; only where each of them has the same bounds."""
    table: dict[float, float] = {}
    for one in held:
        bound = _number(one.labels.get("le", "")) if one.name.endswith("_bucket") else None
        if bound is not None:
            table[bound] = table.get(bound, 0.0) + one.growth()
    bounds = sorted(table)
    if not bounds or not math.isinf(bounds[-1]):
        return [], []
    return bounds, [table[bound] for bound in bounds]


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return None if math.isnan(value) else value
