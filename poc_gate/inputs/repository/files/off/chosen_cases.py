"""A switch over a setting whose cases make one class each -> the files of those that no settings file chooses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from poc_gate.inputs.repository.files.off.off import Off, whole

_CODE = (".ts", ".js", ".mjs", ".java", ".kt", ".cs")
_SETTINGS = (".yaml", ".yml", ".json", ".toml", ".properties")
_SWITCH = re.compile(r"\bswitch\s*\((?P<what>[\w.?]+)\)\s*\{")
_CASE = re.compile(r"\bcase\s+[\"'](?P<value>[\w.-]+)[\"']\s*:")
_ENDS = re.compile(r"\bcase\s|\bdefault\s*:")
_MAKES = re.compile(r"\bnew\s+(?P<name>[A-Z]\w+)\s*[(<]")
_DECLARES = re.compile(r"\bclass\s+(?P<name>[A-Z]\w+)")
_READS = re.compile(
    r"(?i)\byaml\.|\btoml\.|JSON\.parse|@Value|ConfigurationProperties|IConfiguration|IOptions"
)
"""What reads settings files, where a key of no section says what a switch asks for."""
_FEWEST = 3
_MOST = 100
"""Switches of a file that are looked at; more are generated."""


class _Choice(NamedTuple):
    what: str
    cases: Mapping[str, frozenset[str]]
    """Value -> the classes that its case makes."""
    chosen: frozenset[str]
    file: str


def chosen_cases(texts: Sequence[tuple[str, str]]) -> list[Off]:
    """Return the files of classes that only cases make whose values no settings file has, where one has another."""
    code = {path: text for path, text in texts if path.endswith(_CODE)}
    settings = [(path, text) for path, text in texts if path.endswith(_SETTINGS)]
    choices = [
        one for path, text in code.items() if "switch" in text for one in _choices(path, text, settings)
    ]
    if not choices:
        return []
    kept = {name for one in choices for value in one.chosen for name in one.cases.get(value, ())}
    left = {name: one for one in choices for value, names in one.cases.items() if value not in one.chosen for name in names}  # fmt: skip
    homes = {match["name"]: path for path, text in code.items() for match in _DECLARES.finditer(text) if match["name"] in left}  # fmt: skip
    made: dict[str, list[str]] = defaultdict(list)
    for path, text in code.items():
        for match in _MAKES.finditer(text):
            if match["name"] in homes:
                made[match["name"]].append(path)
    off = {name for name in homes if name not in kept}
    for _ in range(_FEWEST):  # what is made by one that is left goes with it
        files = {homes[name] for name in off}
        off = {name for name in off if all(path == left[name].file or path in files for path in made[name])}
    off = {name for name in off if made[name].count(left[name].file) <= _times(name, choices)}
    return [
        whole(
            homes[name], f"a setting chooses another {left[name].what.rpartition('.')[2]} ({left[name].file})"
        )
        for name in sorted(off)
        if not any(other not in off for other in _declared(code[homes[name]]))
    ]


def _times(name: str, choices: Sequence[_Choice]) -> int:
    return sum(name in names for one in choices for names in one.cases.values())


def _declared(text: str) -> set[str]:
    return set(re.findall(r"(?m)^(?:export\s+(?:default\s+)?|public\s+)?(?:abstract\s+)?class\s+([A-Z]\w+)", text))  # fmt: skip


def _choices(path: str, text: str, settings: Sequence[tuple[str, str]]) -> Iterator[_Choice]:
    for match in islice(_SWITCH.finditer(text), _MOST):
        body = text[match.end() : end_of(text, match.end())]
        cases: dict[str, frozenset[str]] = {}
        for case in _CASE.finditer(body):
            ends = _ENDS.search(body, case.end())
            inside = body[case.end() : ends.start() if ends else len(body)]
            cases[case["value"]] = frozenset(one["name"] for one in _MAKES.finditer(inside))
        made = [value for value, names in cases.items() if names]
        if len(made) < _FEWEST:
            continue
        what = match["what"].replace("?", "")
        chosen = frozenset(_values(what, settings, anywhere=bool(_READS.search(text)))) & cases.keys()
        if chosen:
            yield _Choice(what, cases, chosen, path)


def end_of(text: str, at: int) -> int:
    """Return where the brace closes that was opened right before a place."""
    depth = 1
    for number in range(at, min(len(text), at + 20_000)):
        depth += (text[number] == "{") - (text[number] == "}")
        if depth == 0:
            return number
    return at


def _values(what: str, settings: Sequence[tuple[str, str]], *, anywhere: bool) -> Iterator[str]:
    """Yield the values that settings files have for the last name of what is asked, in the section before it where there is one."""
    owner, _, key = what.rpartition(".")
    section = owner.rpartition(".")[2]
    said = re.compile(
        rf"^[ \t-]*[\"']?{re.escape(key)}[\"']?[ \t]*[:=][ \t]*[\"']?(?P<value>[\w.-]+)", re.MULTILINE
    )
    for _, text in settings:
        if key not in text:
            continue
        inside = _section(section, text) if section else ""
        if inside or anywhere:
            yield from (match["value"] for match in said.finditer(inside or text))


def _section(name: str, text: str) -> str:
    """Return the lines below the key of a section; empty where a text has none."""
    head = re.search(rf"(?m)^(?P<by>[ \t]*)[\"']?{re.escape(name)}[\"']?[ \t]*:[ \t]*\{{?[ \t]*$", text)
    if head is None:
        return ""
    lines: list[str] = []
    for line in text[head.end() :].split("\n")[1:]:
        if line.strip() and len(line) - len(line.lstrip()) <= len(head["by"]):
            break
        lines.append(line)
    return "\n".join(lines)
