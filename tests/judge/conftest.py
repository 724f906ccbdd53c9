"""Lets the tests of the judge share their small packs."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # rule_texts.py lies beside the tests
