"""The way out in two sentences: where it leads after how many steps, and how many of them change something."""

from __future__ import annotations

import msgspec
import pytest
from sample_result import sample_result

from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import Step
from poc_gate.words.judged.way_in_brief import way_in_brief


def steps(*words: str, effort: str = "days") -> list[Step]:
    return [Step(f"do {n}", (f"R{n}",), effort, "low", "role", word) for n, word in enumerate(words)]


def findings(*failing: str) -> list[Finding]:
    return [
        msgspec.structs.replace(sample_result().findings[0], rule=rule, state=State.FAIL) for rule in failing
    ]


@pytest.mark.parametrize(
    ("words", "failing", "told"),
    [
        (("GO",), ("R0",), "One step leads to GO. Each changes what fails. The longest takes days."),
        (("GO",), (), "One step leads to GO. It states, measures or proves what is still open; nothing else has to change. The longest takes days."),
        (("NO-GO", "NO-GO", "CONDITIONAL", "CONDITIONAL", "GO"), ("R0", "R2"), "5 steps: CONDITIONAL after step 3, GO after step 5. 2 change what fails; 3 state, measure or prove what is still open. The longest takes days."),
        (("NO-GO", "NO-GO"), ("R0",), "All 2 steps together still leave it NO-GO. 1 changes what fails; 1 states, measures or proves what is still open. The longest takes days."),
    ],
)  # fmt: skip
def test_the_way_in_brief(words: tuple[str, ...], failing: tuple[str, ...], told: str):
    assert way_in_brief("NO-GO", steps(*words), findings(*failing)) == told


def test_no_steps_are_no_sentence_and_the_longest_effort_is_named():
    assert way_in_brief("GO", [], []) == ""
    mixed = steps("NO-GO", effort="weeks") + steps("GO", effort="hours")
    assert way_in_brief("NO-GO", mixed, []).endswith("The longest takes weeks.")


def test_a_way_never_leads_to_a_worse_word():
    told = way_in_brief(
        "INSUFFICIENT EVIDENCE", steps("NO-GO", "INSUFFICIENT EVIDENCE", "GO"), findings("R0")
    )
    assert told.startswith("3 steps: GO after step 3.")
    lost = way_in_brief("CONDITIONAL", steps("NO-GO", "NO-GO"), findings())
    assert lost.startswith("All 2 steps together still leave it CONDITIONAL")
