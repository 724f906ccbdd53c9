"""Groups of tools that the default of a flag does not list -> where their tools are, with the flag that adds them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.files.off.off import Off
from poc_gate.inputs.repository.files.text_file import line_at

_FLAG = re.compile(
    r"(?i)(?P<flag>(?:--?)?(?:[a-z0-9]+[-_])*(?:(?:enabled?|active|default|include)[-_]?(?:tools?|tool[-_]?sets?|categories|groups)|tool[-_]?(?:sets?|groups|categories))(?:[-_](?:enabled|default))?)\b"
)
_MAY_LIST = re.compile(
    r"tool[-_]?(?:sets?|groups|categories)|(?:enabled?|active|default|include)[-_]?(?:tools?|categories|groups)"
)
"""How flags and settings are called that list the groups that are on, in small letters: `enabled-tools`, `default_toolsets`."""
_TEXT = re.compile(r"[\"'`]([a-z][\w-]*(?:[ ]*,[ ]*[a-z][\w-]*){1,80})[\"'`]")
_LIST = re.compile(r"[=(:,]\s*(?:new Set\()?[\[{(]((?:\s*[\"'`][a-z][\w-]*[\"'`]\s*,?){2,80}\s*)[\]})]")
_WITHIN = 160
"""Letters behind the name of a flag in which its default begins."""
_ADDER = r"(?:\w+\.)?(?P<adder>(?:add|register|create|make|load|setup)_?\w*tools?\w*)"
_ADDS = re.compile(r"(?:add|register|create|make|load|setup)_?\w*tool")
_BESIDE = re.compile(rf"(?i)\b{_ADDER}\b[^\n\"'`]*[\"'`](?P<group>[a-z][\w-]*)[\"'`]")
_BEFORE = re.compile(
    rf"(?i)(?:[\"'`](?P<group>[a-z][\w-]*)[\"'`]|\b(?P<key>[a-z][\w-]*)[ \t]*:)[^\n\"'`]*\n?[^\n\"'`]*?\b{_ADDER}\b"
)
"""A call that names a group and what adds its tools, in either order."""
_FEWEST = 3
"""Groups that are named where they are added, from which on the list is one of groups."""


class Groups(NamedTuple):
    """What a flag lists by default."""

    flag: str
    on: frozenset[str]


def grouped_tools(texts: Sequence[tuple[str, str]], tools: Mapping[str, Collection[int]]) -> list[Off]:
    """Return where tools are, by file and line, that only groups register which no default lists."""
    code = [(path, text) for path, text in texts if "ool" in text]
    for groups in _lists(code):
        adders = _adders(code, groups)
        named = {group for names in adders.values() for group in names}
        if len(named & groups.on) < _FEWEST - 1 or len(named) < _FEWEST:
            continue
        left = {one: min(names) for one, names in adders.items() if not names & groups.on}
        kept = "\n".join(_bodies(code, adders.keys() - left.keys()))
        return [one for adder, group in left.items() for one in _of_adder(adder, group, groups, code, tools, kept)]  # fmt: skip
    return []


def _lists(code: Sequence[tuple[str, str]]) -> Iterator[Groups]:
    for _, text in code:
        for match in _flags(text):
            behind = text[match.end() : match.end() + 4_000]
            found = [
                one for one in (_TEXT.search(behind), _LIST.search(behind)) if one and one.start() < _WITHIN
            ]
            if found:
                first = min(found, key=re.Match.start)
                yield Groups(match["flag"], frozenset(re.findall(r"[a-z][\w-]*", first[1])))


def _flags(text: str) -> Iterator[re.Match[str]]:
    """Yield the names of such flags, looked for in lines alone that may hold one."""
    at = 0
    for line in text.split("\n") if _MAY_LIST.search(text.lower()) else ():
        if _MAY_LIST.search(line.lower()):
            yield from _FLAG.finditer(text, at, at + len(line))
        at += len(line) + 1


def _adders(code: Sequence[tuple[str, str]], groups: Groups) -> dict[str, set[str]]:
    """Return what adds tools, with the groups that each is named for, from the file that names most of those listed."""
    best: dict[str, set[str]] = {}
    for _, text in code:
        for pattern in (_BESIDE, _BEFORE) if _ADDS.search(text.lower()) else ():
            found: dict[str, set[str]] = defaultdict(set)
            for match in pattern.finditer(text):
                found[match["adder"]].add(match["group"] or match["key"])
            if len(set().union(*found.values()) & groups.on) > len(set().union(*best.values()) & groups.on):
                best = found
    return best


def _bodies(code: Sequence[tuple[str, str]], adders: Collection[str]) -> Iterator[str]:
    for adder in adders:
        for _, text in code:
            if lines := _body(adder, text):
                yield "\n".join(text.split("\n")[lines[0] - 1 : lines[1]])


def _body(name: str, text: str) -> tuple[int, int] | None:
    """Return the first and the last line of a function that a file declares."""
    if name not in text:
        return None
    declared = re.search(
        rf"(?m)^(?:export )?(?:async )?(?:func|def|function|const)[ \t]+{re.escape(name)}\b", text
    )
    if declared is None:
        return None
    end = re.compile(r"(?m)^[^\s)#]").search(text, text.find("\n", declared.end()) + 1)
    return line_at(text, declared.start()), line_at(text, end.start()) if end else line_at(text, len(text))


_VARIABLE = re.compile(r"^(?:export )?(?:var|const|let)?[ \t]*(?P<name>[A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?:?=")


def _of_adder(
    adder: str,
    group: str,
    groups: Groups,
    code: Sequence[tuple[str, str]],
    tools: Mapping[str, Collection[int]],
    kept: str,
) -> Iterator[Off]:
    """Yield the tools in what one group adds, and those whose variables it registers and no other group does."""
    why = f"{groups.flag} lists the groups of tools that are on by default, and {group} is none of them"
    body = "\n".join(_bodies(code, [adder]))
    for path, text in code:
        lines = text.split("\n") if path in tools else []
        inside = _body(adder, text) if lines else None
        for line in tools.get(path, ()):
            if inside and inside[0] <= line <= inside[1]:
                yield Off(path, line, line, why)
                continue
            name = _variable(lines, line)
            word = re.compile(rf"\b{name}\b")
            if name and word.search(body) and not word.search(kept):
                yield Off(path, line, line, why)


_ABOVE = 6


def _variable(lines: Sequence[str], line: int) -> str:
    """Return the variable that a tool at a line is kept in, which may be declared some lines above."""
    for number in range(line, max(0, line - _ABOVE), -1):
        if number <= len(lines) and (match := _VARIABLE.match(lines[number - 1])):
            return match["name"]
    return ""
