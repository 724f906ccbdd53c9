"""Findings of thousands of items <-> the file: the first of each rule and state in full, of the others what sets them apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from poc_gate.errors import InternalError
from poc_gate.model.fact import Fact
from poc_gate.model.finding import Finding
from poc_gate.model.verdict import Result
from poc_gate.report.result.plain_values import plain_data
from poc_gate.text.documents.strict_json import MOST_FOUND, Found

MOST_WHOLE = 3_000
"""Findings that are all written out: a pilot of two hundred sources has fewer."""
MOST_FACTS = 8_000
"""Facts that are laid out with all their keys; more are one line each."""
FIRST = 100
"""Findings of each rule and state that are written out where there are more in all."""
_MOST_READ = 300_000
"""Findings of 5,000 sources and several packs: a short one takes a tenth of its memory in the file."""
LEFT_OUT = "left_out"
"""Key of the file that says what was left out; only where something was."""
_LIKE = "like"
_CUT = frozenset(
    {
        "message", "action", "reason", "inputs", "formula", "unknown", "resolve", "breakpoints", "levers", "evidence_notes",
    }
)  # fmt: skip
"""What a shortened finding does not keep; all else is its own or that of the finding it is like."""
_OWN = ("fingerprint", "place", "rule", "severity", "state", "subject")
"""What every finding says itself."""
_ALL_OWN = frozenset(_OWN)
_MESSAGE = f"The result file leaves this sentence out: it holds the first {FIRST} findings of each rule and state in full."


def left_out(result: Result) -> str:
    """Return the sentence on what the file of a result leaves out; empty where that is nothing."""
    number = sum(first is not None for _, first in _like(result.findings))
    if not number:
        return ""
    cut = ", ".join(sorted(_CUT))
    return (
        f"{number:,} of {len(result.findings):,} findings are shortened. What such a finding does not say is as in the finding whose "
        f"number, counted from 0, stands under `{_LIKE}`; its own {cut} are left out. "
        f"The first {FIRST} findings of each rule and state are in full."
    )


def findings_lines(findings: Sequence[Finding]) -> Iterator[Finding | bytes]:
    """Yield each finding, as it is where it is written out, as one line of JSON where it is shortened."""
    for finding, first in _like(findings):
        yield finding if first is None else _line(_short(finding, first, findings[first]))


def facts_line(fact: Fact) -> bytes:
    """Return a fact as one line of JSON without the keys that hold their defaults."""
    import msgspec

    defaults = _defaults(type(fact))
    plain = msgspec.to_builtins(fact)
    return _line({key: value for key, value in plain.items() if value or value != defaults[key]})


@cache
def _defaults(kind: type) -> dict[str, object]:
    """Return the default of each key in plain data: msgspec reads all annotations anew each time it is asked."""
    import msgspec

    return {info.encode_name: _plain(info.default) for info in msgspec.structs.fields(kind)}


def _plain(default: object) -> object:
    return [] if default == () else default


def _like(findings: Sequence[Finding]) -> Iterator[tuple[Finding, int | None]]:
    """Yield each finding with the number of the one it is shortened against, None where it is written out."""
    firsts: dict[tuple[str, str], int] = {}
    counts: dict[tuple[str, str], int] = {}
    bounded = len(findings) > MOST_WHOLE
    for number, finding in enumerate(findings):
        key = (finding.rule, finding.state)
        counts[key] = counts.get(key, 0) + 1
        first = firsts.setdefault(key, number)
        yield finding, first if bounded and counts[key] > FIRST else None


def _short(finding: Finding, number: int, first: Finding) -> dict[str, Any]:
    import msgspec

    told: dict[str, Any] = {_LIKE: number}
    for name in finding.__struct_fields__:
        value = getattr(finding, name)
        if name in _OWN or (name not in _CUT and value != getattr(first, name)):
            told[name] = msgspec.to_builtins(value)
    return told


def _line(plain: object) -> bytes:
    try:
        text = json.dumps(plain, sort_keys=True, allow_nan=False, separators=(",", ":"))
    except ValueError:  # an infinite number, which has a spelling, or none at all
        try:
            text = json.dumps(plain_data(plain), sort_keys=True, allow_nan=False, separators=(",", ":"))
        except ValueError as error:
            raise InternalError(str(error)) from error
    return text.replace("\x7f", "\\u007f").encode("ascii")


def complete(data: Any) -> list[Found]:
    """Put what shortened findings leave to another one back into the data of a file, in place; return what is wrong with them."""
    said = data.pop(LEFT_OUT, "")
    found: list[Found] = []
    if not isinstance(said, str):
        found.append(((LEFT_OUT,), f"{LEFT_OUT} must be a text", ""))
    findings = data.get("findings")
    if isinstance(findings, list) and len(findings) > _MOST_READ:
        what = f"holds {len(findings):,} findings; a file of ours has at most {_MOST_READ:,}"
        return [(("findings",), what, "")]
    for number, one in enumerate(findings if isinstance(findings, list) else ()):
        if not isinstance(one, dict) or _LIKE not in one:
            continue
        like = one.pop(_LIKE)
        first = findings[like] if type(like) is int and 0 <= like < number else None
        if not isinstance(first, dict) or first.get("message") == _MESSAGE or not one.keys() >= _ALL_OWN:
            found.append(
                (
                    ("findings", number),
                    f"{_LIKE} names no finding in full before it, or its own keys are missing",
                    "",
                )
            )
            if len(found) >= MOST_FOUND:
                break
            continue
        kept = {key: value for key, value in first.items() if key not in _CUT}
        findings[number] = kept | {"message": _MESSAGE} | one
    return found


def short_schema(finding: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a shortened finding, made of that of a finding."""
    properties = {name: kind for name, kind in finding["properties"].items() if name not in _CUT}
    like = {
        "type": "integer",
        "minimum": 0,
        "description": "Number of the finding, from 0, that says the rest",
    }
    return {
        "title": "ShortFinding", "type": "object", "description": "What sets one of many findings of a rule and state apart",
        "properties": properties | {_LIKE: like}, "required": sorted([*_OWN, _LIKE]), "additionalProperties": False,
    }  # fmt: skip
