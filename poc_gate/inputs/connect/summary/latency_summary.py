"""Runs of one source -> percentiles with intervals, what was cold, and whose fault the lateness was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from poc_gate.inputs.connect.load.open_loop import Record, Run, counted_response
from poc_gate.inputs.estimate.percentiles import (
    Percentile,
    measure_percentile,
    nearest_rank,
    smallest_sample,
    widen_by_windows,
)

SHARES = {"p50": 0.50, "p95": 0.95, "p99": 0.99}
_LEAST_COLD = 20
_COLD_SHARE = 0.05
_LIMITED_SHARE = 0.10
_LIMITED_S = 0.001
"""Seconds of the client's own lag at p99 that are held against no one: below the bar's own 1 ms of error."""
_LEAST_SAMPLES = 20
"""Below this not even a median is printed."""


class LatencySummary(Struct, frozen=True):
    """What the calls of one source showed; all times in seconds."""

    percentiles: Mapping[str, Percentile]
    """p50, p95, p99; one that the sample cannot carry is absent."""
    samples: tuple[float, ...]
    """Responses in the order of the plan, cold calls left out, failed calls at the timeout."""
    cold: tuple[float, ...]
    """Responses of the first calls."""
    service_p50: float
    service_p99: float
    lag_p99: float
    """Client's own wake-up lag."""
    queue_share: float
    """Share of calls that found every connection busy."""
    maximum: float
    errors: Mapping[str, int]
    error_rate: float
    limited: frozenset[str]
    """Percentiles that are client-limited: this machine's own lag is too large a part of them."""
    rate: float
    """Calls a second that were really sent."""
    processor_share: float
    """Of one core, used by this process meanwhile."""
    bytes: int
    parts: Mapping[str, tuple[float, float]]
    """Named parts of a call -> their p50 and p99."""
    windows: int
    stopped: str

    @property
    def client_limited(self) -> bool:
        """Whether any percentile is the client's doing as much as the source's."""
        return bool(self.limited)


def cold_calls(measured: int) -> int:
    """Return how many calls are sent beforehand and reported as cold."""
    return max(_LEAST_COLD, round(_COLD_SHARE * measured))


def summarise(runs: Sequence[Run], *, cold: int, timeout: float, shares: Sequence[str]) -> LatencySummary:
    """Return the summary of one or several windows; the first `cold` calls of each are reported apart.

    A percentile whose interval lacks an end is still a value, but a p99 is not printed at all below the
    sample that can carry one. Raises ValueError when no call at all was sent.
    """
    records = [record for run in runs for record in run.records]
    if not records:
        raise ValueError("no call was sent")
    warm = [[record for record in run.records if record.number >= cold] for run in runs]
    measured = [record for window in warm for record in window] or records
    samples = tuple(counted_response(record, timeout) for record in measured)
    windows = [[counted_response(record, timeout) for record in window] for window in warm]
    services = sorted(record.service for record in measured)
    lags = sorted(record.wake_up_lag for record in measured)
    errors = Counter(record.error for record in records if record.error)
    seconds = sum(run.seconds for run in runs)
    return LatencySummary(
        percentiles=_percentiles(samples, windows, shares),
        samples=samples,
        cold=tuple(counted_response(r, timeout) for run in runs for r in run.records if r.number < cold),
        service_p50=nearest_rank(services, 0.5),
        service_p99=nearest_rank(services, 0.99),
        lag_p99=nearest_rank(lags, 0.99),
        queue_share=sum(1 for record in measured if record.queue_wait > 0) / len(measured),
        maximum=max(samples),
        errors=dict(sorted(errors.items())),
        error_rate=sum(errors.values()) / len(records),
        limited=_limited(lags, sorted(samples)),
        rate=len(records) / seconds,
        processor_share=sum(run.processor_seconds for run in runs) / seconds,
        bytes=sum(run.bytes for run in runs),
        parts=_parts(measured),
        windows=len(runs),
        stopped="; ".join(dict.fromkeys(run.stopped for run in runs if run.stopped)),
    )


def _limited(lags: Sequence[float], ordered: Sequence[float]) -> frozenset[str]:
    """Return the percentiles that are as much this machine's doing as the source's.

    Lag counts when it is above a tenth of the response and above 1 ms. At p99 it condemns the whole run: an
    answer is picked up by a thread that wakes as late as one that sends, and that part cannot be seen. For
    the same reason a lower percentile is held against the lag at p90 at least, not against its own.
    """

    def late(name: str, share: float) -> bool:
        allowed = max(_LIMITED_SHARE * nearest_rank(ordered, SHARES[name]), _LIMITED_S)
        return nearest_rank(lags, share) > allowed

    if late("p99", 0.99):
        return frozenset(SHARES)
    return frozenset(name for name in ("p50", "p95") if late(name, max(SHARES[name], 0.90)))


def least_calls(name: str) -> int:
    """Return how many calls carry a percentile: 20 the p50, 72 the p95, 368 the p99."""
    return _LEAST_SAMPLES if name == "p50" else smallest_sample(SHARES[name])


def _percentiles(
    samples: Sequence[float], windows: Sequence[Sequence[float]], shares: Sequence[str]
) -> dict[str, Percentile]:
    found = {}
    for name in shares:
        if len(samples) >= least_calls(name):
            found[name] = widen_by_windows(measure_percentile(samples, SHARES[name]), windows)
    return found


def _parts(records: Sequence[Record]) -> dict[str, tuple[float, float]]:
    names = dict.fromkeys(name for record in records for name in record.call.parts)
    found = {}
    for name in names:
        values = sorted(record.call.parts[name] for record in records if name in record.call.parts)
        found[name] = (nearest_rank(values, 0.5), nearest_rank(values, 0.99))
    return found
