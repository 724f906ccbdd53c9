"""Of pilots that are ready and of their twins: forgetting helps nothing, truth turns no pass, people never hurt.

Some fields each time; `tests/heavy/test_every_golden_field.py` goes through them all.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

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

SEEDS = st.integers(0, 2**32 - 1)
SHARES = st.sampled_from((0.003, 0.05, 0.3, 0.7))


def some(names: list[str], seed: int, share: float) -> tuple[str, ...]:
    """Return some of the names, at least one."""
    rng = random.Random(seed)
    return tuple(rng.sample(names, max(1, round(share * len(names)))))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(READY), SEEDS, SHARES)
def test_forgetting_helps_nothing_and_fails_nothing(pilot: tuple[str, str], seed: int, share: float) -> None:
    assert_forgetting_helps_nothing(*pilot, some(stated(case_of(*pilot)), seed, share))


@pytest.mark.parametrize("field", ["purpose.acts", "purpose.decides", "purpose.audience"])
def test_forgetting_whom_it_can_hurt_raises_no_low(field: str) -> None:
    assert_forgetting_helps_nothing("training-pipeline", "pilot", (field,))


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(range(len(TWINS))), SEEDS, SHARES)
def test_more_truth_turns_no_pass_into_a_failure(twin: int, seed: int, share: float) -> None:
    name, stage, wrong, _, _ = TWINS[twin]
    names = stated(twin_of(name, stage, wrong))
    assert_truth_never_turns_a_pass(name, stage, wrong, some(names, seed, share))


@pytest.mark.parametrize("name", sorted({name for name, _ in READY}))
def test_taking_people_out_never_helps(name: str) -> None:
    assert_people_never_hurt(name, "limited")
