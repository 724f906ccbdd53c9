"""Single requests with start, duration and outcome -> one step of a load test; compact enough for millions of them."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime

from msgspec import Struct, field

from poc_gate.inputs.estimate.known_spread import Spread
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, Loop, Step

_LONGEST, _LATEST = 1e8, 1e11
"""Seconds of a request, and seconds since 1970."""


def _array() -> array[float]:
    return array("d")


class TimedRequests(Struct):
    """Collects requests as they come, and puts them in the order in which they were sent."""

    starts: array[float] = field(default_factory=_array)
    """Seconds since 1970 or since any other instant; the same one for all."""
    times: array[float] = field(default_factory=_array)
    """Seconds."""
    failed: int = 0

    @property
    def sent(self) -> int:
        """Return the number of requests."""
        return len(self.times)

    @property
    def ended(self) -> str:
        """Return the time of the last answer, ISO 8601; empty where times are not since 1970."""
        end = max(map(sum, zip(self.starts, self.times, strict=True)), default=0.0)
        return datetime.fromtimestamp(end, tz=UTC).isoformat(timespec="seconds") if 1e9 < end < 5e9 else ""

    def add(self, start: float, seconds: float, *, failed: bool) -> None:
        """Add one request; one whose times are beyond any that can be is left out."""
        if not (0 <= seconds < _LONGEST and abs(start) < _LATEST):
            return
        self.starts.append(start)
        self.times.append(seconds)
        self.failed += failed

    def add_iso(self, time: str, seconds: float, *, failed: bool, ended: bool = False) -> None:
        """Add one request with the ISO 8601 time of its start, or of its end; a text that is none counts as the one before."""
        try:
            at = datetime.fromisoformat(time)
            since = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - (seconds if ended else 0.0)
        except (ValueError, OverflowError):
            since = self.starts[-1] if self.starts else 0.0
        self.add(since, seconds, failed=failed)

    def span(self) -> float | None:
        """Return the seconds from the first request to the last answer; None where there is no time between."""
        if not self.starts:
            return None
        end = max(map(sum, zip(self.starts, self.times, strict=True)))
        span = float(end) - min(self.starts)
        return span if 0 < span < 1e9 else None

    def _sending(self) -> float | None:
        seconds = max(self.starts, default=0.0) - min(self.starts, default=0.0)
        return seconds if 0 < seconds < 1e9 else None

    def step(self, loop: Loop, counted: Counted, concurrency: float | None = None) -> Step:
        """Return all of it as one step."""
        order = sorted(range(len(self.starts)), key=self.starts.__getitem__)
        first = min(self.starts, default=0.0)
        started = (
            datetime.fromtimestamp(first, tz=UTC).isoformat(timespec="seconds") if 1e9 < first < 5e9 else ""
        )
        return Step(
            loop=loop, concurrency=concurrency, duration=self.span(), sending=self._sending(), sent=self.sent, failed=self.failed,
            latency=Spread([self.times[at] for at in order], in_order=True), counted=counted, started=started,
        )  # fmt: skip
