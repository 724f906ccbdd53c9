"""Files that describe tools beside the code, with the function that answers or as a model is told of them -> the tools of an agent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

NAME = "described-tools"
_ANSWERED_BY = ("callable_api", "callable", "function", "func", "handler", "implementation", "entrypoint")
"""Entries that name the function of a tool."""
_FUNCTION = re.compile(r"(?P<file>[\w./-]+\.py|[A-Za-z_][\w.]*):(?P<name>[A-Za-z_]\w*)")
"""A function by its file or its module: `shelves.py:count_pieces`."""
_MOST = 300
_SPECIFIES = re.compile(r"(?:^|[_.-])(?:tools?|functions?)(?:$|[_.-])")
"""Names of files that hold what a model is told of functions: `system_function_specs.json`, `tools.json`."""
_SCHEMAS = ("parameters", "input_schema", "inputSchema")


def _wants(path: str) -> bool:
    name = path.rpartition("/")[2]
    said = name.endswith((".yaml", ".yml", ".json")) and _SPECIFIES.search(name.rpartition(".")[0])
    return bool(said) or (name.endswith((".yaml", ".yml")) and "tool" in name)


def _read(file: TextFile, notes: Notes) -> None:
    if "description" in file.text and any(word in file.text for word in _SCHEMAS):
        _read_specifications(file, notes)
    if (
        file.name.endswith(".json")
        or "description" not in file.text
        or not any(word in file.text for word in _ANSWERED_BY)
    ):
        return
    for document in read_documents(file)[:1]:
        listed = document.at("tools") or document
        for name, node in list(_described(listed))[:_MOST]:
            if function := _answering(node, notes):
                notes.tool(name, *effect_of_tool(name), node.place, function=function)
                notes.technique("tools", f"{name} is a tool", node.place)


def _read_specifications(file: TextFile, notes: Notes) -> None:
    """Note each function of a list as a model is told of it: its name, what it is for, and a schema of its arguments."""
    for document in read_documents(file)[:1]:
        listed = document.at("tools").items() or document.at("functions").items() or document.items()
        for node in listed[:_MOST]:
            inner = node.at("function") if node.at("function").entries() else node
            name = inner.at("name").text()
            schema = next((inner.at(key) for key in _SCHEMAS if inner.at(key).entries()), None)
            of_object = schema is not None and schema.at("type").text() == "object"
            if of_object and inner.at("description").text() and re.fullmatch(r"[\w.-]{2,60}", name):
                notes.tool(name, *effect_of_tool(name), node.place)
                notes.technique("functions", f"{name} is a tool", node.place)


def _described(listed: Node) -> Iterator[tuple[str, Node]]:
    """Yield what may be tools, under the keys that they stand under or the names that they have."""
    for name, node in listed.entries().items():
        yield name, node
    for node in listed.items():
        yield node.at("name").text(), node


def _answering(node: Node, notes: Notes) -> str:
    """Return the function that a described tool names, where a file of the checkout can hold it; or an empty text."""
    said = next((text for key in _ANSWERED_BY if (text := node.at(key).text())), "")
    function = _FUNCTION.fullmatch(said)
    if function is None or not node.at("description").text():
        return ""
    module = function["file"].removesuffix(".py").replace(".", "/").strip("/").lower()
    held = any(f"/{path}".endswith(f"/{module}.py") for path in notes.signals.paths)
    return function["name"] if held else ""


READER = Reader(
    name=NAME,
    summary="files of YAML and JSON that describe the tools of an agent or name their functions",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
