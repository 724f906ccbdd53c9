"""Where values of a JSON text stand: held against a decoder that is asked for every value by its own offset."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from poc_gate.text.documents.json_places import MAX_DEPTH, json_places, nearest_place

WORDS = st.text(max_size=6)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def places(text: str) -> dict[tuple[str | int, ...], tuple[int, int]]:
    return {path: (place.line, place.column) for path, place in json_places(text, "f.json").items()}


def test_places_are_those_of_the_values():
    text = '{\n  "a": [1,\n    {"b": "x"}],\n "c": true}'
    assert places(text) == {
        (): (1, 1), ("a",): (2, 8), ("a", 0): (2, 9), ("a", 1): (3, 5), ("a", 1, "b"): (3, 11), ("c",): (4, 7),
    }  # fmt: skip


def test_what_is_missing_stands_where_its_nearest_parent_does():
    found = json_places('{"a": [1,\n {"b": 2}]}', "f.json")
    at = nearest_place(found, ("a", 1, "missing", 0), "f.json")
    assert (at.file, at.line, at.column) == ("f.json", 2, 2)
    assert nearest_place({}, ("a",), "f.json").line == 1


def test_what_lies_too_deep_stands_where_the_deepest_told_does():
    found = places("[" * 300 + "1" + "]" * 300)
    assert max(map(len, found)) == MAX_DEPTH
    assert found[(0,) * MAX_DEPTH] == (1, MAX_DEPTH + 1)


def walk(value: object, path: tuple[str | int, ...] = ()):
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walk(inner, (*path, index))


@given(DATA, st.sampled_from([None, 2]), st.booleans())
def test_at_every_place_that_value_can_be_read(data: object, indent: int | None, ascii_only: bool):
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    found = places(text)
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    values = dict(walk(data))
    assert found.keys() == values.keys()
    for path, (line, column) in found.items():
        value, _ = json.JSONDecoder().raw_decode(text, starts[line - 1] + column - 1)
        assert value == values[path]
