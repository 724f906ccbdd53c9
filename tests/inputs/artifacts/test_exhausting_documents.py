"""Documents that are made to exhaust the reader: they cost what a harmless one of their size costs."""

from __future__ import annotations

import time

import pytest

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.opening.read_document import read_document


def seconds(content: bytes) -> float:
    begun = time.process_time()
    with pytest.raises(InvalidInputError, match="given twice"):
        read_document(content, "x.json")
    return time.process_time() - begun


def test_a_key_given_twice_is_found_in_linear_time() -> None:
    small, large = (
        seconds(("{" + ",".join(f'"k{n}": 1' for n in range(count)) + f', "k{count - 1}": 2}}').encode())
        for count in (10_000, 160_000)
    )
    assert large < 60 * max(small, 1e-3), "sixteen times the keys, not 256 times the work"
