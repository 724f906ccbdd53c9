"""Comments of YAML and TOML -> the lines that hold literal secrets, which no parser hands on."""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.opening.secret_places import literal_secret, of_comment
from poc_gate.text.lazy_pattern import lazily

_COMMENT = lazily(r"(?m)(?:^|[ \t])#(?P<said>[^\n]{6,2000})")
_MARKS = ("pass", "pwd", "secret", "token", "key", "cred", "auth", "://", "@", "_", "-")
_MOST = 20_000
"""Comments of one file that are looked at."""


def find_in_comments(document: Document, taken: set[int]) -> Iterator[int]:
    """Yield the numbers of the lines, from one, whose comment holds a literal secret; `taken` are known by their values.

    A line that the scan of values has named already is left out: `#` stands in texts and scripts as well.
    """
    if document.form not in ("yaml", "toml", "markdown") or "#" not in document.text:
        return
    text, counted, number = document.text, 0, 1
    for seen, match in enumerate(_COMMENT.finditer(text)):
        said = match["said"]
        if seen >= _MOST:
            return
        if not any(mark in said.lower() for mark in _MARKS):
            continue
        number += text.count("\n", counted, match.start("said"))
        counted = match.start("said")
        if number not in taken and any(literal_secret(name, value) for name, value in of_comment(said)):
            taken.add(number)
            yield number
