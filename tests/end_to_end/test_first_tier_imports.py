"""On each example, at least half of the first tier comes from files that the team keeps, not from typing."""

from __future__ import annotations

import pytest
from running_the_gate import EXAMPLES, TODAY, machine_of

from poc_gate.app.assess.reading.case import Case, CaseRequest, read_case
from poc_gate.inputs.manifest.fields.first_tier import first_tier
from poc_gate.model.claim import Provenance

SHOWN = (Provenance.IMPORTED, Provenance.EVIDENCED, Provenance.MEASURED)
LEAST = 0.5
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/pilot.yaml"))


def case_of(example: str) -> Case:
    """Return an example as it is judged, with every file it names."""
    return read_case(CaseRequest(EXAMPLES / example, TODAY, "", machine=machine_of(example)))


@pytest.mark.parametrize("example", NAMES)
def test_half_of_the_first_tier_is_imported(example: str) -> None:
    case = case_of(example)
    known = {name: fact.value for name, fact in case.tree.facts.items() if fact.value is not None}
    asked = [question.name for question in first_tier(known, case.reading.items)]
    typed = [name for name in asked if case.tree.get(name).provenance not in SHOWN]
    assert len(asked) > 30
    assert 1 - len(typed) / len(asked) >= LEAST, f"typed or unknown: {', '.join(typed)}"


@pytest.mark.parametrize("example", NAMES)
def test_what_is_imported_names_its_file_and_line(example: str) -> None:
    case = case_of(example)
    imported = [
        fact
        for fact in case.tree.facts.values()
        if fact.provenance is Provenance.IMPORTED and not fact.place.file.endswith("pilot.yaml")
    ]
    assert imported
    assert all((EXAMPLES.parent / fact.place.file).is_file() and fact.sha256 for fact in imported)


CONTRADICTIONS = {
    "claims-copilot": {"model.name", "sources[payments-warehouse].extract_time"},
    "fraud-scoring": set(),
    "support-assistant": set(),
}
"""Facts that two files disagree about on purpose; each is explained in the example's README."""


@pytest.mark.parametrize("example", NAMES)
def test_only_the_contradictions_that_teach_are_left(example: str) -> None:
    found = {one.fact for one in case_of(example).tree.contradictions}
    assert found == CONTRADICTIONS[example]
    told = (EXAMPLES / example / "README.md").read_text()
    assert all(fact.rpartition(".")[2] in told for fact in found)
