"""One ready plan run in this process: what is asked in which order, what is kept, and what is said of what is missing."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from poc_gate.inputs.connect.declared.presets import Preset
from poc_gate.inputs.connect.declared.renewals import Intake, Renewals
from poc_gate.inputs.connect.interface import (
    Bulk,
    Call,
    Intent,
    Limits,
    Link,
    Newest,
    Server,
    Session,
    SourceError,
    Target,
)
from poc_gate.inputs.connect.load.open_loop import OpenLoop
from poc_gate.inputs.connect.run.run_source import Observed, Pace, run_source, running
from poc_gate.inputs.connect.run.source_plan import SourcePlan
from poc_gate.text.secrets.scrub import Scrubber

LIMITS = Limits(rate=4000.0, connections=2, bytes=1_000_000, wall=10.0, timeout=1.0)


class OwnSource(Session):
    """A source that lives in this process: `told` says what it answers, and a number may fail to connect."""

    readers = 2

    def __init__(self, fails_at: int = 0, call: object = None, **told: object) -> None:
        """Keep the answers by name; None for none, an exception to fail."""
        self.told, self.fails_at, self.answer = told, fails_at, call or Call(bytes=100)
        self.connected = self.closed = self.calls = 0
        self.asked: list[int] = []
        self.intakes = iter(told.get("intakes", ()))
        self.lock = threading.Lock()

    def _say(self, name: str) -> object:
        found = self.told.get(name)
        if isinstance(found, BaseException):
            raise found
        return found

    def connect(self) -> Link:
        """Open one more connection, or fail."""
        with self.lock:
            self.connected += 1
            if self.connected == self.fails_at:
                raise SourceError("no secret-word here", kind="refused")
        return OwnLink(self)

    def prepare(self, link: Link) -> Server:
        """Describe the server."""
        return self.told.get("server") or Server()

    def newest(self, link: Link) -> Newest | None:
        """Tell the newest record."""
        return self._say("newest")

    def renewals(self, link: Link) -> Renewals | None:
        """Tell the last renewals."""
        return self._say("renewals")

    def intake(self, link: Link) -> Intake | None:
        """Tell how many records were taken in so far."""
        return next(self.intakes, None)

    def bulk(self, link: Link, most_bytes: int) -> Bulk | None:
        """Read in bulk."""
        self.asked.append(most_bytes)
        return self._say("bulk")

    def bulk_part(self, link: Link, most_bytes: int, reader: int, readers: int) -> Bulk | None:
        """Read the part of one of several readers."""
        return self.bulk(link, most_bytes)


class OwnLink(Link):
    """A connection to it."""

    def __init__(self, source: OwnSource) -> None:
        """Belong to the source."""
        self.source = source

    def call(self, number: int) -> Call:
        """Count the call and answer it."""
        with self.source.lock:
            self.source.calls += 1
        if isinstance(self.source.answer, Exception):
            raise self.source.answer
        return self.source.answer

    def close(self) -> None:
        """Count what is closed."""
        with self.source.lock:
            self.source.closed += 1


def run(
    source,
    *,
    calls=30,
    cold=10,
    windows=1,
    gap=0.0,
    steps=(),
    missing="",
    interrupt=0,
    ca="",
    opened=None,
    **limits: float,
):
    """Return what was observed, what was told, and the moments between windows."""
    bounds = Limits(
        **{
            **{name: getattr(LIMITS, name) for name in ("rate", "connections", "bytes", "wall", "timeout")},
            **limits,
        }
    )
    target = Target("db", limits=bounds, ca=ca)

    def opens(_target: Target) -> OwnSource:
        if opened is not None:
            raise opened
        return source

    plan = SourcePlan(
        "db", "ready", (), target, SimpleNamespace(open=opens), Intent("", 0, missing=missing), calls=calls, cold=cold, windows=windows,
        gap=gap, steps=steps,
    )  # fmt: skip
    told: list[tuple[str, float]] = []
    pace = Pace(Preset("p", calls, windows, gap, ("p50", "p95"), "a test"), seed=3)
    turns = run_source(
        plan, pace, target=target, scrubber=Scrubber(["secret-word"]), tell=lambda *words: told.append(words)
    )
    moments: list[float] = []
    try:
        while True:
            moments.append(
                turns.throw(KeyboardInterrupt) if interrupt and len(moments) == interrupt else next(turns)
            )
    except StopIteration as end:
        found: Observed = end.value
    return found, told, moments


FULL = {
    "server": Server("9.1 secret-word", 0.5, {"role": "secret-word reader"}), "newest": Newest(60.0, "max"), "renewals": Renewals((60.0, 120.0), "look"),
    "intakes": (Intake(5, "count"), Intake(12, "count")), "bulk": Bulk(1000, 10, 0.5, "read"),
}  # fmt: skip


def test_a_source_is_asked_for_everything_once():
    """Ten connections, one look, two windows of 30 calls and 10 cold ones, one bulk read alone and one of two at once."""
    source, begun = OwnSource(**FULL), time.monotonic()
    found, told, moments = run(source, windows=2, gap=0.05)
    ended = time.monotonic()
    assert (found.failure, found.interrupted, found.reasons, found.messages) == ("", False, {}, ())
    assert len(found.connects) == 10
    assert all(0.0 <= seconds < ended - begun for seconds in found.connects)
    assert (found.server.replica_lag, "secret-word" in str(found.server)) == (0.5, False)
    assert found.newest == FULL["newest"]
    assert found.renewals == FULL["renewals"]
    assert (found.growth.records, found.growth.method) == (7, "count")
    assert 0.005 < found.growth.seconds < ended - begun
    assert source.calls == 2 * 40
    assert found.latency is not None
    assert found.latency.stopped == ""
    assert found.bulk == FULL["bulk"]
    assert (found.parallel.bytes, found.parallel.rows) == (2000, 20)
    assert source.asked == [125_000, 62_500, 62_500]
    assert source.connected == source.closed == 10 + 1 + 2 * 2 + 1 + 2 + 1
    assert len(moments) == 1
    assert begun + 0.05 < moments[0] < ended + 0.05
    connecting = [share for what, share in told if what == "db: connecting"]
    assert connecting == pytest.approx([number / 10 for number in range(10)])
    assert ("db: asking the server", 0.0) in told
    assert told[-1] == ("db: reading in bulk", 1.0)


class HalfTold(OpenLoop):
    """Runs as ever, and tells once how half of its calls went."""

    def run(self, links):
        """Run, then tell."""
        tell, self._tell = self._tell, None
        found = super().run(links)
        tell([0.001] * 20, 40)
        return found


def test_progress_is_told_by_window_and_share(monkeypatch):
    monkeypatch.setattr("poc_gate.inputs.connect.run.run_source.OpenLoop", HalfTold)
    for windows, wanted in ((2, [("db window 1/2", 0.25), ("db window 2/2", 0.75)]), (1, [("db", 0.5)])):
        _, told, _ = run(OwnSource(), windows=windows)
        half = "p50 1 p95 1 p99 1 ms n=20"
        assert [(what, share) for what, share in told if what.endswith(half)] == [
            (f"{begins} {half}", share) for begins, share in wanted
        ]


def test_what_a_source_does_not_tell_is_said():
    found, told, _ = run(OwnSource())
    assert (found.newest, found.renewals, found.growth, found.bulk, found.parallel) == (None,) * 5
    assert found.reasons == {
        "newest": "no time column or key is declared", "renewals": "the source keeps no times of earlier renewals that are declared",
        "growth": "", "bulk": "nothing there fits the byte budget", "parallel": "nothing there fits the byte budget",
    }  # fmt: skip
    assert not any("window" in what for what, _ in told)
    assert found.latency is not None
    failed, _, _ = run(
        OwnSource(newest=SourceError("secret-word is gone", kind="empty"), intakes=(Intake(5, "count"),))
    )
    assert failed.reasons["newest"].endswith(" is gone")
    assert "secret-word" not in failed.reasons["newest"]
    assert failed.growth is None
    fewer, _, _ = run(OwnSource(intakes=(Intake(5, "count"), Intake(3, "count"))))
    assert fewer.growth.records == 0


def test_a_source_without_calls_says_why_no_latency_was_measured():
    for missing, said in (("no query is named", "no query is named"), ("", "no call was sent")):
        found, _, moments = run(OwnSource(**FULL), calls=0, cold=0, missing=missing)
        assert (found.latency, found.reasons["latency"], found.failure, moments) == (None, said, "", [])
        assert found.bulk == FULL["bulk"]


def test_what_fails_at_once_is_the_whole_answer():
    opened, _, _ = run(OwnSource(), opened=SourceError("secret-word refused", kind="refused"))
    assert (opened.failure.endswith(" refused"), opened.interrupted) == (True, False)
    assert "secret-word" not in opened.failure
    unusable, _, _ = run(OwnSource(), ca="/no/such.pem")
    assert "file of trusted certificates" in unusable.failure
    connecting, _, _ = run(OwnSource(fails_at=3))
    assert connecting.failure
    assert connecting.connects == ()


def test_a_window_that_cannot_connect_ends_the_run_with_what_there_is():
    """The 15th connection is the second of the second window."""
    source = OwnSource(fails_at=15, **FULL)
    found, _, _ = run(source, windows=2)
    assert found.latency.stopped.startswith("window 2 of 2 could not connect: no ")
    assert "secret-word" not in found.latency.stopped
    assert found.reasons["bulk"] == found.reasons["parallel"] == f"left out: {found.latency.stopped}"
    assert (source.calls, source.asked) == (40, [])
    assert source.closed == source.connected - 1
    first, _, _ = run(OwnSource(fails_at=12, **FULL), windows=2)
    assert first.latency is None
    assert first.failure.startswith("window 1 of 2 could not connect: ")


def test_an_interrupt_between_windows_keeps_what_there_is():
    found, _, moments = run(OwnSource(**FULL), windows=2, interrupt=1)
    why = "interrupted after 40 of 80 calls, in window 1 of 2; a new run begins at window 1"
    assert (found.interrupted, found.latency.stopped, len(moments)) == (True, why, 1)
    assert found.reasons == {"bulk": why, "parallel": why}
    assert found.newest == FULL["newest"]
    bare, _, _ = run(OwnSource(), windows=3, interrupt=1)
    assert bare.reasons["newest"] == "no time column or key is declared"
    assert (
        bare.reasons["bulk"]
        == "interrupted after 40 of 120 calls, in window 1 of 3; a new run begins at window 1"
    )


def test_an_interrupt_says_how_far_the_calls_got():
    third, _, _ = run(OwnSource(**FULL), windows=4, interrupt=2)
    assert (
        third.latency.stopped
        == "interrupted after 80 of 160 calls, in window 2 of 4; a new run begins at window 1"
    )
    early, _, _ = run(OwnSource(newest=KeyboardInterrupt()), windows=2)
    assert early.failure == "interrupted after 0 of 80 calls, in window 1 of 2; a new run begins at window 1"
    late, _, _ = run(OwnSource(**{**FULL, "bulk": KeyboardInterrupt()}))
    assert (late.interrupted, late.latency.stopped, late.reasons["bulk"]) == (
        True,
        "",
        "interrupted after 40 of 40 calls",
    )


def test_connections_are_opened_at_most_at_the_rate_of_the_budget(monkeypatch):
    slept: list[float] = []
    monkeypatch.setattr("poc_gate.inputs.connect.run.run_source.time.sleep", slept.append)
    for rate, pause in ((4000.0, 1 / 4000), (0.5, 1.0)):
        run(OwnSource(), calls=0, cold=0, rate=rate)
        assert slept == [pytest.approx(pause)] * 10
        slept.clear()


def test_bytes_of_earlier_windows_count():
    """40 calls of 6,000 bytes leave 60,000 of 300,000 for the second window."""
    found, _, _ = run(OwnSource(call=Call(bytes=6000), **FULL), windows=2, bytes=300_000)
    assert "bytes" in found.latency.stopped


def test_calls_that_fail_stop_the_run():
    found, _, _ = run(OwnSource(call=SourceError("secret-word gone", kind="server"), **FULL), steps=(1,))
    assert found.steps == ()
    assert found.latency.stopped
    assert found.reasons["bulk"] == f"left out: {found.latency.stopped}"
    assert len(found.messages) == 1
    assert "secret-word" not in found.messages[0]


def test_rising_loads_follow_the_windows_and_stop_what_comes_after_them():
    source = OwnSource(**FULL)
    found, _, _ = run(source, steps=(1, 2))
    assert [step.concurrency for step in found.steps] == [1, 2]
    assert found.bulk == FULL["bulk"]
    silent, _, _ = run(OwnSource(fails_at=14, **FULL), steps=(1, 2))
    assert silent.steps == ()
    assert silent.reasons["steps"]
    assert silent.bulk == FULL["bulk"]
    spent, _, _ = run(OwnSource(call=Call(bytes=6000), **FULL), steps=(1,), bytes=300_000)
    assert spent.steps[-1].stopped
    assert spent.reasons["bulk"] == spent.reasons["parallel"] == f"left out: {spent.steps[-1].stopped}"
    assert spent.bulk is None


def test_percentiles_so_far_in_milliseconds():
    assert running([]) == "waiting"
    assert running([number / 10000 for number in range(1000, 0, -1)]) == "p50 50 p95 95 p99 99 ms n=1000"
