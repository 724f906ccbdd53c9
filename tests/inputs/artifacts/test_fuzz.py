"""No damaged file brings an importer down: it is read, asked about, or refused by a named error.

`POC_GATE_FUZZ=10000` sets the number of damaged files for each importer; the usual run takes fewer.
"""

from __future__ import annotations

import os

import pytest
from artifact_samples import SAMPLES, Sample
from mutations import mutate

from poc_gate.app.imports.fitting_claims import fitting_claims
from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import importers, read_artifact
from poc_gate.model.quantity import Quantity

ROUNDS = int(os.environ.get("POC_GATE_FUZZ", "120"))


@pytest.mark.parametrize(
    "importer", [importer.name for importer in importers() if importer.name != "document"]
)
def test_damaged_files_end_in_a_result_or_a_named_error(importer: str) -> None:
    samples = [sample for sample in SAMPLES if sample.importer == importer]
    outcomes = {"read": 0, "refused": 0}
    for seed in range(ROUNDS):
        sample = samples[seed % len(samples)]
        try:
            check(read_artifact(mutate(sample, seed), sample.file, kind=importer, prefix=_prefix(seed)))
            outcomes["read"] += 1
        except InvalidInputError as error:
            assert error.faults
            assert all(fault.what and fault.file == sample.file for fault in error.faults)
            outcomes["refused"] += 1
    assert outcomes["read"] > ROUNDS / 60
    assert sum(outcomes.values()) == ROUNDS


def _prefix(seed: int) -> str:
    return "sources[one]" if seed % 3 == 0 else ""


def check(result: ImportResult) -> None:
    """Hold a result to what the rest of poc-gate relies on."""
    for claim in (*result.claims, *result.derived):
        assert isinstance(claim.value, bool | str | tuple | Quantity)
        if isinstance(claim.value, Quantity):
            assert claim.value.value == claim.value.value
            assert abs(claim.value.value) != float("inf")
        assert isinstance(claim.place.line, int)
    for notice in result.notices:
        assert notice.message
        assert notice.kind in ("ignored", "question", "warning", "secret")
    kept, dropped = fitting_claims(result.claims)
    assert len(kept) <= len(result.claims)
    assert all(notice.message for notice in dropped)


def test_the_same_seed_gives_the_same_damage() -> None:
    sample: Sample = SAMPLES[0]
    assert mutate(sample, 7) == mutate(sample, 7) != mutate(sample, 8)
