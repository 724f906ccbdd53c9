"""No damaged result brings an observer down: it is read, asked about, or refused by a named error, in bounded time.

`POC_GATE_FUZZ=2000` sets the number of damaged files for each file; the usual run takes fewer.
"""

from __future__ import annotations

import json
import math
import os
import time

import pytest
from damage import damage
from seen import FILES

from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.app.imports.show_observed import observed_json, observed_text
from poc_gate.errors import InvalidInputError
from poc_gate.model.quantity import Quantity
from poc_gate.observe.named_file import NamedFile
from poc_gate.observe.read_observed import find_observer

ROUNDS = int(os.environ.get("POC_GATE_FUZZ", "15"))
SLOWEST = 5.0
"""Seconds that one small damaged file may take on a busy machine."""
SAMPLES = sorted(
    path
    for path in FILES.rglob("*")
    if path.is_file() and path.parent.parent == FILES and path.parent.name != "traces"
)
DECLARED = Declared(
    {"sources": ()},
    {"flow.demand.peak_rate": Quantity(5.0, "req/s"), "demand.in_tokens_p50": Quantity(900.0, "tok")},
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_damaged_results_end_in_a_result_or_a_named_error(sample, tmp_path):
    kind = find_observer(sample, sample.name)
    assert kind is not None, "the file itself is recognised"
    assert read_results([NamedFile(sample, sample.name)], DECLARED, "2026-11-28", kind=kind.name)
    content, path = sample.read_bytes(), tmp_path / sample.name
    for seed in range(ROUNDS):
        path.write_bytes(damage(content, seed))
        began = time.monotonic()
        try:
            (seen,) = read_results([NamedFile(path, path.name)], DECLARED, "2026-11-28", kind=kind.name)
        except InvalidInputError as error:
            assert error.faults
            assert all(fault.what and fault.file == path.name for fault in error.faults)
            continue
        finally:
            assert time.monotonic() - began < SLOWEST
        for one in seen.observations:
            numbers = [
                one.value.value if isinstance(one.value, Quantity) else 0.0,
                one.low or 0.0,
                one.high or 0.0,
            ]
            assert all(map(math.isfinite, numbers))
            assert one.low is None or one.high is None or one.low <= one.high
        assert all(notice.message for notice in seen.notices)
        shown = observed_text(seen) + observed_json(seen)
        assert json.loads(observed_json(seen))["kind"] == kind.name
        assert "\x1b" not in shown
        assert "\u202e" not in observed_text(seen)
