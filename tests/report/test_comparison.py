"""Two results side by side: what changed, each kind apart, and nothing where nothing did."""

from __future__ import annotations

import pytest
from comparison_sample import later_result
from msgspec import structs

from poc_gate.model.claim import Place
from poc_gate.model.finding import State
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Result, Word
from poc_gate.report.differences.comparison import compare_results
from poc_gate.report.differences.comparison_markdown import comparison_text


def test_a_result_equals_itself(result: Result) -> None:
    assert compare_results(result, result).same


def test_moved_lines_are_no_change(result: Result) -> None:
    moved = structs.replace(
        result,
        findings=tuple(
            structs.replace(f, place=Place(f.place.file, f.place.line + 7)) for f in result.findings
        ),
    )
    assert compare_results(result, moved).same


def test_each_kind_is_told_apart(result: Result) -> None:
    found = compare_results(result, later_result())
    assert {kind: len(changes) for kind, changes in found.kinds.items()} == {
        "verdict": 3,
        "findings": 4,
        "facts": 2,
        "packs": 2,
        "machine": 2,
    }
    assert found.findings[0].direction == "worse"


def test_turning_it_around_turns_better_into_worse(result: Result) -> None:
    there, back = compare_results(result, later_result()), compare_results(later_result(), result)
    opposite = {"better": "worse", "worse": "better", "new": "gone", "gone": "new", "changed": "changed"}
    assert {(c.name, opposite[c.direction]) for c in there.findings} == {
        (c.name, c.direction) for c in back.findings
    }


def test_measurements_within_their_spread_are_no_change(result: Result) -> None:
    name = "machine.memory.read_all"
    again = structs.replace(
        result,
        facts=tuple(
            structs.replace(f, value=Quantity(149e9, "B/s"), low=145e9, high=153e9) if f.name == name else f
            for f in result.facts
        ),
    )
    assert compare_results(result, again).same


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (State.PASS, State.UNKNOWN, "worse"),
        (State.PASS, State.NOT_APPLICABLE, "worse"),
        (State.FAIL, State.UNKNOWN, "better"),
        (State.UNKNOWN, State.ERROR, "changed"),
        (State.FAIL, State.WAIVED, "better"),
    ],
)
def test_only_a_pass_is_best(result: Result, before: State, after: State, direction: str) -> None:
    first = result.findings[0]
    results = [
        structs.replace(result, findings=(structs.replace(first, state=state),)) for state in (before, after)
    ]
    assert compare_results(*results).findings[0].direction == direction


def test_a_worse_word_is_worse(result: Result) -> None:
    go = structs.replace(result, verdict=structs.replace(result.verdict, word=Word.GO))
    assert compare_results(go, result).verdict[0].direction == "worse"
    assert "GO -> NO-GO" in comparison_text(compare_results(go, result), 80)
