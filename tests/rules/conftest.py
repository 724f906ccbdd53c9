"""Fixtures of the rule tests: the shipped packs over the full catalogue, loaded once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.judge.packs.pack_set import PackSet

sys.path.insert(0, str(Path(__file__).parent))  # the catalogue of rules lies beside the tests


@pytest.fixture(scope="session")
def packs() -> PackSet:
    """Return every shipped pack; a fault in any file fails every test with its place."""
    return load_rule_packs()
