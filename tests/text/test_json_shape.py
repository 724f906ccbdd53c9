"""Data against Structs: everything that does not fit is told, and what fits becomes the Struct."""

from __future__ import annotations

import time
from enum import StrEnum
from typing import Any, Optional

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from poc_gate.text.documents.json_shape import shape_faults
from poc_gate.text.documents.strict_json import MOST_FOUND


class Colour(StrEnum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


class Leaf(Struct, frozen=True):
    """Something small."""

    size: float
    name: str = ""


class Tree(Struct, frozen=True):
    """One key of each kind."""

    count: int
    colour: Colour
    leaves: tuple[Leaf, ...]
    either: bool | str | Leaf | tuple[str, ...] | None = None
    share: Optional[float] = None  # noqa: UP045 - both spellings must be read
    named: dict[str, Leaf] = {}
    table: dict[str, tuple[float, ...]] = {}
    free: object = None


SOUND: dict[str, Any] = {
    "count": 1, "colour": "red", "leaves": [{"size": 1}, {"size": 2.5, "name": "x"}], "either": ["a"], "share": 0,
    "named": {"a.b": {"size": 1.0}}, "table": {"t": [1, 2.0]}, "free": [1, {"x": None}],
}  # fmt: skip


def told(data: object, *, unbounded: bool = False) -> dict[str, str]:
    return {what: step for _, what, step in shape_faults(data, Tree, "again", unbounded=unbounded)}


def test_what_fits_has_no_fault():
    assert shape_faults(SOUND, Tree, "again") == []


@pytest.mark.parametrize(
    ("change", "path", "what"),
    [
        ({"count": 1.0}, ("count",), "count must be a whole number, not 1.0"),
        ({"count": True}, ("count",), "count must be a whole number, not true or false"),
        ({"colour": "green"}, ("colour",), "colour must be one of red, blue, not 'green'"),
        ({"colour": ["red"]}, ("colour",), "colour must be one of red, blue, not a list"),
        ({"leaves": {}}, ("leaves",), "leaves must be a list, not an object"),
        ({"leaves": [{"size": 1}, 7]}, ("leaves", 1), "leaves[1] must be an object, not 7"),
        ({"leaves": [{"size": True}]}, ("leaves", 0, "size"), "leaves[0].size must be a number, not true or false"),
        ({"leaves": [{"size": 10**400}]}, ("leaves", 0, "size"), "leaves[0].size is too large a number"),
        ({"share": float("inf")}, ("share",), "share is too large a number"),
        ({"share": "unbounded"}, ("share",), "share must be a number or null, not 'unbounded'"),
        ({"either": 3}, ("either",), "either must be true or false or a text or an object or a list or null, not 3"),
        ({"either": ["a", 1]}, ("either", 1), "either[1] must be a text, not 1"),
        ({"named": {"k": {}}}, ("named", "k"), "the key 'size' is missing in named.k"),
        ({"table": {"t": [None]}}, ("table", "t", 0), "table.t[0] must be a number, not null"),
        ({"cuont": 1}, ("cuont",), "unknown key 'cuont'"),
    ],
)  # fmt: skip
def test_a_fault_has_path_and_words(change: dict[str, Any], path: tuple[str | int, ...], what: str):
    assert [(found[0], found[1]) for found in shape_faults({**SOUND, **change}, Tree, "again")] == [
        (path, what)
    ]


def test_everything_is_told_at_once_with_a_next_step():
    data = {"colour": "red", "leaves": [{"siez": 1}, {"size": "x"}], "zzzzz": 1}
    assert told(data) == {
        "the key 'count' is missing": "again",
        "unknown key 'siez' in leaves[0]": "did you mean size?",
        "the key 'size' is missing in leaves[0]": "again",
        "leaves[1].size must be a number, not 'x'": "again",
        "unknown key 'zzzzz'": "known keys: colour, count, either, free, leaves, named, share, table",
    }
    assert told([]) == {"the file must be an object, not a list": "again"}


def test_infinite_numbers_are_texts_only_where_a_format_has_them():
    data = {**SOUND, "share": "unbounded", "table": {"t": ["-unbounded"]}}
    assert told(data, unbounded=True) == {}
    assert len(told(data)) == 2
    assert told({**SOUND, "colour": "unbounded"}, unbounded=True)


VALUES = st.recursive(
    st.sampled_from([None, True, 0, -1, 2.5, 10**30, "", "red", "x"]),
    lambda x: (
        st.lists(x, max_size=2) | st.dictionaries(st.sampled_from(["size", "name", "k"]), x, max_size=2)
    ),
    max_leaves=5,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(SOUND, VALUES)))
@settings(max_examples=300, deadline=None)
def test_what_fits_becomes_the_struct_and_what_does_not_has_a_fault(changes: dict[str, Any]):
    data = {**SOUND, **changes}
    if not shape_faults(data, Tree, "again"):
        assert isinstance(msgspec.convert(data, Tree), Tree)
        return
    unknown = any(what.startswith("unknown key") for _, what, _ in shape_faults(data, Tree, "again"))
    if not unknown:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(data, Tree)


def test_looking_ends_where_everything_is_wrong():
    begun = time.process_time()
    found = shape_faults({"count": 1, "colour": "red", "leaves": [None] * 1_000_000}, Tree, "again")
    assert len(found) == MOST_FOUND
    assert found[0][0] == ("leaves", 0)
    unknown = shape_faults({f"key{number}": 1 for number in range(200_000)}, Tree, "again")
    assert len(unknown) >= 200_000
    assert time.process_time() - begun < 4, "a nearest name for each takes four times as long"
