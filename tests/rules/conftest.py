"""Fixtures of the rule tests: the shipped packs over the full catalogue, loaded once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from poc_gate.connect import source_facts
from poc_gate.flow.derive_facts import flow_facts
from poc_gate.judge.load_packs import load_packs
from poc_gate.judge.pack_set import PackSet
from poc_gate.manifest.manifest_facts import manifest_facts
from poc_gate.model.fact import Catalogue
from poc_gate.probe.machine_facts import machine_facts
from poc_gate.shipped_files import shipped_packs

sys.path.insert(0, str(Path(__file__).parent))  # the catalogue of rules lies beside the tests


@pytest.fixture(scope="session")
def packs() -> PackSet:
    """Return every shipped pack; a fault in any file fails every test with its place."""
    catalogue = Catalogue((*manifest_facts(), *machine_facts(), *source_facts(), *flow_facts()))
    return load_packs(shipped_packs(), catalogue)
