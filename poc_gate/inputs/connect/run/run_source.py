"""One ready plan -> what its source showed; every failure in words, every connection closed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from poc_gate.inputs.connect.bulk_reads import bulk_reads, watched_link
from poc_gate.inputs.connect.declared.presets import Preset
from poc_gate.inputs.connect.declared.renewals import Growth, Intake, Renewals
from poc_gate.inputs.connect.failure_words import failure_words
from poc_gate.inputs.connect.interface import Bulk, Link, Newest, Server, Session, SourceError, Target
from poc_gate.inputs.connect.load.arrivals import plan_arrivals
from poc_gate.inputs.connect.load.load_steps import LoadStep, is_interrupted, run_steps
from poc_gate.inputs.connect.load.open_loop import INTERRUPTED, OpenLoop, Run
from poc_gate.inputs.connect.load.take_turns import Turns
from poc_gate.inputs.connect.newest_age import newest_so_far, renewals_so_far
from poc_gate.inputs.connect.run.plan_sources import unusable_trust
from poc_gate.inputs.connect.run.source_plan import CONNECTS, SourcePlan, most_bulk
from poc_gate.inputs.connect.summary.latency_summary import LatencySummary, summarise
from poc_gate.inputs.estimate.percentiles import nearest_rank
from poc_gate.text.secrets.scrub import Scrubber

_ONCE_TIMEOUTS = 4
"""Timeouts that what is asked once may take: sampling keys, the newest record."""
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
    renewals: Renewals | None = None
    growth: Growth | None = None
    bulk: Bulk | None = None
    parallel: Bulk | None = None
    """The bulk read shared among several readers at once."""
    reasons: dict[str, str] = field(default_factory=dict)
    """`latency`, `newest`, `renewals`, `bulk` or `parallel` -> why it is absent."""
    messages: tuple[str, ...] = ()
    """First errors of calls, scrubbed."""
    interrupted: bool = False
    """Whether Ctrl-C or another signal ended it."""
    steps: tuple[LoadStep, ...] = ()
    """What further loads showed, in their order."""


class Pace(Struct, frozen=True):
    """When calls are sent."""

    preset: Preset
    seed: int = 0
    pattern: str = "poisson"


def run_source(
    plan: SourcePlan, pace: Pace, *, target: Target, scrubber: Scrubber, tell: Tell
) -> Turns[Observed]:
    """Return what the source of a ready plan showed; `target` is the plan's, with its secret.

    Yields between windows, with the moment of the next one. Raises nothing of the driver's: what fails is in
    the answer, and so is what there is when Ctrl-C ends it.
    """
    assert plan.connector is not None
    unusable = unusable_trust(target.ca)
    if unusable:
        return Observed(failure=scrubber.message(failure_words(unusable, target)))
    try:
        session = plan.connector.open(target)
    except (SourceError, OSError) as error:
        return Observed(failure=scrubber.message(failure_words(error, target)))
    measuring = _Measuring(session, replace(plan, target=target), pace, scrubber, tell)
    try:
        yield from measuring.steps()
    except session.failures as error:
        return Observed(failure=scrubber.message(failure_words(error, target)))
    except KeyboardInterrupt:
        measuring.interrupted = True
    return measuring.observed()


class _Measuring:
    """The steps of one source, in order, and what they brought so far."""

    def __init__(
        self, session: Session, plan: SourcePlan, pace: Pace, scrubber: Scrubber, tell: Tell
    ) -> None:
        self.interrupted = False
        self._session = session
        self._plan = plan
        self._pace = pace
        self._scrubber = scrubber
        self._tell = tell
        self._limits = plan.target.limits
        self._failures = session.failures
        self._reasons: dict[str, str] = {}
        self._found = Observed(reasons=self._reasons)
        self._runs: list[Run] = []
        self._stopped = ""

    def steps(self) -> Turns[None]:
        """Connect, describe, ask for the newest record, send the calls, read in bulk."""
        self._keep(connects=self._time_connects())
        begun = time.monotonic()
        first = self._look()
        if self._plan.calls:
            yield from self._windows()
        if self.interrupted:
            return
        if self._plan.steps and not self._stopped and not self._further_loads():
            return
        if self._stopped:
            self._reasons["bulk"] = self._reasons["parallel"] = f"left out: {self._stopped}"
            return
        self._tell(f"{self._plan.id}: reading in bulk", 1.0)
        most = most_bulk(self._limits)
        single, several = bulk_reads(self._session, most, self._limits.connections, self._once)
        self._keep(bulk=single, parallel=several)
        if first is not None:
            self._keep(growth=self._once("growth", lambda: self._growth(first, begun), ""))

    def observed(self) -> Observed:
        """Return what there is so far."""
        shown = [failure_words(text, self._plan.target) for run in self._runs for text in run.messages]
        messages = tuple(dict.fromkeys(self._scrubber.message(text) for text in shown))
        complete = len(self._runs) == self._plan.windows and not self._stopped
        if self.interrupted:
            self._note_interrupt(complete=complete)
        found = replace(self._found, messages=messages, interrupted=self.interrupted)
        if not any(run.records for run in self._runs):
            missing = self._plan.intent.missing if self._plan.intent else ""
            self._reasons.setdefault("latency", missing or "no call was sent")
            return replace(found, failure=self._stopped)
        latency = summarise(
            self._runs, cold=self._plan.cold, timeout=self._limits.timeout, shares=self._pace.preset.shares
        )
        return replace(found, latency=replace(latency, stopped=self._stopped))

    def _note_interrupt(self, *, complete: bool) -> None:
        """Say how far the calls got; those of a run that was complete by then stay as they are."""
        calls = sum(len(run.records) for run in self._runs)
        planned = (self._plan.calls + self._plan.cold) * self._plan.windows
        why = f"{INTERRUPTED} after {calls:,} of {planned:,} calls"
        if self._plan.windows > 1:
            why += (
                f", in window {max(1, len(self._runs))} of {self._plan.windows}; a new run begins at window 1"
            )
        if not complete:
            self._stopped = why
        for name in ("newest", "renewals", "bulk", "parallel"):
            if getattr(self._found, name) is None:
                self._reasons.setdefault(name, why)

    def _keep(self, **found: object) -> None:
        self._found = replace(self._found, **found)

    def _look(self) -> Intake | None:
        """Ask once what the server says of itself and how new its records are."""
        with watched_link(self._session, self._limits.timeout * _ONCE_TIMEOUTS) as link:
            self._tell(f"{self._plan.id}: asking the server", 0.0)
            self._keep(server=self._scrubbed(self._session.prepare(link)))
            undeclared = "no time column or key is declared"
            self._keep(
                newest=self._once("newest", lambda: newest_so_far(self._session.newest(link)), undeclared)
            )
            kept = "the source keeps no times of earlier renewals that are declared"
            self._keep(
                renewals=self._once("renewals", lambda: renewals_so_far(self._session.renewals(link)), kept)
            )
            return self._once("growth", lambda: self._session.intake(link), "")

    def _growth(self, first: Intake, begun: float) -> Growth | None:
        with watched_link(self._session, self._limits.timeout * _ONCE_TIMEOUTS) as link:
            last = self._session.intake(link)
        if last is None:
            return None
        seconds = max(1e-6, time.monotonic() - begun)
        return Growth(max(0, last.records - first.records), seconds, last.method)

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

    def _once(self, what: str, ask: Callable[[], _T | None], otherwise: str) -> _T | None:
        try:
            found = ask()
        except self._failures as error:
            self._reasons[what] = self._scrubber.message(failure_words(error, self._plan.target))
            return None
        if found is None:
            self._reasons[what] = otherwise
        return found

    def _windows(self) -> Turns[None]:
        for window in range(self._plan.windows):
            begun = time.monotonic()
            try:
                links = self._connect_all()
            except self._failures as error:
                why = self._scrubber.message(failure_words(error, self._plan.target))
                self._reasons["latency"] = why
                self._stopped = f"window {window + 1} of {self._plan.windows} could not connect: {why}"
                return
            run = self._window(window, links)
            self._runs.append(run)
            if run.stopped:
                self._stopped = run.stopped
                self.interrupted = run.stopped == INTERRUPTED
                return
            if window + 1 < self._plan.windows:
                yield begun + self._pace.preset.gap

    def _connect_all(self) -> list[Link]:
        links: list[Link] = []
        try:
            while len(links) < self._limits.connections:
                links.append(self._session.connect())
        except BaseException:
            for link in links:
                link.close()
            raise
        return links

    def _window(self, window: int, links: list[Link]) -> Run:
        arrivals = plan_arrivals(
            self._plan.calls + self._plan.cold,
            self._limits.rate,
            pattern=self._pace.pattern,
            seed=self._pace.seed + window,
        )
        budget = replace(self._limits, bytes=self._limits.bytes - sum(run.bytes for run in self._runs))

        def tell(responses: list[float], planned: int) -> None:
            share = (window + len(responses) / max(1, planned)) / self._plan.windows
            of = f" window {window + 1}/{self._plan.windows}" if self._plan.windows > 1 else ""
            self._tell(f"{self._plan.id}{of} {running(responses)}", share)

        return OpenLoop(self._session, arrivals, budget, tell=tell).run(links)

    def _further_loads(self) -> bool:
        """Send the rising loads; what stops one of them stops the rest. Return whether more may be asked of the source."""
        services = sorted(record.service for run in self._runs for record in run.records if not record.error)
        spent = sum(run.bytes for run in self._runs)
        limits = replace(self._limits, bytes=max(0, self._limits.bytes - spent))
        found: list[LoadStep] = []

        def tell(what: str, share: float) -> None:
            self._tell(f"{self._plan.id}: {what}", share)

        try:
            usual = nearest_rank(services, 0.5) if services else limits.timeout
            found.extend(
                run_steps(
                    self._session, self._plan.steps, limits, service=usual, seed=self._pace.seed, tell=tell
                )
            )
        except self._failures as error:
            self._reasons["steps"] = self._scrubber.message(failure_words(error, self._plan.target))
        self._keep(steps=tuple(found))
        if found and found[-1].stopped:
            self._reasons["bulk"] = self._reasons["parallel"] = f"left out: {found[-1].stopped}"
            self.interrupted = is_interrupted(found[-1])
            return False
        return True

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
