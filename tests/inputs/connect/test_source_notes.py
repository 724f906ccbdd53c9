"""Findings on one source: what they say, and when they say nothing because this machine was to blame."""

from __future__ import annotations

import pytest

from poc_gate.inputs.connect.load.open_loop import Record, Run
from poc_gate.inputs.connect.results.source_notes import source_notes
from poc_gate.inputs.connect.run.run_source import Observed
from poc_gate.inputs.connect.summary.latency_summary import summarise


def _observed(
    times: list[float],
    *,
    cold: int = 0,
    lag: float = 0.0,
    connects: tuple[float, ...] = (),
    queued: float = 0.0,
) -> Observed:
    """Return what a source showed whose calls took `times` seconds, sent `lag` seconds late by this machine."""
    records = tuple(
        Record(number, float(number), number + queued, number + queued + lag, number + queued + lag + took)
        for number, took in enumerate(times)
    )
    run = Run(records, len(times), "", float(len(times)), 0.1, 1000, ())
    return Observed(
        latency=summarise([run], cold=cold, timeout=9.0, shares=("p50", "p95", "p99")), connects=connects
    )


@pytest.mark.parametrize(
    ("observed", "word"),
    [
        (_observed([0.01] * 380 + [0.2] * 20), "p99 is 20.0 times the median"),
        (_observed([0.01] * 90 + [0.2] * 10), "p95 is 20.0 times the median"),
        (_observed([0.05] * 20 + [0.01] * 100, cold=20), "the first calls take 5.0 times a later one"),
        (_observed([0.01] * 100, connects=(0.02, 0.03, 0.04)), "connecting takes 3.0 times a call"),
        (_observed([0.01] * 100, connects=(0.01, 0.02, 0.03, 0.04)), "connecting takes 2.0 times a call"),
        (_observed([0.01] * 380 + [0.051] * 20), "p99 is 5.1 times the median"),
        (_observed([0.031] * 11 + [0.01] * 109, cold=20), "the first calls take 3.1 times a later one"),
        (_observed([0.01] * 100, queued=0.5), "100% of the calls found every connection busy"),
    ],
)
def test_a_finding_is_said(observed, word):
    assert any(word in note for note in source_notes(observed))


@pytest.mark.parametrize(
    "observed",
    [
        Observed(),
        _observed([0.01] * 100, cold=20, connects=(0.001,)),
        _observed([0.01] * 380 + [0.049] * 20),
        _observed([0.029] * 11 + [0.01] * 109, cold=20),
        _observed([0.031] * 10 + [0.01] * 110, cold=20),
        _observed([0.01] * 100, connects=(0.009, 0.009, 0.03, 0.04)),
        _observed([0.01] * 380 + [0.2] * 20, lag=0.1),
        _observed([0.05] * 20 + [0.01] * 100, cold=20, lag=0.1),
    ],
)
def test_a_steady_source_and_a_late_machine_give_none(observed):
    assert source_notes(observed) == ()


@pytest.mark.parametrize(("busy", "said"), [(10, False), (11, True)])
def test_more_than_one_call_in_twenty_that_waited_is_said(busy, said):
    records = tuple(
        Record(number, float(number), number + (0.5 if number < busy else 0.0), number + 0.5, number + 0.51)
        for number in range(200)
    )
    run = Run(records, 200, "", 200.0, 0.1, 1000, ())
    seen = Observed(latency=summarise([run], cold=0, timeout=9.0, shares=("p50", "p95", "p99")))
    assert any("found every connection busy" in note for note in source_notes(seen)) is said
