"""A pilot of few lines: what a change moves in the first look, names of models among the changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.app.explore.what_if import what_if, what_if_text


def _of_few_lines(folder: Path) -> CaseRequest:
    (folder / "pilot.yaml").write_text(
        "apiVersion: poc-gate/v1\n"
        "pilot: {name: a, stage: production, uses: [llm, retrieval]}\n"
        "sources: [{id: handbook}]\n"
        "model: {name: Qwen/Qwen3-8B, hosting: self}\n"
        "demand: {requests_per_day: 500}\n"
        "target: {device: L4}\n"
    )
    return CaseRequest(folder, "2026-11-28", "2026-11-28T00:00:00Z", unprobed=True)


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        ("target.replicas=3", ("limit",)),
        ("model.name=Qwen/Qwen3-0.6B", ("limit", "room")),
        ("model.weight_bits=4", ("limit", "room")),
        ("demand.requests_per_day=50000/day", ()),
    ],
)
def test_what_the_first_look_says_otherwise_is_shown_for_few_lines(
    change: str, moved: tuple[str, ...], tmp_path: Path
) -> None:
    """A name brings the public figures of what it names along; loads are written as in the manifest."""
    found = what_if(_of_few_lines(tmp_path), [change])
    assert tuple(answer.partition(" ")[0] for answer in found.answers) == moved
    for answer in found.answers:
        assert f"  {answer}" in what_if_text(found, width=200)
