"""Names that a shell completes besides options: rules, stages, formats, data sheets, facts, dimensions, efforts."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

_STAGES = ("pilot", "limited", "production")


def _rules() -> Sequence[str]:
    from poc_gate.app.ground.packs.rule_packs import load_rule_packs

    return tuple(load_rule_packs().rules)


def _formats() -> Sequence[str]:
    from poc_gate.report.formats import format_names

    return format_names()


def _machines() -> Sequence[str]:
    from poc_gate.inputs.probe.profile.datasheets import datasheet_names

    return tuple(datasheet_names())


def _facts() -> Sequence[str]:
    from poc_gate.app.ground.packs.rule_packs import load_rule_packs

    rules = load_rule_packs().rules.values()
    return sorted({fact for rule in rules for fact in rule.given.values()})


def _only() -> Sequence[str]:
    from poc_gate.model.rule import DIMENSIONS

    return (*DIMENSIONS, *_rules())


def _probes() -> Sequence[str]:
    from poc_gate.app.measure.measure_machine import probe_names

    return probe_names()


def _schemas() -> Sequence[str]:
    from poc_gate.app.authoring.schema import schema_names

    return schema_names()


def _dimensions() -> Sequence[str]:
    from poc_gate.model.rule import DIMENSIONS

    return tuple(DIMENSIONS)


def _frameworks() -> Sequence[str]:
    from poc_gate.app.packs.list_rules import framework_names

    return tuple(framework_names(()))


def _word_of(module: str, name: str) -> Callable[[], Sequence[str]]:
    """Return what reads a tuple of words from a module once a shell asks for it."""
    return lambda: tuple(getattr(importlib.import_module(module), name))


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
    "dimension": _dimensions,
    "framework": _frameworks,
    "severity": lambda: ("low", "medium", "high", "blocker"),
    "group_by": _word_of("poc_gate.app.fleet.show_fleet", "GROUPINGS"),
    "again": _word_of("poc_gate.app.fleet.errand", "AGAIN"),
    "completion shell": lambda: ("bash", "zsh", "fish", "powershell"),
    "schema name": _schemas,
    "schema form": lambda: ("json", "markdown"),
    "probe only": _probes,
    "fleet probe only": _probes,
    "fleet script only": _probes,
    "probe show profile": _machines,
    "history changes by": lambda: ("rule", "pilot", "cause"),
    "history export format_": _word_of("poc_gate.app.history.export_history", "FORMATS"),
    "diff format_": _word_of("poc_gate.app.gate.diff", "DIFF_FORMATS"),
    "what-if format_": _word_of("poc_gate.app.explore.what_if_reports", "FORMATS"),
    "fleet show format_": _word_of("poc_gate.app.fleet.show_fleet", "FORMATS"),
    "portfolio show format_": _word_of("poc_gate.app.portfolio.show_portfolio", "FORMS"),
    **{
        f"{command} format_": _word_of("poc_gate.cli.formats", "TERMINAL_OR_JSON")
        for command in ("inspect", "sync", "import", "traces", "wall", "machines", "portfolio capacity")
    },
    "probe show format_": lambda: ("terminal", "html"),
    "portfolio run again": tuple,
    "sources plan only": tuple,
    "sources run only": tuple,
}
"""Name of a parameter, or command and parameter -> what it can be; files are completed by the shell itself."""


def complete_names(command: Any, path: str = "") -> None:
    """Let the parameters of a command complete their names; only for a shell that asks for completions.

    `path` is the command as it is typed, such as `fleet show`; what is known for it alone goes before what is known for all.
    """
    path = path or command.name
    for parameter in command.params:
        names = _NAMES.get(f"{path} {parameter.name}") or _NAMES.get(parameter.name)
        if names is not None:
            parameter.shell_complete = _completer(parameter, names)
    for name, inner in getattr(command, "commands", {}).items():
        complete_names(inner, f"{path} {name}")


def _completer(parameter: Any, names: Callable[[], Sequence[str]]) -> Callable[[Any, str], list[Any]]:
    """Return what the shell calls with what was typed so far; some versions of typer bring a click of their own."""
    base = next(one for one in type(parameter).__mro__ if one.__name__ == "Parameter")
    item = importlib.import_module(f"{base.__module__.removesuffix('core')}shell_completion").CompletionItem

    def complete(_context: Any, typed: str) -> list[Any]:
        return [item(name) for name in names() if name.lower().startswith(typed.lower())]

    return complete
