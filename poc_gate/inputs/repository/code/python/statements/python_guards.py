"""Conditions in Python -> what runs only where an option of the program is on."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from poc_gate.inputs.repository.code.named_values import note_option
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_environment import environment_call
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.settings import words_of
from poc_gate.model.claim import Place

_HOLDS_OPTIONS = re.compile(
    r"(?i)(?:^|[._])(?:settings?|config(?:uration)?|cfg|conf|options|flags|features)$"
)
"""What keeps options: `settings.use_graph`, `self.config.use_graph`."""
_SAYS = re.compile(r"(?:^|_)(?:enabled?|use)(?:_|$)")
"""Functions without arguments that say whether something is on."""

_TURNS_ON = re.compile(r"(?:allow|enable|use|with)_\w+$|\w+_enabled$")
"""Names that stand for an option wherever they are handed on."""


_TRUE = frozenset({"true", "1", "yes", "on"})


def note_turned_on(node: ast.Compare, notes: Notes) -> None:
    """Note an option of the environment that is off or on by default: `os.getenv("ENABLE_TRACING", "").lower() == "true"`."""
    left, right = node.left, node.comparators[0]
    while isinstance(left, ast.Call) and isinstance(left.func, ast.Attribute) and not left.args:
        left = left.func.value
    looked_up = environment_call(left)
    if looked_up is None or not isinstance(node.ops[0], ast.Eq | ast.In):
        return
    wanted = right.elts if isinstance(right, ast.Tuple | ast.List | ast.Set) else [right]
    if not all(isinstance(one, ast.Constant) and str(one.value).lower() in _TRUE for one in wanted):
        return
    variable, default = looked_up
    if default is None or isinstance(default, ast.Constant):
        on = default is not None and str(default.value).lower() in _TRUE
        note_option(variable, str(on).lower(), notes)


def note_guard(node: ast.If, place: Callable[[ast.AST], Place], notes: Notes) -> None:
    """Note the lines that run only where an option is on: those of the branch, or those beside it where the condition denies it."""
    test, body = node.test, node.body
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test, body = test.operand, node.orelse
    option = _option_of(test)
    if option and body:
        first = place(body[0])
        last = first.line + (body[-1].end_lineno or body[-1].lineno) - body[0].lineno
        notes.signals.guarded.append((option, first.file, first.line, last))


def note_early_return(node: ast.FunctionDef | ast.AsyncFunctionDef, place: Callable[[ast.AST], Place], notes: Notes) -> None:  # fmt: skip
    """Note the lines of a function that run only where an option is on: those below `if not config.enabled: return`."""
    for number, statement in enumerate(node.body[:-1]):
        test = statement.test if isinstance(statement, ast.If) and not statement.orelse else None
        if not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)) or not isinstance(statement, ast.If):  # fmt: skip
            continue
        option = _option_of(test.operand) if isinstance(statement.body[-1], ast.Return) else ""
        if option:
            first, end = place(node.body[number + 1]), node.body[-1]
            last = first.line + (end.end_lineno or end.lineno) - node.body[number + 1].lineno
            notes.signals.guarded.append((option, first.file, first.line, last))


def options_before(node: ast.FunctionDef | ast.AsyncFunctionDef) -> frozenset[str]:
    """Return the options that must be on for a function to go past its first lines: `if not (config.tracing and key): return`."""
    return frozenset(
        option
        for one in node.body[:-1]
        if isinstance(one, ast.If) and not one.orelse and isinstance(one.body[-1], ast.Return)
        if isinstance(one.test, ast.UnaryOp) and isinstance(one.test.op, ast.Not)
        if (option := _option_of(one.test.operand))
    )


_ON = frozenset({"enabled", "is_enabled", "active"})
_OF_ONE = re.compile(r"^(?:get_)?(?P<what>\w+?)(?:_(?:config|settings?|options|cfg|conf))?$")


def _part_of(node: ast.Attribute) -> str:
    """Return the option that turns a part on whose own settings say so: `cache_enabled` for `get_cache_config().enabled`."""
    owner = node.value.func if isinstance(node.value, ast.Call) and not node.value.args else node.value
    said = _OF_ONE.match(words_of(dotted_name(owner).rpartition(".")[2]))
    return f"{said['what']}_enabled" if said and said["what"] not in _NO_PART else ""


_NO_PART = frozenset({"self", "cls", "config", "settings", "setting", "options", "cfg", "conf"})


def _option_of(test: ast.expr) -> str:
    """Return the option that must be on for a condition to hold, in small letters; an empty text where none must."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return next((option for value in test.values if (option := _option_of(value))), "")
    if isinstance(test, ast.Call) and not test.args and not test.keywords:
        name = dotted_name(test.func).rpartition(".")[2]
        return words_of(name) if _SAYS.search(words_of(name)) else ""
    owner, _, name = dotted_name(test).rpartition(".")
    if isinstance(test, ast.Attribute) and test.attr in _ON and (option := _part_of(test)):
        return option
    if isinstance(test, ast.Attribute) and _HOLDS_OPTIONS.search(owner):
        return words_of(name)
    plain = isinstance(test, ast.Name) and (name.isupper() or _TURNS_ON.match(name))
    return words_of(name) if plain else ""
