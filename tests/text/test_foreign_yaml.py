"""YAML of other tools is read as they read it, with places, bounded, and never as a program."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.errors import InvalidInputError
from poc_gate.text.documents.foreign_yaml import read_foreign_documents
from poc_gate.text.documents.positioned_yaml import Document, YamlLimits


def read(text: str) -> tuple[object, Document, list[str]]:
    documents, notes = read_foreign_documents(text.encode(), "a.yaml")
    return documents[0].data, documents[0], [f"{note.line}:{note.column} {note.what}" for note in notes]


def test_aliases_repeat_the_value_and_its_place() -> None:
    data, document, notes = read("a: &x {b: 1, c: [2, 3]}\nd: *x\ne: [*x]\n")
    assert data == {"a": {"b": 1, "c": [2, 3]}, "d": {"b": 1, "c": [2, 3]}, "e": [{"b": 1, "c": [2, 3]}]}
    assert document.place(("d", "c", 1)).line == 1
    assert document.key_place(("e",)).line == 3
    assert notes == []


def test_merge_keys_give_way_to_what_is_written_and_earlier_sources_to_nothing() -> None:
    text = "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\none: {c: 9, <<: *x}\ntwo:\n  <<: [*x, *y]\n  a: 7\n"
    data, document, _ = read(text)
    assert data == {
        "x": {"a": 1, "b": 2},
        "y": {"b": 3, "c": 4},
        "one": {"a": 1, "b": 2, "c": 9},
        "two": {"a": 7, "b": 2, "c": 4},
    }
    assert [document.place(("two", key)).line for key in ("a", "b", "c")] == [6, 1, 2]
    assert document.place(("one", "c")).line == 3


def test_the_last_of_two_equal_keys_counts_and_is_noted() -> None:
    data, document, notes = read("spec:\n  replicas: 1\n  image: a\n  replicas: 4\n")
    assert data == {"spec": {"replicas": 4, "image": "a"}}
    assert document.place(("spec", "replicas")).line == 4
    assert notes == ["4:3 the key 'replicas' is given twice; the last one counts, the first is on line 2"]


def test_a_reference_is_never_taken_for_a_value() -> None:
    data, _, _ = read(
        "a: !Ref Count\nb: !Sub '${X}-db'\nc: !GetAtt [Db, Arn]\nd: !override [1]\ne: !reset 8\nf: !!str 5\n"
        "g: !!int '7'\nh: !vault |\n  abc\ni: ! 12\n"
    )
    assert data == {
        "a": {"Ref": "Count"},
        "b": {"Fn::Sub": "${X}-db"},
        "c": {"Fn::GetAtt": ["Db", "Arn"]},
        "d": [1],
        "e": None,
        "f": "5",
        "g": "7",
        "h": {"Fn::vault": "abc\n"},
        "i": "12",
    }


def test_anchors_end_with_their_document() -> None:
    with pytest.raises(InvalidInputError, match="names no value before it"):
        read_foreign_documents(b"a: &x 1\n---\nb: *x\n", "a.yaml")


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system [echo]", "!!python/name:os.system ''", "!!java x"]
)
def test_objects_of_a_language_are_refused(tag: str) -> None:
    with pytest.raises(InvalidInputError, match="is not accepted"):
        read_foreign_documents(f"a: {tag}\n".encode(), "a.yaml")


def test_what_aliases_repeat_counts_each_time() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12))]
    begun = time.process_time()
    with pytest.raises(InvalidInputError, match="more than 20,000 values"):
        read_foreign_documents("\n".join(lines).encode(), "a.yaml", limits=YamlLimits(nodes=20_000))
    assert time.process_time() - begun < 5


_KEYS = st.sampled_from(["a", "b", "c", "d"])
_LINES = st.lists(
    st.tuples(
        _KEYS,
        st.sampled_from(["1", "x", "[1, 2]", "{a: 1}", "*p", "{<<: *p, b: 5}", "{<<: [*q, *p]}", "[*p, *q]"]),
    ),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(_LINES)
def test_it_reads_what_a_safe_loader_reads(lines: list[tuple[str, str]]) -> None:
    text = "p: &p {a: 1, c: {d: 2}}\nq: &q {c: 3, e: [4]}\n" + "".join(
        f"{key}: {value}\n" for key, value in lines
    )
    data, document, notes = read(text)
    assert data == yaml.safe_load(text)
    assert len(notes) == len(lines) - len({key for key, _ in lines})
    assert all(document.key_place((key,)).line > 2 for key, _ in lines)
