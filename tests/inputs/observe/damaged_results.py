"""Shared by the tests of damaged results and by those that take thousands: what a damaged file may end in."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

from damage import damage

from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.app.imports.show_observed import observed_json, observed_text
from poc_gate.errors import InvalidInputError
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.model.observation import Observed
from poc_gate.model.quantity import Quantity

FILES = Path(__file__).parent / "files"
SLOWEST = 5.0
"""Seconds of the processor that one small damaged file may take."""
SAMPLES = sorted(
    path
    for path in FILES.rglob("*")
    if path.is_file() and path.parent.parent == FILES and path.parent.name != "traces"
)
DECLARED = Declared(
    {"sources": ("db",)},
    {"flow.demand.peak_rate": Quantity(5.0, "req/s"), "demand.in_tokens_p50": Quantity(900.0, "tok")},
)


def survives(content: bytes, seed: int, path: Path, kind: str) -> bool:
    """Return whether the damaged relative of a file was read; fail where it ends in neither a result nor a named error."""
    path.write_bytes(damage(content, seed))
    began = time.process_time()
    try:
        (seen,) = read_results([NamedFile(path, path.name)], DECLARED, "2026-11-28", kind=kind)
    except InvalidInputError as error:
        assert error.faults
        assert all(fault.what and fault.file == path.name for fault in error.faults)
        return False
    finally:
        assert time.process_time() - began < SLOWEST
    hold_to_account(seen)
    return True


def hold_to_account(seen: Observed) -> None:
    """Hold a result to what the rest of poc-gate relies on: finite numbers, ordered intervals, words, no control characters."""
    for one in seen.observations:
        value = one.value.value if isinstance(one.value, Quantity) else 0.0
        assert all(map(math.isfinite, (value, one.low or 0.0, one.high or 0.0)))
        assert one.low is None or one.high is None or one.low <= one.high
    assert all(notice.message for notice in seen.notices)
    text, data = observed_text(seen), observed_json(seen)
    assert json.loads(data)["kind"] == seen.kind
    assert "\x1b" not in text + data
    assert "\u202e" not in text
