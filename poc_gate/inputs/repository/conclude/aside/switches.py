"""Switches of infrastructure -> what is deployed only if somebody turns it on, and is off by default."""

from __future__ import annotations

import re
from collections import defaultdict

from poc_gate.inputs.repository.noting.signals import Signals

_TERM = re.compile(
    r"^(?P<no>!\s*)?(?P<name>(?:var|local)\.\w+|\w+)(?:\s*(?P<how>[=!]=)\s*[\"']?(?P<value>[\w.-]*)[\"']?)?$"
)
_FILLED = re.compile(
    r"^(?P<no>!\s*)?empty\((?P<name>\w+)\)$|^length\((?P<list>(?:var|local)\.\w+)\)\s*>\s*0$"
)
_CHOICE = re.compile(r"^(?P<when>[^?]+?)\s*\?\s*\"?(?P<yes>\w+)\"?\s*:\s*\"?(?P<no>\w+)\"?$")
OFF = "off"
"""How a system is there that infrastructure makes only when a switch is turned on."""
_OFF = frozenset({"", "false", "0", "0.0", "null", "none", "[]", "{}"})
_DEEPEST = 6
_MOST_TERMS = 500
"""Of one condition, with all that its names stand for: more are left undecided."""


class Switches:
    """The values that switches have where nobody sets them otherwise."""

    def __init__(self, signals: Signals) -> None:
        """Take the values of parameters, variables and locals; one that any file turns on is on."""
        self._left = 0
        self._values: dict[str, set[str]] = defaultdict(set)
        for name, value in signals.switches:
            self._values[name].add(value)

    def is_off(self, condition: str) -> bool:
        """Say whether a condition is known not to hold; what cannot be decided may hold."""
        self._left = _MOST_TERMS
        return self._holds(condition, 0) is False

    def settled(self, name: str) -> bool | None:
        """Say whether a switch is on, where all that set it agree; None where they do not, or nothing does."""
        self._left = _MOST_TERMS
        return self._is_on(name, 0) if len(self._values.get(name, ())) == 1 else None

    def _holds(self, condition: str, depth: int) -> bool | None:
        text = condition.strip().removeprefix("(").removesuffix(")").strip() if condition.count("(") == 1 and condition.strip().startswith("(") else condition.strip()  # fmt: skip
        self._left -= 1
        if depth > _DEEPEST or self._left < 0 or len(text) > 400:
            return None
        choice = _CHOICE.match(text)
        if choice:
            held = self._holds(choice["when"], depth + 1)
            return None if held is None else (choice["yes"] if held else choice["no"]).lower() not in _OFF
        if "||" in text:
            parts = [self._holds(part, depth + 1) for part in text.split("||")]
            return True if True in parts else None if None in parts else False
        if "&&" in text:
            parts = [self._holds(part, depth + 1) for part in text.split("&&")]
            return False if False in parts else None if None in parts else True
        return self._term(text, depth)

    def _term(self, text: str, depth: int) -> bool | None:
        filled = _FILLED.match(text)
        if filled:
            on = self._is_on(filled["name"] or filled["list"], depth)
            return on if on is None or filled["list"] or filled["no"] else not on
        match = _TERM.match(text)
        if match is None:
            return None
        if match["how"] is None:
            on = self._is_on(match["name"], depth)
            return on if on is None or not match["no"] else not on
        values = self._values.get(match["name"])
        if not values or match["no"]:
            return None
        wanted = "" if match["value"] == "null" else match["value"].lower()
        held = any(("" if value == "null" else value.lower()) == wanted for value in values)
        if match["how"] == "==":
            return held
        return not held or len(values) > 1

    def _is_on(self, name: str, depth: int) -> bool | None:
        values = self._values.get(name)
        if not values:
            return None
        found = [self._worth(value, depth) for value in values]
        return True if True in found else None if None in found else False

    def _worth(self, value: str, depth: int) -> bool | None:
        if re.search(r"[?!=&|]|\b(?:var|local)\.", value):
            return self._holds(value, depth + 1)
        return value.strip().strip("\"'").lower() not in _OFF


def leave_what_is_off(signals: Signals, paths: list[str]) -> frozenset[str]:
    """Mark resources that are off by default as `off`; return the files that only modules which are off take in.

    Whoever takes a module in gives it its values, so that what the module writes as defaults decides nothing.
    """
    switches = Switches(signals)
    modules = tuple(f"{module}/" for _, module, _ in signals.taken)
    inner = {module for _, module, _ in signals.taken}

    def is_off(file: str, condition: str) -> bool:
        given = file in inner or file.startswith(modules)
        return bool(condition) and not given and switches.is_off(condition)

    signals.systems[:] = [one._replace(how=OFF) if is_off(one.place.file, one.condition) else one for one in signals.systems]  # fmt: skip
    off = {module for by, module, condition in signals.taken if is_off(by, condition)}
    off -= {module for by, module, condition in signals.taken if not is_off(by, condition)}
    folders = tuple(f"{module}/" for module in off)
    left = frozenset(path for path in paths if path in off or path.startswith(folders))
    signals.systems[:] = [one._replace(how=OFF) if one.place.file in left else one for one in signals.systems]
    return left
