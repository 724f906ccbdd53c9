"""Descriptions of an interface that infrastructure hands to an agent of Bedrock -> its operations as the agent's tools."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.files.foreign_yaml import read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.signals import ToolSeen
from poc_gate.model.claim import Place

_DESCRIPTION = re.compile(r"(?:openapi|swagger|schema|action|agent|api)[\w.-]*(?:/[\w.-]+)?\.(?:json|ya?ml)$")
_CODE = (".tf", ".py", ".ts", ".js")
_TAKES = re.compile(r"\bapi_schema\b|\bapiSchema\b|\bA(?:pi|PI)Schema(?:\.from\w+|Property)\(")
"""What in Terraform and the CDK is given the description of an action group."""
_FILE = re.compile(r"([\w-]+\.(?:json|ya?ml))[\"'`]")
_METHODS = frozenset({"get", "post", "put", "patch", "delete"})
_NAME = re.compile(r"[\w.-]{2,60}")
_MOST = 100


def _wants(path: str) -> bool:
    return path.endswith(_CODE) or bool(_DESCRIPTION.search(path))


def _read(file: TextFile, notes: Notes) -> None:
    if file.name.endswith(_CODE):
        if any(file.shows(sign) for sign in ("api_schema", "piSchema", "PISchema")) and file.shows(_TAKES):
            named = (match[1].lower() for match in _FILE.finditer(file.text))
            notes.signals.handed += [name for name in named if _DESCRIPTION.search(name)]
        return
    if "openapi" not in file.text or "paths" not in file.text:
        return
    for document in read_documents(file)[:1]:
        paths = document.at("paths").entries()
        for path, operations in list(paths.items())[:_MOST]:
            for method, operation in operations.entries().items():
                name = operation.at("operationId").text() or path.strip("/")
                if method.lower() in _METHODS and _NAME.fullmatch(name):
                    _note_operation(name, operation.place, notes)


def _note_operation(name: str, place: Place, notes: Notes) -> None:
    """Note an operation, which is a tool where an agent is given the file that describes it."""
    effect, why = effect_of_tool(name)
    file = notes.file.name.lower()
    seen = ToolSeen(name, effect, why, place, notes.reader, notes.standing, function=file, once_given=True)
    notes.signals.tools.append(seen)


READER = Reader(
    name="action-schema",
    summary="descriptions of an interface that an agent of Bedrock is given: its operations are tools",
    wants=_wants,
    read=_read,
    worst=Standing.SUPPORT,
)
