"""A portfolio in parts on a real Ray: the printed program judges them, and the joined results are those of one run."""
# Python packages: ray>=2.40 opentelemetry-api

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POC_GATE = [sys.executable, "-m", "poc_gate"]
DAY = ("-m", "l4-24gb", "--on", "2026-11-28")


def test_the_printed_program_judges_the_parts_of_the_whole(tmp_path: Path):
    for number in range(9):
        name = ("claims-copilot", "fraud-scoring", "support-assistant")[number % 3]
        shutil.copytree(ROOT / "examples" / name, tmp_path / "pilots" / f"p{number}")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "poc-gate").write_text(f'#!/bin/sh\nexec {" ".join(POC_GATE)} "$@"\n')
    (tmp_path / "bin" / "poc-gate").chmod(0o755)
    environment = os.environ | {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "RAY_AUTH_MODE": "disabled",
    }

    def run(*words: str) -> str:
        done = subprocess.run(
            words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    program = run(
        "poc-gate", "portfolio", "script", "pilots", "--via", "ray", "--shards", "3", "-o", "out", *DAY
    )
    (tmp_path / "job.py").write_text(program)
    told = run(sys.executable, "job.py")
    assert [f"part {number}: exit 0" in told for number in (1, 2, 3)] == [True] * 3
    run("poc-gate", "portfolio", "merge", "out/part-1", "out/part-2", "out/part-3", "-o", "whole")
    run("poc-gate", "portfolio", "run", "pilots", "-o", "cold", *DAY, "-q")
    assert (tmp_path / "whole/portfolio.json").read_bytes() == (tmp_path / "cold/portfolio.json").read_bytes()
