"""The picture page of a profile: complete, self-contained, and inert whatever the profile says."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from msgspec import structs

from poc_gate.app.measure.measure_machine import show_page
from poc_gate.cli.formats import outputs_of
from poc_gate.errors import UsageError
from poc_gate.inputs.probe.fingerprint import fingerprint_of
from poc_gate.inputs.probe.profile.profile_file import write_profile
from poc_gate.model.measurement import Curve, MachineProfile, Measurement, Point
from poc_gate.model.quantity import Quantity
from poc_gate.report.drawing.curve_drawing import draw_curve

HOSTILE = '"><script>alert(1)</script>'
MEASURED = (
    Measurement("machine.memory.read_all", Quantity(2e11, "B/s"), "B/s", grade="A", stable=True),
    Measurement("machine.memory.peak_bandwidth", Quantity(4e11, "B/s"), "B/s"),
    Measurement("machine.cpu.model", HOSTILE),
    Measurement("machine.cpu.quota", None, "1", reason="no CPU quota is set"),
)
PROFILE = MachineProfile(
    "a machine",
    fingerprint_of(MEASURED),
    "2026-01-01",
    "0",
    MEASURED,
    curves=(Curve("c", HOSTILE, "B", "s", (Point(16384, 1e-9, 1e-9, 2e-9, "L1"), Point(2**30, 1e-7))),),
)


def page_of(profile: MachineProfile, folder: Path) -> str:
    (folder / "m.json").write_bytes(write_profile(profile))
    return show_page(str(folder / "m.json")).decode("utf-8")


def test_the_page_shows_curves_shares_and_unknowns_and_loads_nothing(tmp_path: Path):
    page = page_of(PROFILE, tmp_path)
    assert page.count("<svg") == 1
    assert "50 % of the peak of 400 GB/s" in page
    assert "no CPU quota is set" in page
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page


def test_time_runs_linearly_and_a_long_curve_has_no_dots():
    over_time = Curve("t", "Rate", "s", "B/s", tuple(Point(n / 2, 1e9 + n) for n in range(200)))
    drawn = draw_curve(over_time)
    labels = [label for _, label in drawn.x_ticks]
    assert labels[0].startswith("0")
    places = [place for place, _ in drawn.x_ticks]
    steps = [b - a for a, b in pairwise(places)]
    assert max(steps) - min(steps) < 0.3
    assert drawn.dots == []
    assert len(drawn.rows) == 200


def test_a_profile_without_curves_says_so(tmp_path: Path):
    assert "has no curves" in page_of(structs.replace(PROFILE, curves=()), tmp_path)


def test_a_page_that_cannot_be_written_is_a_usage_error(tmp_path: Path):
    with pytest.raises(UsageError, match="cannot be written"):
        outputs_of([f"html={tmp_path / 'missing' / 'page.html'}"], ("terminal", "html"))
