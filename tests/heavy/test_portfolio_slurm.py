"""A portfolio in parts on a real Slurm: four tasks, one of them lost, told by `merge`, submitted again, the same bytes."""
# Debian packages: slurm-wlm munge iproute2
# Runs as root.

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from own_slurm import OwnSlurm, own_slurm

ROOT = Path(__file__).resolve().parents[2]
POC_GATE = [sys.executable, "-m", "poc_gate"]
DAY = ("-m", "l4-24gb", "--on", "2026-11-28")


@pytest.fixture(scope="module")
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnSlurm]:
    with own_slurm(tmp_path_factory.mktemp("slurm"), 4) as running:
        yield running


def portfolio(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*POC_GATE, "portfolio", *words], cwd=cwd, capture_output=True, text=True, check=True
    )


def submit(slurm: OwnSlurm, cwd: Path, *words: str) -> None:
    done = slurm.run(["sbatch", "--wait", "--mem=600", *words, "job.sh"], cwd=cwd, seconds=400)
    print(done.stdout, done.stderr)


def test_the_parts_of_an_array_are_the_whole_and_a_lost_one_is_told(slurm: OwnSlurm, tmp_path: Path):
    for number in range(12):
        name = ("claims-copilot", "fraud-scoring", "support-assistant")[number % 3]
        shutil.copytree(ROOT / "examples" / name, tmp_path / "pilots" / f"p{number:02d}")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "poc-gate").write_text(f'#!/bin/sh\nexec {" ".join(POC_GATE)} "$@"\n')
    (tmp_path / "bin" / "poc-gate").chmod(0o755)
    slurm.environment["PATH"] = f"{tmp_path / 'bin'}:{slurm.environment['PATH']}"
    text = portfolio(
        "script", "pilots", "--via", "slurm", "--shards", "4", "-o", "out", *DAY, cwd=tmp_path
    ).stdout
    (tmp_path / "job.sh").write_text(text)
    asked = slurm.run(["sbatch", "--test-only", "--mem=600", "job.sh"], cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    begin = time.monotonic()
    submit(slurm, tmp_path, "--array=1,2,4")
    print(f"three tasks in {time.monotonic() - begin:.0f} s")
    parts = [f"out/part-{number}" for number in (1, 2, 4)]
    assert "in no part" in portfolio("merge", *parts, "-o", "half", cwd=tmp_path).stderr
    rows = json.loads((tmp_path / "half" / "portfolio.json").read_text())["rows"]
    assert len(rows) == 12
    assert 0 < sum(row.get("state") == "FAILED" for row in rows) < 12
    submit(slurm, tmp_path, "--array=3")
    portfolio("merge", *parts, "out/part-3", "-o", "whole", cwd=tmp_path)
    portfolio("run", "pilots", "-o", "cold", *DAY, "-q", cwd=tmp_path)
    whole, cold = (tmp_path / name / "portfolio.json" for name in ("whole", "cold"))
    assert whole.read_bytes() == cold.read_bytes()
