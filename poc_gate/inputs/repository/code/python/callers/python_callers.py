"""A parameter of a function in Python -> every value that the calls in a checkout give it, its default among them where one leaves it out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from poc_gate.inputs.repository.code.python.callers.python_callables import Callable, Called, Written
from poc_gate.inputs.repository.code.python.callers.settings_fields import fields_of, is_of_settings
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_names import names_of
from poc_gate.inputs.repository.noting.signals import Scalar
from poc_gate.model.claim import Place
from poc_gate.text.documents.python_text import parse_python

_DEEPEST = 5
_LARGEST = 400_000
"""Letters of a file that is parsed for its calls."""


_EXPORTS = re.compile(r"(?m)^__all__\s*(?::[^=\n]+)?\+?=\s*[\[(][^\])]*[\])]")
"""Names that a module lets others take in, which hands none of them to anybody."""


class Given(NamedTuple):
    """What a parameter is given."""

    value: Scalar | None
    """None for what is not written as a constant."""
    place: Place | None = None


_UNKNOWN = Given(None)


class Callers:
    """The calls of a checkout."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Take the files of Python by path."""
        self._texts = texts
        self._read: dict[str, Written | None] = {}
        self._writing: dict[str, list[str]] = {}

    def file(self, path: str) -> Written | None:
        """Return what a file holds; None for one that cannot be parsed."""
        if path not in self._read:
            text = self._texts.get(path, "")
            try:
                self._read[path] = (
                    Written(path, parse_python(text)) if text and len(text) <= _LARGEST else None
                )
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                self._read[path] = None
        return self._read[path]

    def given(self, made: Callable, parameter: str, depth: int = 0) -> frozenset[Given]:
        """Return what the calls give a parameter: its default alone where nobody calls, or where others may."""
        default = made.parameters.get(parameter)
        left_out = frozenset({_plain(default, made.path)} if default is not None else {_UNKNOWN})
        files = self._files_with(made.name)
        if depth > _DEEPEST or made.kept or files is None or self._is_handed_on(made.name, files):
            return left_out
        calls = [call for file in files for call in file.calls.get(made.name, ()) if self._is_of(call, made, files)]  # fmt: skip
        found: set[Given] = set()
        for call in calls:
            node = _argument(call.node, made, parameter)
            found |= left_out if node is None else self._value(node, call, depth)
        return frozenset(found) or left_out

    def _value(self, node: ast.expr, call: Called, depth: int) -> frozenset[Given]:
        """Return what an argument is worth: a constant, or whatever the function around the call is given."""
        if isinstance(node, ast.Attribute):
            return frozenset({self._field(node.attr)})
        if not isinstance(node, ast.Name):
            return frozenset({_plain(node, call.path)})
        for around in call.within:
            if node.id in around.parameters:
                return frozenset({_UNKNOWN}) if _is_changed(around, node.id) else self.given(around, node.id, depth + 1)  # fmt: skip
            if _is_changed(around, node.id):
                return frozenset({_given_once(around, node.id, call.path)})
        file = self.file(call.path)
        values = [value for name, value in names_of(file.tree.body) if name == node.id] if file else []
        return frozenset({_plain(values[0], call.path) if len(values) == 1 else _UNKNOWN})

    def _field(self, name: str) -> Given:
        """Return the default of a field of settings, where no other class has a field of that name and no code changes it."""
        described = re.compile(rf"(?m)^[ \t]+{name}[ \t]*[:=]")
        files = self._files_with(name, described) or ()
        changed = re.compile(rf"\.{name}\s*=(?!=)")
        fields = [(file, made, value) for file in files for made, value in fields_of(file.tree, name)]
        if len(fields) != 1 or any(
            f".{name}" in text and changed.search(text) for text in self._texts.values()
        ):
            return _UNKNOWN
        file, made, value = fields[0]
        return _plain(value, file.path) if is_of_settings(made) else _UNKNOWN

    def _files_with(self, name: str, written: re.Pattern[str] | None = None) -> list[Written] | None:
        """Return the files that write a name, in a certain way where one is given; None where one of them cannot be parsed."""
        pattern = written or re.compile(rf"\b{name}\b")
        if pattern.pattern not in self._writing:
            self._writing[pattern.pattern] = [
                path for path, text in self._texts.items() if name in text and pattern.search(text)
            ]
        paths = self._writing[pattern.pattern]
        files = [file for path in paths if (file := self.file(path)) is not None]
        return files if len(files) == len(paths) else None

    def _is_handed_on(self, name: str, files: list[Written]) -> bool:
        """Say whether a name is used otherwise than to call it: nobody knows what it is given then."""
        quoted = re.compile(rf"(?<!return )[\"']{name}[\"']")
        return any(name in file.spoken or quoted.search(_EXPORTS.sub("", self._texts[file.path])) for file in files)  # fmt: skip

    def _is_of(self, call: Called, made: Callable, files: list[Written]) -> bool:
        """Say whether a call can be of that function: its arguments fit, and the object is none of another class that has one of that name."""
        if any(one.node is made.node for one in call.within) or not _fits(call.node, made):
            return False
        if not isinstance(call.node.func, ast.Attribute):
            return not made.owner
        of = dotted_name(call.node.func.value).rpartition(".")[2]
        others = {one.owner for file in files for one in file.made if one.name == made.name and one.owner != made.owner}  # fmt: skip
        return not (of in others and of[:1].isupper())


def _plain(node: ast.expr, path: str) -> Given:
    plain = isinstance(node, ast.Constant) and isinstance(node.value, str | int | float | bool)
    if isinstance(node, ast.Constant) and node.value is None:
        return Given(value=False, place=Place(path, node.lineno, node.col_offset + 1))
    return Given(node.value, Place(path, node.lineno, node.col_offset + 1)) if plain else _UNKNOWN  # type: ignore[attr-defined]


def _argument(call: ast.Call, made: Callable, parameter: str) -> ast.expr | None:
    """Return what a call gives a parameter; None where it leaves it out, or hands on what nobody sees."""
    named = next((one.value for one in call.keywords if one.arg == parameter), None)
    if named is not None:
        return named
    placed = list(made.parameters)[: made.by_place]
    at = placed.index(parameter) if parameter in placed else len(call.args)
    if any(isinstance(one, ast.Starred) for one in call.args[: at + 1]):
        return None
    return call.args[at] if at < len(call.args) else None


def _fits(call: ast.Call, made: Callable) -> bool:
    if made.open:
        return True
    given = {one.arg for one in call.keywords}
    spread = None in given or any(isinstance(one, ast.Starred) for one in call.args)
    if len(call.args) > made.by_place and not spread:
        return False
    if not given - {None} <= set(made.parameters):
        return False
    placed = set(list(made.parameters)[: len(call.args)])
    needed = {name for name, default in made.parameters.items() if default is None}
    return spread or needed <= placed | given


def _is_changed(around: Callable, name: str) -> bool:
    """Say whether a function gives a name a value of its own."""
    return any(isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Store) for one in ast.walk(around.node))  # fmt: skip


def _given_once(around: Callable, name: str, path: str) -> Given:
    """Return what a function gives a name, where it is one constant and nothing else is put there."""
    stored = [one for one in ast.walk(around.node) if isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Store)]  # fmt: skip
    given = [value for one in ast.walk(around.node) if isinstance(one, ast.stmt) for other, value in names_of([one]) if other == name]  # fmt: skip
    return _plain(given[0], path) if len(stored) == len(given) == 1 else _UNKNOWN


def parameters_at(file: Written, places: Mapping[tuple[int, int], object]) -> Iterator[tuple[Callable, str, Place]]:  # fmt: skip
    """Yield the parameters whose defaults are written at one of those places of a file."""
    for made in file.made:
        for name, default in made.parameters.items():
            if default is not None and (default.lineno, default.col_offset + 1) in places:
                yield made, name, Place(file.path, default.lineno, default.col_offset + 1)
