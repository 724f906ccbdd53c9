"""What one source showed -> what a reader should know beyond the numbers: tails, cold starts, the price of connecting."""

from __future__ import annotations

from poc_gate.inputs.connect.run.run_source import Observed
from poc_gate.inputs.connect.summary.latency_summary import LatencySummary
from poc_gate.inputs.estimate.percentiles import nearest_rank

_TAIL = 5.0
_COLD = 3.0
_BUSY_SHARE = 0.05


def source_notes(observed: Observed) -> tuple[str, ...]:
    """Return the findings on one source; a percentile that is this machine's doing speaks against no source."""
    latency = observed.latency
    if latency is None or "p50" not in latency.percentiles:
        return ()
    median = latency.percentiles["p50"].value
    found = [_tail(latency, median), _cold(latency, median), _connecting(observed, median)]
    if latency.queue_share > _BUSY_SHARE:
        found.append(f"{latency.queue_share:.0%} of the calls found every connection busy at this rate")
    return tuple(note for note in found if note)


def _tail(latency: LatencySummary, median: float) -> str:
    highest = "p99" if "p99" in latency.percentiles else "p95"
    tail = latency.percentiles.get(highest)
    if tail is None or highest in latency.limited or tail.value <= _TAIL * median:
        return ""
    return f"{highest} is {tail.value / median:.1f} times the median: a fan-out meets that tail"


def _cold(latency: LatencySummary, median: float) -> str:
    if not latency.cold or "p50" in latency.limited:
        return ""
    cold = nearest_rank(sorted(latency.cold), 0.5)
    if cold <= _COLD * median:
        return ""
    return f"the first calls take {cold / median:.1f} times a later one: a cache or a plan warms up"


def _connecting(observed: Observed, median: float) -> str:
    times = sorted(observed.connects)
    if not times or nearest_rank(times, 0.5) <= median:
        return ""
    return f"connecting takes {nearest_rank(times, 0.5) / median:.1f} times a call: a client without a pool pays it each time"
