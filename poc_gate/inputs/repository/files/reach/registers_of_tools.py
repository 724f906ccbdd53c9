"""Registers of classes of Python that are tools -> the tools, and the classes beside them that no register holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.reach.uncalled_functions import Lines
from poc_gate.inputs.repository.files.walk import WalkedFile

_ENUM = re.compile(r"(?m)^class \w*[Tt]ools?\w*\([\w.]*Enum\):\n(?P<body>(?:[ \t]+[^\s][^\n]*\n|[ \t]*\n)+)")
_MEMBER = re.compile(r"(?m)^[ \t]+\w+[ \t]*=[ \t]*(?P<holds>[A-Z]\w+)[ \t]*$")
_TABLE = re.compile(
    r"(?m)^_?(?:[A-Z]+_)*TOOLS?(?:_[A-Z]+)*(?:[ \t]*:[^=\n]+)?[ \t]*=[ \t]*\{(?P<body>[^{}]{10,4000})\}"
)
_ENTRY = re.compile(r"[\"'](?P<name>[\w.-]{2,60})[\"'][ \t]*:[ \t]*(?P<holds>[A-Z]\w+)[ \t]*(?=[,\n#]|$)")
_CLASS = re.compile(r"(?m)^class (?P<name>\w+)(?:\((?P<base>[\w., \[\]=]*)\))?:")
_ID = re.compile(r"(?m)^[ \t]+(?:ID|id|tool_id|TOOL_ID|NAME|TOOL_NAME)(?:[ \t]*:[^=\n]+)?[ \t]*=[ \t]*(?:[\"'](?P<text>[\w.-]{2,60})[\"']|(?P<constant>[A-Z][A-Z0-9_]+))[ \t]*$")  # fmt: skip
_FINDS = re.compile(
    r"__subclasses__|__init_subclass__[\s\S]{0,400}?(?:\.append\(|\.add\(|\bregister\w*\(|\]\s*=\s*cls\b)|getmembers\(|iter_modules|walk_packages|import_module"
)
"""What finds classes that no register names."""
_HAS_NAMES = re.compile(
    r"(?m)^(?:[ \t]*from[ \t][^\n(]+import[ \t]*(?:\([^)]*\)|[^\n]*)|[ \t]*import[ \t][^\n]*|__all__[^\[]*\[[^\]]*\])"
)
"""What takes names in, or hands them on."""
_FEWEST = 3


class Registered(NamedTuple):
    """A tool of a register: what the model calls it, and its class."""

    name: str
    lines: Lines


class Registers(NamedTuple):
    """What registers hold, and the classes of the same kind that nothing makes."""

    tools: tuple[Registered, ...]
    left: tuple[Lines, ...]


def registers_of_tools(files: Sequence[WalkedFile]) -> Registers:
    """Return the tools that an enumeration or a dictionary of classes holds, and the classes beside them that nothing else writes."""
    texts = {path: text for path, text in texts_beside(files, (), code_alone=True) if path.endswith(".py")}
    held = {one: name for text in texts.values() for register in _registers(text) for one, name in register}
    if not held:
        return Registers((), ())
    classes = {name: one for one in _classes(texts) if (name := one.name)}
    inside = {name: classes[name] for name in held if name in classes}
    known = [Registered(name, lines) for one, lines in inside.items() if (name := held[one] or _named(lines, texts))]  # fmt: skip
    return Registers(tuple(known), tuple(_unregistered(classes, inside, texts)))


def _registers(text: str) -> Iterator[list[tuple[str, str]]]:
    """Yield the registers of a file: the class of each entry, and the name that it is kept under where that is its own."""
    if "ool" not in text and "TOOL" not in text:
        return
    for match in _ENUM.finditer(text):
        yield from _enough([(one["holds"], "") for one in _MEMBER.finditer(match["body"])])
    for match in _TABLE.finditer(text):
        yield from _enough([(one["holds"], one["name"]) for one in _ENTRY.finditer(match["body"])])


def _enough(entries: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    if len({one for one, _ in entries}) >= _FEWEST:
        yield entries


def _classes(texts: Mapping[str, str]) -> Iterator[Lines]:
    for path, text in texts.items():
        for match in _CLASS.finditer(text):
            first = text.count("\n", 0, match.start()) + 1
            end = re.compile(r"(?m)^[^\s#)\"']").search(text, match.end())
            last = text.count("\n", 0, end.start()) if end else text.count("\n") + 1
            yield Lines(match["name"], path, first, last)


def _body(lines: Lines, texts: Mapping[str, str]) -> str:
    return "\n".join(texts[lines.file].split("\n")[lines.first - 1 : lines.last])


def _named(lines: Lines, texts: Mapping[str, str]) -> str:
    """Return the name that a class gives its tool as a constant, of its own or of another file of the checkout."""
    said = _ID.search(_body(lines, texts))
    if said is None or said["text"]:
        return said["text"] if said else ""
    given = re.compile(rf"(?m)^{said['constant']}(?:[ \t]*:[^=\n]+)?[ \t]*=[ \t]*[\"']([\w.-]{{2,60}})[\"']")
    found = {name for text in texts.values() for name in given.findall(text)}
    return found.pop() if len(found) == 1 else ""


def _unregistered(
    classes: Mapping[str, Lines], inside: Mapping[str, Lines], texts: Mapping[str, str]
) -> Iterator[Lines]:
    """Yield the classes with the base of those in registers that code only takes in and hands on."""
    bases = {base for one in inside.values() if (base := _base(one, texts))}
    if any(_FINDS.search(text) for path, text in texts.items() if "ool" in text):
        return
    bare = [_HAS_NAMES.sub("", text) for text in texts.values()]
    for name, lines in classes.items():
        if name not in inside and _base(lines, texts) in bases:
            word = re.compile(rf"\b{name}\b")
            if sum(len(word.findall(text)) for text in bare if name in text) == 1:
                yield lines


def _base(lines: Lines, texts: Mapping[str, str]) -> str:
    match = _CLASS.match(texts[lines.file].split("\n")[lines.first - 1])
    base = (match["base"] or "").strip() if match else ""
    return base if "ool" in base else ""
