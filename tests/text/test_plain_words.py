"""Many words in one pass: the same as one search a word, in texts with any characters."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from poc_gate.text.plain_words import PlainWords

LETTERS = st.text("abé \n🦜", min_size=1, max_size=3)
WORDS = st.lists(LETTERS, min_size=1, max_size=6)
TEXTS = st.text("abé \n🦜", max_size=40)


@given(WORDS, TEXTS)
def test_a_word_is_said_where_a_search_finds_it(words: list[str], text: str) -> None:
    assert PlainWords(words).said_in(text) == {word for word in words if word in text}


@given(WORDS, TEXTS)
def test_every_place_is_found_also_where_words_overlap(words: list[str], text: str) -> None:
    wanted = {(word, m.start()) for word in words for m in re.finditer(f"(?={re.escape(word)})", text)}
    assert set(PlainWords(words).places_in(text)) == wanted
    coded = {(word.encode(), len(text[:at].encode())) for word, at in wanted}
    assert set(PlainWords(word.encode() for word in words).places_in(text.encode())) == coded


def test_case_and_borders_are_left_as_they_are() -> None:
    words = PlainWords(("Model", "MODEL", "odel"))
    assert list(words.places_in("MODEL myModel")) == [("MODEL", 0), ("Model", 8), ("odel", 9)]
