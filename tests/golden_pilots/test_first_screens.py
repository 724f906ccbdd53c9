"""The first screen of every archetype, ready and with one thing wrong, answers what a reader asks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))
sys.path.insert(0, str(Path(__file__).parent))  # the descriptions lie beside the tests

from archetypes import ARCHETYPES
from reader_questions import assert_answers
from test_golden_pilots import TWINS, judged


@pytest.mark.parametrize("name", ARCHETYPES)
def test_an_archetype_that_is_ready_says_for_whom_how_much_and_until_when(name: str, tmp_path: Path) -> None:
    assert_answers(judged(tmp_path, name, "limited", {}))


@pytest.mark.parametrize(("name", "stage", "changes"), [twin[:3] for twin in TWINS])
def test_an_archetype_with_one_thing_wrong_says_why_what_it_costs_and_who_acts(
    name: str, stage: str, changes: dict[str, Any], tmp_path: Path
) -> None:
    assert_answers(judged(tmp_path, name, stage, changes))
