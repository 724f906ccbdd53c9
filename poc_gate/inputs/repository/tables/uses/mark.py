"""One row of the tables of marks -> what a text shows."""

from __future__ import annotations

import re
from typing import NamedTuple

from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.plain_words import PlainWords


class Mark(NamedTuple):
    """What a text shows."""

    evidence: str
    """Name of the evidence, as `conclude/uses` weighs it."""
    why: str
    words: tuple[str, ...]
    """Plain texts of which one must be in the file: looking for them is cheap."""
    pattern: re.Pattern[str]
    beside: tuple[re.Pattern[str], ...]
    """What the file must show too, wherever it is."""
    weight: int


class Marks(NamedTuple):
    """The rows that one kind of file is searched for, and the words of all of them."""

    rows: tuple[Mark, ...]
    words: PlainWords[str]


def row(evidence: str, why: str, words: str, pattern: str, *beside: str, weight: int = 3) -> Mark:
    """Return one row: `words` are parted by upright lines, `beside` are patterns."""
    shown = tuple(lazily(one, re.MULTILINE) for one in beside)
    return Mark(evidence, why, tuple(words.split("|")), lazily(pattern, re.MULTILINE), shown, weight)
