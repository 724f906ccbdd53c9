"""Every field of the twelve archetypes at three stages: forgetting it helps nothing, and nothing fails for it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "golden_pilots"))

from golden_properties import (
    READY,
    assert_forgetting_helps_nothing,
    assert_people_never_hurt,
    assert_truth_never_turns_a_pass,
    case_of,
    stated,
    twin_of,
)
from test_golden_pilots import TWINS


@pytest.mark.parametrize(("name", "stage"), READY)
def test_no_field_of_a_ready_pilot_is_better_left_out(name: str, stage: str) -> None:
    for field in stated(case_of(name, stage)):
        assert_forgetting_helps_nothing(name, stage, (field,))
    assert_people_never_hurt(name, stage)


@pytest.mark.parametrize("twin", range(len(TWINS)))
def test_no_field_of_a_twin_turns_a_pass_into_a_failure(twin: int) -> None:
    name, stage, wrong, _, _ = TWINS[twin]
    for field in stated(twin_of(name, stage, wrong)):
        assert_truth_never_turns_a_pass(name, stage, wrong, (field,))
