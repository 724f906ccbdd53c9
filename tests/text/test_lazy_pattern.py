"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import copy
import re

import pytest

from poc_gate.text.lazy_pattern import lazily


@pytest.mark.parametrize(
    ("pattern", "text"), [(r"(?i)a(?P<b>b+)", "xABBy"), (rb"\d{2,}", b"x 123 y 45"), (r"", "")]
)
def test_answers_as_the_compiled_pattern_does(pattern: str, text: str) -> None:
    lazy, plain = lazily(pattern), re.compile(pattern)
    assert [m.span() for m in lazy.finditer(text)] == [m.span() for m in plain.finditer(text)]
    assert lazy.sub(type(text)(), text) == plain.sub(type(text)(), text)
    assert lazy.pattern == pattern
    assert lazy.groupindex == plain.groupindex


def test_compiles_at_the_first_question_and_once() -> None:
    lazy = lazily(r"q+", re.IGNORECASE)
    assert "_compiled" not in vars(lazy)
    search = lazy.search
    assert search("xQQ")
    assert lazy.search is search
    assert vars(lazy)["_compiled"].flags & re.IGNORECASE


def test_a_faulty_pattern_says_so_when_it_is_used() -> None:
    lazy = lazily("(")
    with pytest.raises(re.error, match="missing"):
        lazy.search("x")


def test_is_copied_whole() -> None:
    assert copy.copy(lazily("a")).search("ba")
