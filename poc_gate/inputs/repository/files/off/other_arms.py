"""Branches of Python for a value that a setting does not have -> their lines, and those of the classes made there alone."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.files.off.off import Off
from poc_gate.text.documents.python_text import parse_python

_WORDS = (
    r"(?:provider|backend|adapter|engine|driver|storage|store|(?:db|database|storage|store)_(?:type|kind))"
)
CHOOSES = re.compile(rf"(?:^|_){_WORDS}$")
"""Names of settings that choose who or what is asked."""
_LOOKED_UP = re.compile(
    r"(?:os\.)?(?:getenv|environ\.get|config|env|get_env)\('(?P<setting>\w+)', (?:default=)?'(?P<value>[^'\n]*)'\)"
)
"""How a look-up of the environment with a default is written once its tree is text again."""
_GIVES = re.compile(rf"[\"']\w*{_WORDS}[\"'][ \t]*,[ \t\n]*(?:default[ \t]*=[ \t]*)?[\"']|^[ \t]+\w*{_WORDS}[ \t]*:[ \t]*\w[^=\n]{{0,60}}=[ \t]*[\"']", re.MULTILINE)  # fmt: skip
"""A look-up with a default, or a field with one, in small letters."""
_ASKS = re.compile(rf"\bif\b[^\n]*{_WORDS}[\"'\]\w.()]*[ \t]*(?:==|in\b)")
_LARGEST = 256 << 10
STANDS_IN = frozenset({"", "auto", "none", "off", "mock", "fake", "dummy", "stub", "test", "demo", "default", "memory", "in_memory", "inmemory"})  # fmt: skip
"""Defaults that choose nothing, or what developers try out: production has another."""
ONLY = ("models", "systems", "hosts", "facts")
_ENDS = (ast.Return, ast.Raise)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MADE = re.compile(r"(?<!class )\b(?P<name>[A-Z]\w+)\(")


class _Default(NamedTuple):
    """What a name holds: the setting, and the value that it has where nobody sets it."""

    setting: str
    value: str


def other_arms(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> list[Off]:
    """Return the lines that run only where a setting has another value than by default and in every file."""
    code = [(path, text) for path, text in texts if path.endswith(".py") and len(text) <= _LARGEST]
    small = [text.lower() for _, text in code]
    gives = [_GIVES.search(text) is not None for text in small]
    asks = [_ASKS.search(text) is not None for text in small] if any(gives) else []
    if not any(asks):
        return []
    speaks = [one for one, *says in zip(code, gives, asks, strict=True) if any(says)]
    trees = {path: tree for path, text in speaks if (tree := _parsed(text))}
    fields = _fields(trees.values())
    files = [text for path, text in texts if not path.endswith((".py", ".ts", ".js"))]
    files += [text for _, text in environments]
    found = [one for path, tree in trees.items() for one in _Reader(path, tree, fields, files).off()]
    return [*found, *_made_there(code, trees, found)] if found else []


def _parsed(text: str) -> ast.Module | None:
    try:
        return parse_python(text)
    except ValueError:
        return None


def _plain(node: ast.expr) -> ast.expr:
    """Return an expression without what only makes its letters small: `os.getenv("STORE", "disk").strip().lower()`."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args and not node.keywords:  # fmt: skip
        node = node.func.value
    return node


def _default_of(value: ast.expr | None) -> _Default | None:
    """Return what a look-up of the environment gives by default; None for anything else."""
    plain = _plain(value) if value is not None else None
    short = isinstance(plain, ast.Call) and len(plain.args) + len(plain.keywords) == _NAME_AND_DEFAULT and isinstance(plain.args[0] if plain.args else None, ast.Constant)  # fmt: skip
    found = _LOOKED_UP.fullmatch(ast.unparse(plain)) if short and plain is not None else None
    if found is None or not CHOOSES.search(found["setting"].lower()):
        return None
    return _Default(found["setting"], found["value"].lower())


_NAME_AND_DEFAULT = 2


def _written(node: ast.expr) -> str:
    """Return `name` or `owner.name` as it is written; empty for anything else."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _fields(trees: Iterable[ast.Module]) -> dict[str, _Default]:
    """Return the fields of classes of settings, and the variables that code looks up, by their names in small letters."""
    found: dict[str, set[_Default]] = defaultdict(set)
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and _is_of_settings(node):
                for one in node.body:
                    if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str):  # fmt: skip
                        found[one.target.id.lower()].add(_Default(one.target.id, one.value.value.lower()))
            if isinstance(node, ast.Assign | ast.AnnAssign) and (default := _default_of(node.value)):
                found[default.setting.lower()].add(default)
    return {name: next(iter(several)) for name, several in found.items() if "_" in name and CHOOSES.search(name) and len({one.value for one in several}) == 1}  # fmt: skip


def _is_of_settings(node: ast.ClassDef) -> bool:
    return any("Settings" in ast.unparse(base) for base in node.bases)


class _Reader:
    """The branches of one file."""

    def __init__(
        self, path: str, tree: ast.Module, fields: Mapping[str, _Default], files: Sequence[str]
    ) -> None:
        self._path, self._tree, self._fields, self._files = path, tree, fields, files
        self._held = self._names(tree.body)
        self._taken = {one.name for node in tree.body if isinstance(node, ast.ImportFrom) for one in node.names if one.name.isupper() and one.asname is None}  # fmt: skip
        """Constants that the file takes in from another one."""

    def off(self) -> Iterator[Off]:
        """Yield the lines of branches that are not taken."""
        yield from self._of_block(self._tree.body, self._held)
        for node in ast.walk(self._tree):
            if isinstance(node, _FUNCTIONS):
                given = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
                outer = {name: one for name, one in self._held.items() if name not in given}
                yield from self._of_block(node.body, {**outer, **self._names(node.body)})

    def _names(self, block: Sequence[ast.stmt]) -> dict[str, _Default]:
        """Return the names that a block gives such a value, and no other."""
        found: dict[str, _Default] = {}
        times: dict[str, int] = defaultdict(int)
        for node in (inner for one in block for inner in ast.walk(one)):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    name = _written(target)
                    times[name] += 1
                    if default := _default_of(node.value):
                        found[name] = default
        return {name: one for name, one in found.items() if times[name] == 1}

    def _of_block(self, block: Sequence[ast.stmt], held: Mapping[str, _Default]) -> Iterator[Off]:
        """Yield what is off in a block and in those within it, functions left out."""
        for number, one in enumerate(block):
            if isinstance(one, ast.If):
                taken, default = self._takes(one.test, held)
                if taken is False and default:
                    yield self._lines(one.body, default)
                if taken and default and one.orelse:
                    yield self._lines(one.orelse, default)
                if taken and default and isinstance(one.body[-1], _ENDS) and block[number + 1 :]:
                    yield self._lines(block[number + 1 :], default)
                    return
            if not isinstance(one, (*_FUNCTIONS, ast.ClassDef)):
                for part in ("body", "orelse", "finalbody"):
                    inner = getattr(one, part, None)
                    if isinstance(inner, list):
                        yield from self._of_block(inner, held)

    def _lines(self, block: Sequence[ast.stmt], default: _Default) -> Off:
        last = block[-1].end_lineno or block[-1].lineno
        return Off(self._path, block[0].lineno, last, why_not(*default), asked=True, only=ONLY)  # fmt: skip

    def _takes(self, test: ast.expr, held: Mapping[str, _Default]) -> tuple[bool | None, _Default | None]:
        """Say whether a condition holds by default; None where that is not known."""
        if not isinstance(test, ast.Compare) or len(test.ops) != 1:
            return None, None
        wanted = _texts(test.comparators[0]) if isinstance(test.ops[0], ast.Eq | ast.In) else frozenset()
        default = self._asked(_plain(test.left), held) if wanted else None
        if default is None or default.value in STANDS_IN or is_set_otherwise(*default, self._files):
            return None, None
        return default.value in wanted, default

    def _asked(self, node: ast.expr, held: Mapping[str, _Default]) -> _Default | None:
        if isinstance(node, ast.Name):
            return held.get(node.id) or (self._fields.get(node.id.lower()) if node.id in self._taken else None)  # fmt: skip
        if isinstance(node, ast.Subscript):
            key = node.slice.value if isinstance(node.slice, ast.Constant) else None
            return self._fields.get(key.lower()) if isinstance(key, str) else None
        if isinstance(node, ast.Attribute):
            return held.get(_written(node)) or self._fields.get(node.attr.lower())
        return _default_of(node)


def why_not(setting: str, value: str) -> str:
    """Return why what a setting leaves aside by default does not count."""
    return f"it counts only where {setting} has another value than {value}, its default"


def is_set_otherwise(setting: str, value: str, files: Sequence[str]) -> bool:
    """Say whether any file but code gives a setting another value than its default, or one that cannot be known."""
    given = re.compile(rf"(?im)^[^#\n]*?\b{re.escape(setting)}\b[\"']?[ \t]*[:=][ \t]*[\"']?(?:\$\{{{re.escape(setting)}:-)?(?P<value>[^\s\"'}}#,]*)")  # fmt: skip
    small = setting.lower()
    return any(match["value"].lower() != value for text in files if small in text.lower() for match in given.finditer(text))  # fmt: skip


def _texts(node: ast.expr) -> frozenset[str]:
    parts = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    said = [one.value.lower() for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]  # fmt: skip
    return frozenset(said) if len(said) == len(parts) else frozenset()


def _made_there(
    code: Sequence[tuple[str, str]], trees: Mapping[str, ast.Module], found: Sequence[Off]
) -> Iterator[Off]:
    """Yield the lines of classes that only such branches make."""
    inside: dict[str, Off] = {}
    lines = {path: text.split("\n") for path, text in code}
    for one in found:
        body = "\n".join(lines[one.file][one.first - 1 : one.last])
        inside |= {match["name"]: one for match in _MADE.finditer(body)}
    outside: set[str] = set()
    for path, kept in lines.items():
        off = {line for one in found if one.file == path for line in range(one.first, one.last + 1)}
        rest = "\n".join(line for number, line in enumerate(kept, 1) if number not in off)
        outside |= {match["name"] for match in _MADE.finditer(rest) if match["name"] in inside}
        outside |= {name for name in inside if re.search(rf"\([^)\n]*\b{name}\b[^)\n]*\):", rest)}
    for path, text in code:
        for name, one in inside.items():
            if name not in outside and f"class {name}" in text and (tree := trees.get(path) or _parsed(text)):
                for node in tree.body:
                    if isinstance(node, ast.ClassDef) and node.name == name:
                        yield one._replace(file=path, first=node.lineno, last=node.end_lineno or node.lineno)
