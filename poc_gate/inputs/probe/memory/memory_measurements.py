"""Figures and chases -> measurements: value, median, interval, grade, and everything a reader needs to repeat them."""

from __future__ import annotations

from msgspec import structs

from poc_gate.inputs.probe.host.disturbance import Disturbance
from poc_gate.inputs.probe.memory.memory_bandwidth import Figure
from poc_gate.inputs.probe.memory.memory_latency import Chase, Latencies
from poc_gate.inputs.probe.memory.memory_plan import MemoryPlan
from poc_gate.inputs.probe.memory.native_kernels import BYTES_COUNTED
from poc_gate.inputs.probe.sampling import Summary, grade, summarise
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

_KEPT_SAMPLES = 64
_INTERVAL = "long-run median, 95 %, up to the best slice"
_GUESTS_APART = {"B/s": 0.08, "s": 0.12}
"""Share of the median that an interval reaches to both sides at least where other guests use the same memory, for rates
and for latencies.

poc-gate's own: probes within two and a half minutes on a guest of grade A had medians up to 7 % (rates) and 13 %
(latencies, which also depend on where the host happens to put the pages) from the median of all of them, and no spread of
one probe's slices shows it. docs/probe.md says how often the intervals held."""
_LEAK = 0.95
"""A whole arena slower than this share of its half means that caches still answer."""


def bandwidth_measurement(figure: Figure, plan: MemoryPlan, share: float | None) -> Measurement:
    """Return the measurement of one figure; its value is the best slice, what the machine can do undisturbed."""
    assert figure.variant is not None
    summary = summarise(tuple(figure.samples), higher_is_better=True)
    letter, reason = grade(summary, figure.seen, higher_is_better=True, threads=len(figure.cpus))
    letter, reason = _doubts(figure, plan, letter, reason)
    measurement = Measurement(
        fact=f"machine.memory.{figure.name}",
        value=Quantity(summary.best, "B/s"),
        unit="B/s",
        grade=letter,
        reason=reason,
        samples=tuple(figure.samples[-_KEPT_SAMPLES:]),
        warmups=tuple(sorted(figure.trials.values(), reverse=True)[:3]),
        method=(
            f"{figure.operation} kernel on {len(figure.cpus)} pinned threads, slices round-robin over all figures; "
            f"counts {BYTES_COUNTED[figure.operation]} x array bytes, write-allocate not counted"
        ),
        variant=figure.variant.title,
        details=_details(figure, plan, share),
    )
    return _with_spread(measurement, summary, guest=plan.guest)


def _with_spread(measurement: Measurement, summary: Summary, *, guest: bool) -> Measurement:
    """Add the summary's numbers and say what a C means."""
    poor = measurement.grade == "C"
    least = _GUESTS_APART[measurement.unit] if guest else 0.0
    apart = least * summary.median
    return structs.replace(
        measurement,
        median=summary.median,
        minimum=summary.minimum,
        maximum=summary.maximum,
        low=min(summary.low, summary.best, summary.median - apart),
        high=max(summary.high, summary.best, summary.median + apart),
        interval=f"{_INTERVAL}, at least {least:.0%} to both sides on a virtual machine"
        if guest
        else _INTERVAL,
        spread=summary.spread,
        stable=not poor,
        reason=f"not trustworthy, also when repeated: {measurement.reason}" if poor else measurement.reason,
    )


def _doubts(figure: Figure, plan: MemoryPlan, letter: str, reason: str) -> tuple[str, str]:
    """Lower the grade for what the samples cannot show: wrong results, and caches that still answer."""
    if not figure.verified:
        return "C", "the kernel left wrong results"
    # A disturbed check of the caches says nothing.
    if letter != "C" and figure.leak is not None and figure.leak < _LEAK:
        leak = (
            f"the whole memory measured on is {1 - figure.leak:.0%} slower than its half: caches still answer"
        )
        return "C", "; ".join(part for part in (reason, leak) if part)
    return _within_cache(plan.size, plan.last_level, letter, reason)


def _within_cache(size: int, cache: int, letter: str, reason: str) -> tuple[str, str]:
    """Lower the grade where the memory measured on is small beside the stated last-level cache."""
    if size >= 2 * cache:
        return letter, reason
    words = (
        f"{size >> 20} MiB {'fit in' if size <= cache else 'are less than twice'} the stated last-level cache"
    )
    lowered = "C" if size <= cache else max(letter, "B")
    return lowered, "; ".join(part for part in (reason, f"{words} of {cache >> 20} MiB") if part)


def _details(figure: Figure, plan: MemoryPlan, share: float | None) -> dict[str, str]:
    trials = sorted(figure.trials.items(), key=lambda pair: -pair[1])[:5]
    return {
        "cpus": ",".join(map(str, figure.cpus)),
        "footprint": f"{plan.size >> 20} MiB",
        "huge pages": "unknown" if share is None else f"{share:.0%}",
        "slices": str(len(figure.samples)),
        "verified": "yes" if figure.verified else "no",
        "steal": f"{figure.seen.steal:.3f} CPU",
        "foreign load": f"{figure.seen.foreign:.3f} CPU",
        "whole to half": "" if figure.leak is None else f"{figure.leak:.3f}",
        "variants tried": "; ".join(f"{name} {rate / 1e9:.1f} GB/s" for name, rate in trials),
    }


def latency_measurements(found: Latencies, seen: Disturbance, plan: MemoryPlan) -> dict[str, Measurement]:
    """Return idle and loaded latency by fact name; the loaded one only where there was a load."""
    details = {
        "footprint": f"{found.memory.size >> 20} MiB",
        "stride": f"{found.memory.stride} B",
        "steal": f"{seen.steal:.3f} CPU",
        "foreign load": f"{seen.foreign:.3f} CPU",
    }
    if found.huge_share is not None:
        details["huge pages"] = f"{found.huge_share:.0%}"
    small = summarise(found.on_small[-1].samples, higher_is_better=False)
    details["on 4 KiB pages"] = (
        f"{small.best * 1e9:.1f} ns over {found.on_small[-1].size >> 20} MiB, median {small.median * 1e9:.1f} ns"
    )
    measured = {"machine.memory.latency": _latency("latency", found.memory, seen, plan, details, "idle")}
    if found.loaded is not None:
        beside = details | {"load": f"{found.loaded_rate / 1e9:.1f} GB/s read by the other CPUs"}
        measured["machine.memory.latency_loaded"] = _latency(
            "latency_loaded", found.loaded, seen, plan, beside, "while every other allowed CPU reads"
        )
    return measured


def _latency(
    name: str, chase: Chase, seen: Disturbance, plan: MemoryPlan, details: dict[str, str], when: str
) -> Measurement:
    summary = summarise(chase.samples, higher_is_better=False)
    threads = 1 if name == "latency" else len(plan.parts)
    letter, reason = grade(summary, seen, higher_is_better=False, threads=threads)
    letter, reason = _within_cache(chase.size, plan.own_last_level, letter, reason)
    measurement = Measurement(
        fact=f"machine.memory.{name}",
        value=Quantity(summary.best, "s"),
        unit="s",
        grade=letter,
        reason=reason,
        samples=chase.samples,
        method=f"dependent loads over one random cycle of 64-byte lines, {when}",
        variant="huge pages advised",
        details=details,
    )
    return _with_spread(measurement, summary, guest=plan.guest)
