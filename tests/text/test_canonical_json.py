"""Canonical JSON has the layout of the standard library, by a quicker way."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.text.documents.canonical_json import canonical_json

TEXT = st.text(max_size=8)
WHOLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def data(text: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    return st.recursive(
        st.none() | st.booleans() | numbers | text,
        lambda x: st.lists(x, max_size=3) | st.dictionaries(text, x, max_size=3),
        max_leaves=12,
    )


@given(data(TEXT))
@settings(max_examples=60, deadline=None)
def test_plain_data_is_laid_out_as_the_standard_library_does(plain: object) -> None:
    expected = json.dumps(plain, sort_keys=True, indent=2).replace("\x7f", "\\u007f") + "\n"
    assert canonical_json(plain).decode("ascii") == expected


@given(data(WHOLE))
@settings(max_examples=60, deadline=None)
def test_other_letters_may_stay_as_they_are(plain: object) -> None:
    expected = json.dumps(plain, sort_keys=True, indent=2, ensure_ascii=False) + "\n"
    assert canonical_json(plain, ascii_only=False).decode() == expected


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_json_lacks_are_refused(number: float, ascii_only: bool) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical_json([number], ascii_only=ascii_only)
