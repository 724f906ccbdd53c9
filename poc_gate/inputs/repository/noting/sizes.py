"""Sizes as clusters and clouds write them -> bytes; sizes of parts -> whether they are of passages."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.model.claim import Value
from poc_gate.model.quantity import Quantity

_SIZE = re.compile(r"^(\d+(?:\.\d+)?)\s*(|[kKMGTP]i?B?|m)$")
_FACTORS = {
    "": 1,
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "G": 1e9,
    "T": 1e12,
    "P": 1e15,
    "Ki": 2**10,
    "Mi": 2**20,
    "Gi": 2**30,
    "Ti": 2**40,
    "Pi": 2**50,
}


def bytes_of(text: str) -> float | None:
    """Return the bytes of `512Mi`, `1.0Gi` or `2G`; None for anything else, and for milli-units."""
    match = _SIZE.match(text.strip().strip("\"'"))
    if not match or match[2] == "m":
        return None
    factor = _FACTORS.get(match[2].removesuffix("B"))
    return float(match[1]) * factor if factor else None


_FETCHES = re.compile(r"\bfetchmany\(|\biter_content\(|\biter_bytes\(|\byield_per\(")
_INSERTS = re.compile(
    r"\bexecutemany\(|\bexecute_values\(|\bbulk_insert|\bbulk_create\(|\bbulk_save|(?i:\bdef \w*(?:batch|bulk)\w*insert|\bdef \w*insert\w*(?:batch|bulk))"
)
"""How rows are written many at a time."""
_SPLITS = re.compile(r"(?i)chunk_?overlap|splitter|split_text|chunk_text")
_EMBEDS = re.compile(r"(?i)\bembed")
_OF_SOUND = re.compile(r"(?i)(?:^|[_.-])(?:tts|stt|audio|speech|voice|video)(?:[_.-]|$)")
_SOUNDS = re.compile(r"(?i)(?:^|/)(?:media|audio|speech|voice|tts|stt|record(?:er|ings?))(?:_\w+)?\.\w+$")
_LONGEST_PASSAGE = 4_500
"""Characters that passages seldom exceed: a larger part is one of passages where the file splits texts."""


def is_of_rows(name: str, size: Value, file: TextFile) -> bool:
    """Say whether a size of parts is not one of passages: of sound, of rows that a database sends at once, or of a table."""
    if _OF_SOUND.search(name) or _SOUNDS.search(file.path):
        return True
    if isinstance(size, Quantity) and size.value > _LONGEST_PASSAGE:
        return not file.shows(_SPLITS)
    if name.isidentifier() and file.shows(_given_to(_TAKES_ROWS, name)) and not file.shows(_given_to(_TAKES_TEXTS, name)):  # fmt: skip
        return True
    if file.shows(_INSERTS) and not file.shows(_SPLITS) and not file.shows(_EMBEDS):
        return True
    return file.shows(_FETCHES) and not file.shows(_SPLITS) and not file.shows(_EMBEDS)


_TAKES_ROWS = (
    r"(?:fetchmany|iter_content|iter_bytes|iter_chunks|yield_per|read_csv|read_sql\w*|to_sql|\.read)"
)
_TAKES_TEXTS = r"(?:\w*[sS]plitter|\w*[pP]arser|split_\w+|chunk_\w+)"


def _given_to(calls: str, name: str) -> re.Pattern[str]:
    """Return how a name is written where one of some calls is given it."""
    return re.compile(rf"{calls}\([^()\n]*\b(?:self\.)?{name}\b")
