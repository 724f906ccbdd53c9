"""Fields of settings classes in Python -> the variables that decide them; files of settings that a class is filled with."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.python_context import PythonContext
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_values import argument_named
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.loads import OPENED
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.models import names_a_model

_OPENS = re.compile(r"[\"'](?:[\w.-]+/)*([\w.-]{1,80}\.ya?ml)[\"']")
_FILLS = re.compile(r"safe_load\([^\n]*\)[\s\S]{0,400}?(?:\w\(\*\*|model_validate\()")
"""What a file of YAML holds becomes the fields of a class."""


def is_of_settings(module: PythonContext) -> bool:
    """Say whether the pass is in a class that the environment fills."""
    return any("Settings" in dotted_name(base) for kind in module.in_class for base in kind.bases)


_REQUEST = re.compile(r"(?:Request|Req|Input|input|Body|Payload|RequestParams|CompletionCreate)$")
_A_CAP = re.compile(r"max_(?:output_|new_|completion_)?tokens$")


def is_free_in_a_request(module: PythonContext, node: ast.Assign | ast.AnnAssign, name: str) -> bool:
    """Say whether a field of a request holds how long an answer may be where the caller says nothing: no limit, unless one is set to it."""
    if module.in_function or not module.in_class or not _A_CAP.match(name) or node.value is None:
        return False
    owner = module.in_class[-1]
    if not _REQUEST.search(owner.name) or not any("BaseModel" in dotted_name(base) for base in owner.bases):
        return False
    return not any(keyword.arg in {"le", "lt"} for one in ast.walk(node) if isinstance(one, ast.Call) for keyword in one.keywords)  # fmt: skip


def note_field(module: PythonContext, node: ast.Assign | ast.AnnAssign, name: str) -> None:
    """Note the variable that decides a field for a model: by the alias that it is given, or called as the field is."""
    if module.in_function or not isinstance(node, ast.AnnAssign) or not names_a_model(name):
        return
    if not is_of_settings(module) or module.notes.file.shows("env_prefix"):
        return
    given = node.value if isinstance(node.value, ast.Call) else None
    alias = (argument_named(given, "validation_alias") or argument_named(given, "alias")) if given else None
    said = alias.value if isinstance(alias, ast.Constant) and isinstance(alias.value, str) else ""
    module.notes.signals.aliases.setdefault(name, said or name.upper())


def note_opened(file: TextFile, notes: Notes) -> None:
    """Note the files of YAML that a file names and fills a class of settings with: `Settings(**yaml.safe_load(text))`."""
    if notes.standing is Standing.SERVICE and file.shows("safe_load") and file.shows(_FILLS):
        notes.signals.switches += [(OPENED, match[1].lower()) for match in _OPENS.finditer(file.text)]
