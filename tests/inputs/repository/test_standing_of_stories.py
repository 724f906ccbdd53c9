"""Stories of components show made-up values, as tests do."""

from __future__ import annotations

import pytest

from poc_gate.inputs.repository.files.standing import Standing, standing_of


@pytest.mark.parametrize("path", ["web/src/Table.stories.tsx", "src/button.stories.js"])
def test_a_story_stands_with_the_tests(path: str) -> None:
    assert standing_of(path) is Standing.TEST


@pytest.mark.parametrize("path", ["web/src/stories.py", "src/stories_api.ts"])
def test_what_is_about_stories_does_not(path: str) -> None:
    assert standing_of(path) is not Standing.TEST
