"""Names that a shell completes besides options: rules, stages, formats, data sheets, facts, dimensions, efforts."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

_STAGES = ("pilot", "limited", "production")


def _rules() -> Sequence[str]:
    from poc_gate.app.ground.rule_packs import load_rule_packs

    return tuple(load_rule_packs().rules)


def _formats() -> Sequence[str]:
    from poc_gate.report.formats import format_names

    return format_names()


def _machines() -> Sequence[str]:
    from poc_gate.probe.profile.datasheets import datasheet_names

    return tuple(datasheet_names())


def _facts() -> Sequence[str]:
    from poc_gate.app.ground.rule_packs import load_rule_packs

    rules = load_rule_packs().rules.values()
    return sorted({fact for rule in rules for fact in rule.given.values()})


def _only() -> Sequence[str]:
    from poc_gate.model.rule import DIMENSIONS

    return (*DIMENSIONS, *_rules())


_NAMES: dict[str, Callable[[], Sequence[str]]] = {
    "rule": _rules,
    "only": _only,
    "stage": lambda: _STAGES,
    "format": _formats,
    "format_": _formats,
    "formats": _formats,
    "machine": _machines,
    "changes": lambda: [f"{fact}=" for fact in _facts()],
    "accept": lambda: ("go", "conditional"),
    "fail_on": lambda: ("low", "medium", "high", "blocker"),
    "effort": lambda: ("quick", "default", "thorough"),
    "color": lambda: ("auto", "always", "never"),
}
"""Name of a parameter -> what it can be; files are completed by the shell itself."""


def complete_names(command: Any) -> None:
    """Let the parameters of a command complete their names; only for a shell that asks for completions."""
    for parameter in command.params:
        names = _NAMES.get(parameter.name)
        if names is not None:
            parameter.shell_complete = _completer(parameter, names)
    for inner in getattr(command, "commands", {}).values():
        complete_names(inner)


def _completer(parameter: Any, names: Callable[[], Sequence[str]]) -> Callable[[Any, str], list[Any]]:
    """Return what the shell calls with what was typed so far; some versions of typer bring a click of their own."""
    base = next(one for one in type(parameter).__mro__ if one.__name__ == "Parameter")
    item = importlib.import_module(f"{base.__module__.removesuffix('core')}shell_completion").CompletionItem

    def complete(_context: Any, typed: str) -> list[Any]:
        return [item(name) for name in names() if name.lower().startswith(typed.lower())]

    return complete
