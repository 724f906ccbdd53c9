"""300 runs that are ended while they write reports and a bundle: nothing torn, lost or left over."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_nothing_is_torn_lost_or_left_over() -> None:
    script = Path(__file__).resolve().parents[2] / "benchmarks" / "kills.py"
    done = subprocess.run([sys.executable, str(script), "300"], capture_output=True, text=True, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
