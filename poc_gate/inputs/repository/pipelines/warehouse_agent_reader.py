"""Specifications of agents that a warehouse keeps (Cortex Agents of Snowflake: `tool_spec`) -> tools, the model that plans, passages."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

_TYPE = re.compile(r"cortex_(?:search|analyst_text_to_sql)|data_to_chart|sql_exec|web_search|generic")
"""Kinds of tools of such an agent. Source: Snowflake, "Cortex Agents REST API", 2026."""
_SEARCHES = "cortex_search"
_NAME = re.compile(r"[\w.-]{2,60}")
_MOST = 100


def _read(file: TextFile, notes: Notes) -> None:
    if "tool_spec" not in file.text or "cortex_" not in file.text:
        return
    for document in read_documents(file)[:1]:
        specs = [node.at("tool_spec") for node in document.at("tools").items()[:_MOST]]
        tools = [spec for spec in specs if _TYPE.fullmatch(spec.at("type").text())]
        if not any(spec.at("type").text().startswith("cortex_") for spec in tools):
            return
        for spec in tools:
            _note_tool(spec, document.at("tool_resources"), notes)
        notes.system("snowflake", document.at("tools").place, note="an agent of the warehouse reads it")
        model = document.at("models", "orchestration")
        if _NAME.fullmatch(model.text()) and model.text() != "auto":
            notes.model(model.text(), model.place, role="chat", provider="snowflake", weight=3)


def _note_tool(spec: Node, resources: Node, notes: Notes) -> None:
    name, kind = spec.at("name").text(), spec.at("type").text()
    if not _NAME.fullmatch(name):
        return
    asks = kind.startswith("cortex_")
    effect, why = ("reads", "it asks the warehouse") if asks else effect_of_tool(name)
    notes.tool(name, effect, why, spec.place)
    notes.technique("llm", "an agent of the warehouse answers", spec.place)
    notes.technique("tools", f"{name} is given to an agent", spec.place)
    if kind == _SEARCHES:
        notes.technique("retrieval", f"{name} searches by meaning", spec.place)
        most = resources.at(name, "max_results")
        if (count := most.number()) is not None and count >= 1:
            notes.named_value("top_k", most.text(), most.place)


READER = Reader(
    name="warehouse-agent",
    summary="agents that Snowflake keeps, by their specification: tools, the model that plans, passages of a search",
    wants=lambda path: path.endswith((".json", ".yaml", ".yml")),
    read=_read,
    worst=Standing.SUPPORT,
)
