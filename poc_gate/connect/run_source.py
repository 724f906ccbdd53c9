"""One ready plan -> what its source showed; every failure in words, every connection closed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from poc_gate.connect.arrivals import plan_arrivals
from poc_gate.connect.interface import Bulk, Link, Newest, Server, Session, SourceError, Target
from poc_gate.connect.latency_summary import LatencySummary, summarise
from poc_gate.connect.open_loop import OpenLoop, Run
from poc_gate.connect.percentiles import nearest_rank
from poc_gate.connect.plan_sources import CONNECTS, SourcePlan, most_bulk
from poc_gate.connect.presets import Preset
from poc_gate.connect.scrub import Scrubber

_ONCE_TIMEOUTS = 4
"""Timeouts that what is asked once may take: sampling keys, the newest record."""
_BULK_S = 20.0
_T = TypeVar("_T")

Tell = Callable[[str, float], None]
"""Told what runs, with running percentiles, and which share (0 to 1) is done."""


class Observed(Struct, frozen=True):
    """What one source showed; whatever could not be learnt is None, with its reason."""

    failure: str = ""
    """Why nothing at all was measured."""
    server: Server = field(default_factory=Server)
    connects: tuple[float, ...] = ()
    """Seconds of connecting, one after the other."""
    latency: LatencySummary | None = None
    newest: Newest | None = None
    bulk: Bulk | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    """`latency`, `newest` or `bulk` -> why it is absent."""
    messages: tuple[str, ...] = ()
    """First errors of calls, scrubbed."""


class Pace(Struct, frozen=True):
    """When calls are sent."""

    preset: Preset
    seed: int = 0
    pattern: str = "poisson"
    wait: Callable[[float], None] = time.sleep
    """Spends the seconds between windows."""


def run_source(plan: SourcePlan, pace: Pace, *, target: Target, scrubber: Scrubber, tell: Tell) -> Observed:
    """Return what the source of a ready plan showed; `target` is the plan's, with its secret.

    Raises nothing of the driver's: what fails is in the answer.
    """
    assert plan.connector is not None
    try:
        session = plan.connector.open(target)
    except SourceError as error:
        return Observed(failure=scrubber.message(_words(error)))
    try:
        return _Measuring(session, plan, pace, scrubber, tell).run()
    except session.failures as error:
        return Observed(failure=scrubber.message(_words(error)))


class _Measuring:
    """The steps of one source, in order."""

    def __init__(
        self, session: Session, plan: SourcePlan, pace: Pace, scrubber: Scrubber, tell: Tell
    ) -> None:
        self._session = session
        self._plan = plan
        self._pace = pace
        self._scrubber = scrubber
        self._tell = tell
        self._limits = plan.target.limits
        self._failures = session.failures
        self._reasons: dict[str, str] = {}

    def run(self) -> Observed:
        """Connect, describe, ask for the newest record, send the calls, read in bulk."""
        connects = self._time_connects()
        with self._link(self._limits.timeout * _ONCE_TIMEOUTS) as link:
            self._tell(f"{self._plan.id}: asking the server", 0.0)
            server = self._session.prepare(link)
            newest = self._once(
                "newest", lambda: self._session.newest(link), "no time column or key is declared"
            )
        runs = self._windows() if self._plan.calls else []
        latency = None
        if any(run.records for run in runs):
            latency = summarise(
                runs, cold=self._plan.cold, timeout=self._limits.timeout, shares=self._pace.preset.shares
            )
        else:
            missing = self._plan.intent.missing if self._plan.intent else ""
            self._reasons["latency"] = missing or "no call was sent"
        bulk = None
        if latency is None or not latency.stopped:
            bulk = self._bulk()
        else:
            self._reasons["bulk"] = f"left out: {latency.stopped}"
        messages = tuple(dict.fromkeys(self._scrubber.message(text) for run in runs for text in run.messages))
        return Observed("", self._scrubbed(server), connects, latency, newest, bulk, self._reasons, messages)

    def _time_connects(self) -> tuple[float, ...]:
        """Open and close connections one after the other, at most at the budget's rate."""
        times = []
        for number in range(CONNECTS):
            self._tell(f"{self._plan.id}: connecting", number / CONNECTS)
            begun = time.perf_counter()
            link = self._session.connect()
            times.append(time.perf_counter() - begun)
            link.close()
            time.sleep(min(1.0, 1 / self._limits.rate))
        return tuple(times)

    @contextmanager
    def _link(self, seconds: float) -> Iterator[Link]:
        """Yield one connection that is broken off after `seconds`, and closed at the end."""
        link = self._session.connect()
        watchdog = threading.Timer(seconds, self._abort, (link,))
        watchdog.daemon = True
        watchdog.start()
        try:
            yield link
        finally:
            watchdog.cancel()
            with suppress(*self._failures):  # broken off just now: nothing is left to close
                link.close()

    def _abort(self, link: Link) -> None:
        try:
            link.abort()
        except self._failures:
            return  # it ended by itself just now

    def _once(self, what: str, ask: Callable[[], _T | None], otherwise: str) -> _T | None:
        try:
            found = ask()
        except self._failures as error:
            self._reasons[what] = self._scrubber.message(_words(error))
            return None
        if found is None:
            self._reasons[what] = otherwise
        return found

    def _windows(self) -> list[Run]:
        runs: list[Run] = []
        planned = self._plan.calls + self._plan.cold
        used = 0
        for window in range(self._plan.windows):
            begun = time.monotonic()
            arrivals = plan_arrivals(
                planned, self._limits.rate, pattern=self._pace.pattern, seed=self._pace.seed + window
            )
            budget = replace(self._limits, bytes=self._limits.bytes - used)
            links: list[Link] = []
            try:
                while len(links) < self._limits.connections:
                    links.append(self._session.connect())
            except self._failures as error:
                for link in links:
                    link.close()
                self._reasons["latency"] = self._scrubber.message(_words(error))
                break
            runs.append(OpenLoop(self._session, arrivals, budget, tell=self._teller(window)).run(links))
            used += runs[-1].bytes
            if runs[-1].stopped:
                break
            if window + 1 < self._plan.windows:
                self._tell(
                    f"{self._plan.id}: next window in {self._pace.preset.gap / 60:.0f} min",
                    (window + 1) / self._plan.windows,
                )
                self._pace.wait(max(0.0, self._pace.preset.gap - (time.monotonic() - begun)))
        return runs

    def _teller(self, window: int) -> Callable[[list[float], int], None]:
        def tell(responses: list[float], planned: int) -> None:
            share = (window + len(responses) / max(1, planned)) / self._plan.windows
            self._tell(f"{self._plan.id} {running(responses)}", share)

        return tell

    def _bulk(self) -> Bulk | None:
        most = most_bulk(self._limits)

        def read() -> Bulk | None:
            with self._link(_BULK_S) as link:
                return self._session.bulk(link, most)

        self._tell(f"{self._plan.id}: reading in bulk", 1.0)
        return self._once("bulk", read, "no bulk read is declared for this source")

    def _scrubbed(self, server: Server) -> Server:
        notes = {name: self._scrubber.message(text) for name, text in server.notes.items()}
        return Server(self._scrubber.message(server.version), server.replica_lag, notes)


def running(responses: list[float]) -> str:
    """Return the percentiles so far, in milliseconds, as one short text."""
    if not responses:
        return "waiting"
    ordered = sorted(responses)
    shown = " ".join(f"p{share:g} {nearest_rank(ordered, share / 100) * 1000:.3g}" for share in (50, 95, 99))
    return f"{shown} ms n={len(ordered)}"


def _words(error: Exception) -> str:
    text = str(error) or "no details"
    return text if isinstance(error, SourceError) else f"{type(error).__name__}: {text}"
