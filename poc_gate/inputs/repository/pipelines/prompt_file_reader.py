"""Prompt files with a head of settings (`.prompty`, `.prompt`) -> the model that they are for, its limit, and whether it is given tools."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.models import read_model_name, role_of_key

_CAPS = ("max_tokens", "max_completion_tokens", "maxOutputTokens", "max_output_tokens")
_PROVIDERS = {"azure_openai": "azure-openai", "openai": "openai", "azure_serverless": "azure-ai"}
_HEAD = re.compile(r"\A---\n(.*?)\n---(?:\n|\Z)", re.DOTALL)
_ASIDE = re.compile(r"(?i)eval|judge|grader|coheren|fluen|grounded|relevance|similarity")


def _read(file: TextFile, notes: Notes) -> None:
    head = _HEAD.match(file.text)
    if head is None:
        return
    for document in read_documents(file, f"\n{head[1]}\n")[:1]:
        _note_head(document, file, notes)


def _note_head(document: Node, file: TextFile, notes: Notes) -> None:
    model = document.at("model")
    configuration = model.at("configuration")
    named = next((node for node in (configuration.at("azure_deployment"), configuration.at("name"), configuration.at("model"), model) if node.text()), Node())  # fmt: skip
    judge = bool(_ASIDE.search(file.path))
    role = "judge" if judge else role_of_key(file.name.partition(".")[0]) or "chat"
    if read_model_name(named.text()):
        provider = _PROVIDERS.get(configuration.at("type").text(), "")
        notes.model(named.text(), named.place, role=role, provider=provider, weight=2, note="named in the prompt's head")  # fmt: skip
        notes.technique("llm", "a prompt file names its model", named.place, weight=2)
    elif model.at("api").text() in {"chat", "completion"} and not judge:
        notes.technique("llm", "a prompt file is for a language model", model.at("api").place, weight=3)
    for settings in (model.at("parameters"), document.at("config")):
        if (tools := settings.at("tools")) and not judge:
            notes.technique("tools", "a prompt file gives its model tools", tools.place)
        heat = settings.at("temperature")
        if heat.number() is not None and role == "chat":
            notes.remark("temperature", "", heat.place, f"temperature {heat.text()}")
        cap = next((settings.at(key) for key in _CAPS if settings.at(key).number()), Node())
        if cap.number() and role == "chat":
            notes.number("security.output_cap", cap.number() or 0, cap.place, unit="tok", weight=2)


READER = Reader(
    name="prompt-file",
    summary="prompt files with a head of settings: the model and its limit",
    wants=lambda path: path.endswith((".prompty", ".prompt")),
    read=_read,
    worst=Standing.MEASURED,
)
