"""No damaged result brings an observer down: it is read, asked about, or refused by a named error, in bounded time.

`bash tests/heavy.sh damaged_results` tries thousands of them; the usual run takes a few.
"""

from __future__ import annotations

import pytest
from damaged_results import DECLARED, SAMPLES, survives

from poc_gate.app.imports.observed_files import read_results
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.inputs.observe.read_observed import find_observer

ROUNDS = 15


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_damaged_results_end_in_a_result_or_a_named_error(sample, tmp_path):
    kind = find_observer(sample, sample.name)
    assert kind is not None, "the file itself is recognised"
    assert read_results([NamedFile(sample, sample.name)], DECLARED, "2026-11-28", kind=kind.name)
    content = sample.read_bytes()
    for seed in range(ROUNDS):
        survives(content, seed, tmp_path / sample.name, kind.name)
