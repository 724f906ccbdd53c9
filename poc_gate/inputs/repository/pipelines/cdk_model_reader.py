"""Constants by which stacks of the AWS CDK name models of Bedrock -> the models, and the width of an embedding that they say."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.model_constants import model_of_bedrock
from poc_gate.inputs.repository.tables.models import role_of_name

_CONSTANT = re.compile(r"\b(?:Bedrock)?FoundationModel(?:Identifier)?\.([A-Z][A-Z0-9_]{4,80})\b")
_KIT = re.compile(r"aws[-_]cdk|cdklabs")
_WIDTH = re.compile(r"^TITAN_EMBED_TEXT_V2_(256|512|1024)$")
_COMMENT = re.compile(r"^\s*(?://|#|\*)")
_MOST = 40


def _read(file: TextFile, notes: Notes) -> None:
    if not file.shows("FoundationModel") or not file.shows(_KIT):
        return
    for match in list(_CONSTANT.finditer(file.text))[:_MOST]:
        place = file.at(match.start())
        name = model_of_bedrock(match[1])
        if not name or _COMMENT.match(file.lines[place.line - 1]):
            continue
        role = role_of_name(name) or "chat"
        notes.model(name, place, role=role, provider="bedrock", hosting="hosted", weight=3, note="given to a construct")  # fmt: skip
        if width := _WIDTH.match(match[1]):
            notes.number("retrieval.dims", int(width[1]), place)


READER = Reader(
    name="cdk-model",
    summary="constants of the AWS CDK that name models of Bedrock",
    wants=lambda path: path.endswith((".ts", ".py", ".js", ".java", ".cs")),
    read=_read,
    worst=Standing.EXAMPLE,
)
