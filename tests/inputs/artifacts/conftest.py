"""Lets the tests of the importers share their samples."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # artifact_samples.py lies beside the tests
