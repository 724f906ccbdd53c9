"""Results of runs: 2,000 damaged relatives of each recorded file end in a result or a named error, within a gibibyte."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_two_thousand_damaged_results_of_each_file():
    environment = os.environ | {"POC_GATE_FUZZ": "2000"}
    command = [sys.executable, "-m", "pytest", "-q", "tests/inputs/observe/test_damaged_results.py"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2**20  # KiB
