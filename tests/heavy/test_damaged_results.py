"""Results of runs: 2,000 damaged relatives of each recorded file end in a result or a named error, within a gibibyte."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "inputs" / "observe"))
sys.path.insert(0, str(Path(__file__).parents[1] / "inputs" / "observe" / "traces"))

from damaged_results import SAMPLES, survives
from damaged_traces import TRACES

from poc_gate.inputs.observe.read_observed import find_observer

ROUNDS = 2000


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_two_thousand_damaged_results_of_each_file(sample: Path, tmp_path: Path) -> None:
    kind = find_observer(sample, sample.name)
    assert kind is not None
    content = sample.read_bytes()
    read = sum(survives(content, seed, tmp_path / sample.name, kind.name) for seed in range(ROUNDS))
    _tell(read)


@pytest.mark.parametrize("name", TRACES)
def test_two_thousand_damaged_traces_of_each_format(name: str, tmp_path: Path) -> None:
    path = tmp_path / ("traces.binpb" if name == "protobuf" else "traces.jsonl")
    _tell(sum(survives(TRACES[name], seed, path, "traces") for seed in range(ROUNDS)))


def _tell(read: int) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KiB
    print(f"{ROUNDS} damaged files: {read} read, {ROUNDS - read} refused; peak memory {peak / 1024:.0f} MiB")
    assert peak < 2**20
