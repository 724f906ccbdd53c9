"""Strict JSON: what is not JSON, and what JSON lets pass but no file of ours holds, is told with its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_gate.errors import MOST_SHOWN, InvalidInputError
from poc_gate.text.documents.json_places import MAX_CHARACTERS
from poc_gate.text.documents.strict_json import (
    MOST_FOUND,
    JsonText,
    parse_json,
    placed,
    show_value,
    spell_path,
)


def parse(content: bytes, *, half_pairs: bool = False) -> JsonText:
    return parse_json(
        content, "f.json", most_bytes=1 << 26, next_step="write it again", half_pairs=half_pairs
    )


def told(content: bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(InvalidInputError) as caught:
        parse(content)
    return [(fault.line, fault.column, fault.what) for fault in caught.value.faults]


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=6),
        lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=5), x, max_size=3),
        max_leaves=12,
    ),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
)
def test_sound_json_is_read_with_and_without_a_mark(data: object, mark: bytes):
    assert parse(mark + json.dumps(data).encode(), half_pairs=True).data == data


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b'{"a": 1,\n "a": 2}', (2, 7, "the key 'a' is given twice")),
        (b'[1,\n {"b": {"c": 1, "c": 1}}]', (2, 22, "the key 'c' is given twice")),
        (b"[1,\n  NaN]", (2, 3, "NaN is not a number that JSON has")),
        (b'{"a":\n -Infinity}', (2, 2, "-Infinity is not a number that JSON has")),
        (b"Infinity", (1, 1, "Infinity is not a number that JSON has")),
        (b'["' + b"9" * 5000 + b'",\n -' + b"9" * 5000 + b"]", (2, 2, "a whole number of 5,000 digits is too large")),
        (b'{"a": [\n"\\ud800"]}', (2, 1, "a[0] holds half a surrogate pair")),
        (b'{"\\udfff": 1}', (1, 12, "'\\udfff' holds half a surrogate pair")),
        (b'{"a": "\xc3\xa4",\n "\xc3\xa4\xff"}', (2, 4, "byte 0xff is not valid UTF-8")),
        (b"\xef\xbb\xbf\xff", (1, 1, "byte 0xff is not valid UTF-8")),
        (b"[1,\n 2,]", None),
        (b'{"a": "\t"}', None),
        (b"[" * 200_000, (0, 0, "is nested too deeply")),
        (b'{"a":' * 200_000, (0, 0, "is nested too deeply")),
    ],
)  # fmt: skip
def test_a_fault_has_its_place(content: bytes, fault: tuple[int, int, str] | None):
    (found,) = told(content)
    if fault is None:
        assert found[0]
        assert found[2].startswith("not valid JSON: ")
    else:
        assert found == fault


def test_all_of_them_are_told_at_once():
    content = b'{"a": NaN,\n "b": 1,\n "b": [Infinity],\n "c": ' + b"9" * 5000 + b"}"
    assert told(content) == [
        (1, 7, "NaN is not a number that JSON has"),
        (3, 7, "the key 'b' is given twice"),
        (3, 8, "Infinity is not a number that JSON has"),
        (4, 7, "a whole number of 5,000 digits is too large"),
    ]


def test_what_a_repeated_key_put_aside_is_left_out_with_it():
    assert told(b'{"a": NaN, "a": 1}') == [(1, 17, "the key 'a' is given twice")]


def test_what_lies_too_deep_to_be_told_is_still_refused():
    assert told(b"\n" + b"[" * 300 + b"NaN" + b"]" * 300) == [(2, 1, "NaN is not a number that JSON has")]


def test_whole_pairs_pass():
    assert parse(b'["\\ud83d\\ude00", "\\u00e4"]').data == ["\U0001f600", "\u00e4"]


def test_too_many_bytes_are_refused_before_they_are_read():
    with pytest.raises(InvalidInputError, match="the file has more than 8 bytes; at most 8 are read"):
        parse_json(b"{nothing}", "f.json", most_bytes=8, next_step="")


def test_a_text_too_large_to_search_has_no_line():
    read = parse(b"[1" + b" " * MAX_CHARACTERS + b"]")
    (fault,) = placed(read, [((0,), "is wrong", "mend it")])
    assert (fault.line, fault.column, fault.what, fault.next_step) == (0, 0, "is wrong, at [0]", "mend it")


def test_paths_and_values_are_spelt_for_a_reader():
    assert spell_path(("a", 0, "b", 1, 2)) == "a[0].b[1][2]"
    assert spell_path((0, "a")) == "[0].a"
    assert spell_path(("a", "b\nc", "x" * 1000))[:12] == r"a.'b\nc'.'xx"
    assert spell_path(()) == "the file"
    assert [show_value(x) for x in (None, True, [], {}, "a\nb", 1.5)] == [
        "null", "true or false", "a list", "an object", "'a\\nb'", "1.5",
    ]  # fmt: skip
    assert len(show_value("x" * 1000)) < 100


def test_a_list_of_a_million_faults_shows_the_first_in_the_file_and_no_more_than_are_read():
    for content in (b"NaN", b'"\\ud800"', b'{"k":1,"k":2}'):
        with pytest.raises(InvalidInputError) as caught:
            parse(b"[" + b",".join([content] * 300_000) + b"]")
        assert len(caught.value.faults) == MOST_FOUND
        assert str(caught.value).endswith("and more faults\n    -> correct these first")
        assert str(caught.value).count("\n") < 2 * MOST_SHOWN + 2
        assert caught.value.faults[0].column < 10


def test_in_a_text_too_large_for_lines_the_path_tells_the_place():
    large = b'{"a": {"b": [1, NaN]}, "c": "' + b"x" * MAX_CHARACTERS + b'"}'
    assert told(large) == [(0, 0, "NaN is not a number that JSON has, at a.b[1]")]
