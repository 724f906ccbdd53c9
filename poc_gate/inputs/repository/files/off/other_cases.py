"""Switches of JavaScript and TypeScript over a setting with a default -> the files that only cases of other values lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from poc_gate.inputs.repository.files.off.chosen_cases import end_of
from poc_gate.inputs.repository.files.off.off import Off, whole
from poc_gate.inputs.repository.files.off.other_arms import (
    CHOOSES,
    ONLY,
    STANDS_IN,
    is_set_otherwise,
    why_not,
)

_CODE = (".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs")
_GIVEN = re.compile(r"\bconst\s+(?P<name>\w+)(?:\s*:[^=\n]+)?\s*=\s*\(?process\.env\.(?P<setting>\w+)\s*(?:\|\||\?\?)\s*[\"'](?P<value>[\w-]+)[\"']")  # fmt: skip
_WORKED_OUT = re.compile(r"\bconst\s+(?P<name>\w+)(?:\s*:[^=\n]+)?\s*=\s*(?P<by>\w+)\(\s*\)")
_ENVIRONMENT = re.compile(r"\bprocess\.env\.(?P<setting>\w+)")
_LAST = re.compile(r"\breturn\s+[\"'](?P<value>[\w-]+)[\"']\s*;?\s*$")
_CASE = re.compile(r"\bcase\s+[\"'](?P<value>[\w-]+)[\"']\s*:|\bdefault\s*:")
_CALLED = re.compile(r"(?<![\w.])(?P<name>[A-Za-z_$][\w$]*)\s*\(")
_TAKES_IN = re.compile(r"(?m)^(?:import|export)\b(?P<names>[^;\"'`()=]{0,1500}?)\bfrom\s*[\"'](?P<module>[^\"'\n]+)[\"']")  # fmt: skip
_MOST = 100
"""Switches of a file that are looked at; more are generated."""
_OF_LOCAL = frozenset({"local", "disk", "file", "filesystem", "fs"})
"""Defaults of a developer's machine: production often has another."""


class _Default(NamedTuple):
    setting: str
    value: str


def other_cases(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> list[Off]:
    """Return the files that a switch alone takes in, in the case of a value that a setting has neither by default nor in any file."""
    code = [(path, text) for path, text in texts if path.endswith(_CODE)]
    files = [text for path, text in texts if not path.endswith((*_CODE, ".py"))]
    files += [text for _, text in environments]
    found: list[Off] = []
    for path, text in code:
        if "process.env." in text and "switch" in text:
            for default, modules in _left_by(text):
                if not is_set_otherwise(default.setting, default.value, files):
                    found += _alone(path, modules, default, code)
    return found


def _alone(path: str, modules: Sequence[str], default: _Default, code: Sequence[tuple[str, str]]) -> Iterator[Off]:  # fmt: skip
    """Yield the files of modules that no other file than the one with the switch takes in."""
    folder = path.rpartition("/")[0]
    for module in modules:
        stem = module.rpartition("/")[2].partition(".")[0]
        home = f"{folder}/{module.removeprefix('./')}".lstrip("/")
        files = [one for one, _ in code if one.rpartition(".")[0] in {home, f"{home}/index"}]
        named = re.compile(rf"[\"'][^\"'\n]*\b{re.escape(stem)}(?:\.[cm]?[jt]s)?[\"']")
        if len(files) == 1 and not any(one not in {path, files[0]} and named.search(text) for one, text in code):  # fmt: skip
            yield whole(files[0], why_not(*default), asked=True)._replace(only=ONLY)


def _left_by(text: str) -> Iterator[tuple[_Default, list[str]]]:
    """Yield each setting with a default that a switch asks, and the modules beside the file that only other cases call."""
    homes = {name: match["module"] for match in _TAKES_IN.finditer(text) for name in re.findall(r"\w+", match["names"])}  # fmt: skip
    for name, default in _defaults(text):
        if not CHOOSES.search(default.setting.lower()) or default.value in STANDS_IN | _OF_LOCAL:
            continue
        for switch in islice(re.finditer(rf"\bswitch\s*\(\s*{name}(?:\.\w+\(\))*\s*\)\s*\{{", text), _MOST):
            cases = _cases(text[switch.end() : end_of(text, switch.end())])
            if default.value in cases:
                kept = cases.pop(default.value)
                left = {homes[one] for calls in cases.values() for one in calls - kept if one in homes}
                yield default, sorted(one for one in left if one.startswith("./"))


def _defaults(text: str) -> Iterator[tuple[str, _Default]]:
    """Yield each constant that holds a setting with a default: written beside it, or the last that a function returns."""
    for match in _GIVEN.finditer(text):
        yield match["name"], _Default(match["setting"], match["value"].lower())
    for match in _WORKED_OUT.finditer(text):
        made = re.search(rf"\bfunction\s+{match['by']}\b[^{{\n]*\{{|\bconst\s+{match['by']}\s*=[^{{\n]*=>\s*\{{", text)  # fmt: skip
        body = text[made.end() : end_of(text, made.end())] if made else ""
        asked, last = {one["setting"] for one in _ENVIRONMENT.finditer(body)}, _LAST.search(body)
        if len(asked) == 1 and last:
            yield match["name"], _Default(asked.pop(), last["value"].lower())


def _cases(body: str) -> dict[str, set[str]]:
    """Return what each case of a switch calls or makes."""
    marks = list(_CASE.finditer(body))
    ends = [*(one.start() for one in marks[1:]), len(body)]
    return {one["value"].lower(): {call["name"] for call in _CALLED.finditer(body, one.end(), end)} for one, end in zip(marks, ends, strict=True) if one["value"]}  # fmt: skip
