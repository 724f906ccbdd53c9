"""Heavy tests are collected by `tests/heavy.sh` only, so that nothing is skipped elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "fleet"))
collect_ignore_glob = [] if os.environ.get("POC_GATE_HEAVY") else ["test_*.py"]
