"""KV bytes per token of published models, each worked out by hand from its configuration.

`published_shapes.jsonl` holds the keys that decide of each configuration, and layers that cache x (key width + value
width) x KV heads x 2 bytes; null is a shape that must not be sized.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from poc_gate.inputs.artifacts.read_artifact import read_artifact
from poc_gate.model.quantity import Quantity

LINES = (Path(__file__).parent / "published_shapes.jsonl").read_text().splitlines()
MODELS = {entry["model"]: entry for entry in map(json.loads, LINES)}


@pytest.mark.parametrize("name", MODELS)
def test_a_published_shape(name: str) -> None:
    size = MODELS[name]["kv_bytes_per_token"]
    result = read_artifact(json.dumps(MODELS[name]["config"]).encode(), "config.json")
    found = [
        claim.value for claim in (*result.claims, *result.derived) if claim.fact == "model.kv_bytes_per_token"
    ]
    assert found == ([] if size is None else [Quantity(float(size), "B")])
    asked = [
        notice for notice in result.notices if notice.kind == "question" and "cannot size" in notice.message
    ]
    assert len(asked) == (size is None)
