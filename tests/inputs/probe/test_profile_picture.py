"""What `poc-gate probe` shows first: rates against peaks, the roofline, the latency staircase, the time that is left."""

from __future__ import annotations

import json
import math
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import structs

from poc_gate.app.ground.machines.load_profile import load_profile
from poc_gate.cli.progress import bar_line
from poc_gate.inputs.probe.probe_machine import credible
from poc_gate.inputs.probe.profile.profile_picture import picture_lines, summary_lines
from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.measurement import Curve, MachineProfile, Measurement, Point
from poc_gate.model.quantity import Quantity

RECORDED = Path(__file__).parents[3] / "examples" / "support-assistant" / "machine.json"
PROBE = [sys.executable, "-m", "poc_gate", "probe", "--effort", "quick", "--only", "topology"]


def of(values: dict[str, tuple[float, str]], *, stable: bool = True) -> MachineProfile:
    """Return a profile with these facts alone."""
    measured = tuple(
        Measurement(f"machine.{name}", Quantity(*value), value[1], stable=stable)
        for name, value in values.items()
    )
    stairs = Curve("latency_over_working_set", "Latency", "B", "s", (Point(2**14, 1e-9), Point(2**30, 1e-7)))
    return structs.replace(load_profile(str(RECORDED)), measurements=measured, curves=(stairs,))


def test_a_recorded_machine_shows_rates_and_its_staircase_in_eighty_columns() -> None:
    lines = summary_lines(load_profile(str(RECORDED)), "poc-gate probe show machine.json")
    assert max(map(len, lines)) <= 80
    text = "\n".join(lines)
    assert "read memory" in text
    assert "Latency by line" in text
    assert lines[-1].endswith("poc-gate probe show machine.json")


def test_a_rate_is_shown_with_its_share_of_the_peak_and_one_that_is_not_stable_is_marked() -> None:
    values = {"memory.read_all": (30e9, "B/s"), "memory.peak_bandwidth": (40e9, "B/s")}
    assert any("30 GB/s  75 % of peak" in line for line in picture_lines(of(values)))
    doubtful = picture_lines(of(values, stable=False))
    assert any("30 GB/s !" in line for line in doubtful)
    assert any(line.strip().startswith("! not trustworthy") for line in doubtful)


@pytest.mark.parametrize(
    ("bandwidth", "compute"), [(300e9, 121e12), (30e9, 400e9), (3.35e12, 989e12), (1e9, 1e9)]
)
def test_the_roof_bends_at_the_ridge(bandwidth: float, compute: float) -> None:
    values = {"memory.read_all": (bandwidth, "B/s"), "cpu.matrix_rate_fp32_all": (compute, "flop/s")}
    lines = picture_lines(of(values))
    rows = [line.partition("|")[2] for line in lines if "|" in line]
    slope = sum(row.count("/") for row in rows)
    ridge = math.log2(compute / bandwidth)
    assert slope == sum(1 for at in range(52) if -4 + 16 * at / 51 < ridge)
    assert rows[0].rstrip().endswith("_")
    assert f"below {compute / bandwidth:.3g} operations per byte" in " ".join(" ".join(lines).split())


def test_a_latency_under_load_below_the_idle_one_is_doubted() -> None:
    values = {"memory.latency": (4e-7, "s"), "memory.latency_loaded": (2e-7, "s")}
    assert any("idle measurement was disturbed" in line for line in picture_lines(of(values)))


def test_a_value_that_no_machine_has_was_not_measured() -> None:
    spec = FactSpec("machine.memory.write_all", Kind.QUANTITY, "B/s", "Write rate", low=1e7, high=1e14)
    starved = Measurement(spec.name, Quantity(4.5e6, "B/s"), "B/s", reason="other work used 1.95 CPU")
    found = credible(starved, spec)
    assert found.value is None
    assert found.reason == "4.5 MB/s is not plausible; other work used 1.95 CPU"
    kept = structs.replace(starved, value=Quantity(5e10, "B/s"))
    assert credible(kept, spec) is kept


def test_the_bar_says_how_long_it_takes() -> None:
    assert bar_line("memory", 0.5, 10.0) == f"[{'#' * 12}{'.' * 12}] memory  10 s left"
    assert bar_line("memory", 0.1, 60.0).endswith("9 min left")
    assert bar_line("memory", 0.01, 60.0).endswith("memory")
    assert bar_line("done", 1.0, 60.0).endswith("done")


def test_the_bar_on_a_terminal_never_runs_back(tmp_path: Path) -> None:
    code = (
        "from poc_gate.cli.progress import progress\nimport time\n"
        "with progress() as show:\n"
        "    for share in (0.0, 0.3, 0.2, 0.6, 0.5, 0.9, 0.4, 1.0):\n"
        "        time.sleep(0.06)\n        show('x', share)\n"
    )
    ours, theirs = pty.openpty()
    done = subprocess.run([sys.executable, "-c", code], stderr=theirs, cwd=tmp_path, check=True, timeout=60)
    os.close(theirs)
    drawn = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 0
    lengths = [part.count("#") for part in drawn.split("\r") if "[" in part and "]" in part]
    assert len(lengths) >= 6
    assert lengths == sorted(lengths)


def test_stdout_holds_the_profile_alone_and_a_quiet_run_prints_nothing(tmp_path: Path) -> None:
    alone = subprocess.run([*PROBE, "-o", "-"], capture_output=True, cwd=tmp_path, check=True, timeout=120)
    assert json.loads(alone.stdout)["schema"].startswith("poc-gate.machine/")
    quiet = subprocess.run(
        [*PROBE, "-o", "m.json", "-q"], capture_output=True, cwd=tmp_path, check=True, timeout=120
    )
    assert (quiet.stdout, quiet.stderr) == (b"", b"")
    assert (tmp_path / "m.json").is_file()
