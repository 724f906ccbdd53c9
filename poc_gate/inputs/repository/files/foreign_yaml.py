"""YAML or JSON of other tools -> values with places, read as their own tools read it.

Anchors and merge keys are followed, of repeated keys the last one wins and is noted, tags of CloudFormation and
Compose are kept beside the value. Nothing is constructed, so no tag can do harm; everything is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from poc_gate.errors import UnreadableError
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.model.claim import Place
from poc_gate.text.quantities.plain_number import finite

MOST_NODES = 200_000
"""Of one file; also what a walk through aliases may visit."""
_DEEPEST = 60
_TRUE, _FALSE = {"true", "True", "TRUE", "yes", "Yes", "on"}, {"false", "False", "FALSE", "no", "No", "off"}
_NULL = {"null", "Null", "NULL", "~", ""}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9_]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:[0-9][0-9_]{0,17})?\.?[0-9]{1,18}(?:[eE][-+]?[0-9]{1,3})?")
_TABS = re.compile(r"^[ \t]+", re.MULTILINE)


class Node:
    """A value and its place; a missing one is false, and so is everything in it."""

    __slots__ = ("_entries", "column", "file", "items_", "key_line", "line", "repeated", "tag", "value")

    def __init__(self, file: str = "", line: int = 0, column: int = 0) -> None:
        """Make a missing value; the reader fills it."""
        self.file, self.line, self.column = file, line, column
        self.value: str | int | float | bool | None = None
        self._entries: dict[str, Node] | None = None
        self.items_: list[Node] | None = None
        self.tag = ""
        self.key_line = 0
        self.repeated: tuple[str, ...] = ()

    @classmethod
    def word(cls, file: str, line: int, value: str, column: int = 1) -> Node:
        """Return one word of a command as a value, so that commands are read as lists of a file are."""
        node = cls(file, line, column)
        node.value = value
        return node

    def __bool__(self) -> bool:
        """Say whether there is a value."""
        return self._entries is not None or self.items_ is not None or self.value is not None

    @property
    def place(self) -> Place:
        """Return where the value is written."""
        return Place(self.file, self.line, self.column)

    def at(self, *keys: str | int) -> Node:
        """Return the value below, or a missing one."""
        node = self
        for key in keys:
            if isinstance(key, int):
                node = node.items_[key] if node.items_ is not None and key < len(node.items_) else _MISSING
            else:
                node = (node._entries or {}).get(key, _MISSING)  # noqa: SLF001 - of the same class
        return node

    def entries(self) -> dict[str, Node]:
        """Return the entries of a mapping; none for anything else."""
        return self._entries or {}

    def items(self) -> list[Node]:
        """Return the items of a list; none for anything else."""
        return self.items_ or []

    def text(self) -> str:
        """Return a scalar as text, empty for anything else."""
        return "" if self.value is None or isinstance(self.value, bool) else str(self.value)

    def number(self) -> float | None:
        """Return a number, or None."""
        return finite(self.value)

    def fill(self, entries: dict[str, Node] | None = None, items: list[Node] | None = None) -> None:
        """Give the node its children."""
        self._entries, self.items_ = entries, items

    def walk(self) -> Iterator[tuple[tuple[str, ...], Node]]:
        """Yield every scalar below with the keys that lead to it; bounded, also where aliases repeat."""
        budget = MOST_NODES // 4
        pending: list[tuple[tuple[str, ...], Node]] = [((), self)]
        while pending and budget:
            path, node = pending.pop()
            budget -= 1
            if len(path) > _DEEPEST:
                continue
            if node._entries is not None:  # noqa: SLF001 - of the same class
                pending += [((*path, key), inner) for key, inner in reversed(node._entries.items())]  # noqa: SLF001
            elif node.items_ is not None:
                pending += [(path, inner) for inner in reversed(node.items_)]
            elif node.value is not None:
                yield path, node


_MISSING = Node()


def read_documents(file: TextFile, text: str = "") -> list[Node]:
    """Return the documents of a file; `text` stands for its text where that was changed.

    Raises UnreadableError, with the line, for a file that is neither YAML nor JSON.
    """
    import yaml

    content = text or file.text
    if content.lstrip()[:1] in "{[":
        content = _TABS.sub(lambda match: " " * len(match[0]), content)
    if _is_json(file.name, content):
        content = _without_remarks(content)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: list[Node] = []
    try:
        composed = yaml.compose_all(content, Loader=loader)
        found.extend(_Converter(file.path).convert(one, 0) for one in composed)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        if not found:
            raise UnreadableError(f"not readable as YAML{where}") from None
    except (RecursionError, ValueError) as error:
        if not found:
            raise UnreadableError("not readable as YAML: nested too deeply or not plain text") from error
    return found


def _is_json(name: str, content: str) -> bool:
    return name.endswith((".json", ".jsonc", ".json5")) and ("//" in content or "/*" in content)


_REMARK = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)


def _without_remarks(content: str) -> str:
    """Return JSON with remarks as blanks, so that places stay: tools of .NET and editors allow them."""
    return _REMARK.sub(
        lambda match: match[0] if match[0][0] == '"' else re.sub(r"[^\n]", " ", match[0]), content
    )


class _Converter:
    """Turns composed nodes into ours; a node that is used twice is converted once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.done: dict[int, Node] = {}
        self.count = 0

    def convert(self, node: Any, depth: int) -> Node:
        known = self.done.get(id(node))
        if known is not None:
            return known
        self.count += 1
        made = Node(self.file, node.start_mark.line + 1, node.start_mark.column + 1)
        if self.count > MOST_NODES or depth > _DEEPEST:
            return made
        self.done[id(node)] = made
        kind = type(node).__name__
        if node.tag.startswith("!") and node.tag != "!":
            made.tag = node.tag
        if kind == "ScalarNode":
            made.value = _scalar(node)
        elif kind == "SequenceNode":
            made.fill(items=[self.convert(item, depth + 1) for item in node.value])
        else:
            self.fill_mapping(made, node, depth)
        return made

    def fill_mapping(self, made: Node, node: Any, depth: int) -> None:
        entries: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        repeated: list[str] = []
        for key, value in node.value:
            name = str(key.value) if type(key).__name__ == "ScalarNode" else ""
            inner = self.convert(value, depth + 1)
            if name == "<<":
                for source in inner.items() or [inner]:
                    merged = {**source.entries(), **merged}
                continue
            if name in entries:
                repeated.append(name)
            inner.key_line = inner.key_line or key.start_mark.line + 1
            entries[name] = inner
        made.repeated = tuple(repeated)
        made.fill({**merged, **entries})


def _scalar(node: Any) -> str | int | float | bool | None:  # noqa: PLR0911 - one kind of scalar each
    text = str(node.value)
    if node.style not in (None, "") or len(text) > 40:
        return text
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text):
        return int(text.replace("_", ""))
    if _FLOAT.fullmatch(text) and any(character.isdigit() for character in text):
        try:
            return float(text.replace("_", ""))
        except ValueError:
            return text
    return text
