"""Hints that the registration of a tool states -> its effect, where they say more than its name."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.model.claim import Place

_READS = re.compile(r"(?i)\bread_?only_?Hint(?:Annotation\(|[\"']?\s*[:=]\s*(?:new\s+)?(?:mcp\.)?(?:ToBoolPtr\()?&?)\s*(?P<yes>true|false)\b|\bWithReadOnlyHintAnnotation\((?P<given>true|false)\)|\bReadOnly\s*=\s*(?P<marked>true|false)\b")  # fmt: skip
_MOST = 8_000
"""Letters of one registration that are looked through."""
_OPENS, _CLOSES = "([{", ")]}"
_APART = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|//[^\n]*")


def hinted(file: TextFile, place: Place, effect: str, why: str) -> tuple[str, str]:
    """Return the effect of a tool and the reason: by the hint beside its name, unless name or code say more than that it does not only read."""
    if place.file != file.path or "only" not in file.text.lower() or not file.shows(_READS):
        return effect, why
    said = _READS.search(_registration(file.text, place.line))
    if said is None:
        return effect, why
    if next(value for value in said.groups() if value).lower() == "true":
        return "reads", "its hint says that it only reads"
    if effect in {"writes", "irreversible"}:
        return effect, why
    return "writes", "its hint says that it does not only read"


def _registration(text: str, line: int) -> str:
    """Return what stands behind the name of a tool up to the end of the call or object around it."""
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    plain = _APART.sub(lambda match: " " * len(match[0]), text[at : at + _MOST])
    depth = 0
    for number, letter in enumerate(plain):
        if letter in _OPENS:
            depth += 1
        elif letter in _CLOSES:
            depth -= 1
            if depth < 0 or (
                depth == 0 and not plain[number + 1 :].lstrip().startswith((",", ".", "{", "="))
            ):
                return plain[: number + 1]
    return plain
