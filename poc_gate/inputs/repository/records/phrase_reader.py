"""Phrases in code, infrastructure and workflows that no field of the manifest holds -> remarks, by a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.files.standing import Standing, is_workflow
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.marks import PLAIN_AT_REST
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.marks.phrases import CODED, Phrase, describes, phrases_of
from poc_gate.inputs.repository.tables.marks.plain_stores import plain_stores

_MOST = 6
"""Places of one kind in one file."""
_LONG, _BEFORE, _AFTER = 50_000, 120, 500
"""Characters from which a text is searched near its words alone, and how far before and after a word a phrase may reach."""
_OF_SERVICES = frozenset({"upload limit", "rate limit"})
"""What scripts and tooling limit is their own affair."""
_FLAGS = {"encryption at rest": "security.encrypted_at_rest"}
"""Kinds that a field of the manifest holds, too."""
_COMMENT = re.compile(r"\s*(?:#|//|\*|/\*|<!--)")


def _read(file: TextFile, notes: Notes) -> None:
    small = file.path.lower()
    for kind, start in plain_stores(file.text) if describes(small) else ():
        notes.technique(PLAIN_AT_REST, kind, file.at(start), weight=1)
    phrases = phrases_of(small, workflow=is_workflow(small))
    said = phrases.words.said_in(file.text) if phrases is not None else frozenset()
    for row in phrases.rows if phrases is not None and said else ():
        if not said.isdisjoint(row.words) and not (
            notes.standing is Standing.SUPPORT and row.kind in _OF_SERVICES
        ):
            _note(row, file, notes, near=phrases.near if phrases is not None else False)


def _matches(row: Phrase, text: str, *, near: bool) -> Iterator[re.Match[str]]:
    """Yield the matches of a phrase; in a long text whose phrases stay near their words, only the lines around those are searched."""
    if not near or len(text) < _LONG:
        yield from row.pattern.finditer(text)
        return
    spans: list[list[int]] = []
    for place in sorted(start for word in row.words for start in _places(text, word)):
        if spans and place <= spans[-1][1]:
            spans[-1][1] = place + _AFTER
        else:
            begin = max(spans[-1][1] if spans else 0, place - _BEFORE)
            spans.append([text.rfind("\n", 0, begin) + 1, place + _AFTER])
    for begin, end in spans:
        yield from row.pattern.finditer(text, begin, end)


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _note(row: Phrase, file: TextFile, notes: Notes, *, near: bool) -> None:
    """Note a phrase where it is said outside a comment; several values of one kind are all named."""
    seen: set[str] = set()
    for match in _matches(row, file.text, near=near):
        begin = file.text.rfind("\n", 0, match.start()) + 1
        if _COMMENT.match(file.text, begin) or _is_of_development(file, match.start()):
            continue
        value = next((found for found in match.groupdict().values() if found), "")
        if value in seen:
            continue
        seen.add(value)
        notes.remark(row.kind, row.says or "it is set up", file.at(match.start()), "" if row.says else value)
        if row.kind in _FLAGS:
            notes.flag(_FLAGS[row.kind], file.at(match.start()), sure=INFERRED, note=row.says)
        if row.says or len(seen) >= _MOST:
            return


_BRANCH = re.compile(
    r"(?i)\s*(?:\}\s*)?(?:el(?:se\s+)?)?if\b(?!.*(?:!=|\bnot\b|!\w|\bor\b|\|\|)).*?(?:==\s*[\"'](?:dev|development|local)[\"']|\bis_?dev(?:elopment)?\b|[._]debug\b\s*[:)]|\bDEBUG\b\s*[:)])"
)
"""Conditions that hold only while somebody works on the program."""
_OUTSIDE = re.compile(
    r"(?i)\s*(?:\}\s*)?(?:el(?:se\s+)?)?if\b(?!.*(?:\bor\b|\|\|)).*?(?:!==?\s*[\"'](?:prod|production)[\"']|(?:\bnot\s+|!)(?:\w+\.)*_?is_?prod(?:uction)?\b)"
)
"""Conditions that hold everywhere but in production."""
_FAR = 40
"""Lines that are looked back through for the condition around a phrase."""


def _is_of_development(file: TextFile, offset: int) -> bool:
    """Say whether a line stands in a branch of code that is not taken in production."""
    if not file.path.lower().endswith(CODED):
        return False
    number = file.at(offset).line - 1
    depth = _depth(file.lines[number])
    for line in reversed(file.lines[max(0, number - _FAR) : number]):
        if line.strip() and _depth(line) < depth:
            depth = _depth(line)
            if _BRANCH.match(line) or _OUTSIDE.match(line):
                return True
    return False


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


READER = Reader(
    name="phrase",
    summary="phrases in code, infrastructure and workflows: open origins, machine sizes, roll-out, scans",
    wants=lambda path: phrases_of(path, workflow=is_workflow(path)) is not None,
    read=_read,
    worst=Standing.SUPPORT,
)
