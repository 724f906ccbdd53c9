"""Gaps in texts that only a newer Python reads are replaced, and nothing else changes."""

from __future__ import annotations

import ast

import pytest

from poc_gate.text.documents.python_gaps import with_plain_gaps

OLD = (
    "x = f\"{a['b']} {c!r:>{w}} {{d}}\"\n",
    "x = f'''{a['b']}\n{c}'''\n",
    'x = rb"{" # f"{"\n',
    'x = "it\'s {" + f"{y}"\n',
    "x = f'{y:{z}}' if {'a': \"b\"} else None\n",
)
NEW = (
    'x = f"{a["b"]}"\n',
    'x = f"{", ".join([f"- {one["name"]}" for one in many])} {z}"\n',
    'x = f"""{"\\n".join(many)} {z}"""\n',
)


@pytest.mark.parametrize("text", OLD)
def test_what_an_older_python_reads_stays(text: str) -> None:
    assert with_plain_gaps(text) == text


@pytest.mark.parametrize("text", NEW)
def test_what_only_a_newer_one_reads_becomes_a_name(text: str) -> None:
    made = with_plain_gaps(text)
    assert len(made) == len(text)
    ast.parse(made)


def test_texts_that_do_not_end_are_passed_over() -> None:
    for text in ('f"{', 'f"{a["', "f'''{", "'", 'f"\\'):
        assert len(with_plain_gaps(text)) == len(text)
