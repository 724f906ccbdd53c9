"""A cold start that was measured counts, whatever a prediction would still need to know."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import derive_facts
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity

NAME = "flow.cold_start.time"
KNOWN = {
    **pilots.DEMAND, **pilots.MODEL, **pilots.MACHINE, "target.node_start": 90.0, "target.image_bytes": 9e9,
    "target.network": 1.25e9, "target.storage_read": 2e9, "target.engine_start": 20.0,
}  # fmt: skip


def _cold_start(**stated: float) -> Fact:
    values = {**KNOWN, **{f"target.{name}": value for name, value in stated.items()}}
    return derive_facts(pilots.tree(values), wanted=frozenset({NAME})).get(NAME)


def test_a_measured_start_wins_over_a_prediction_that_misses_an_input():
    predicted, measured = _cold_start(), _cold_start(cold_start=210.0)
    assert "target.load_streams" in predicted.outside
    assert isinstance(measured.value, Quantity)
    assert measured.value.value == pytest.approx(210.0)
    assert not measured.outside
