"""A workflow of the NeMo Agent Toolkit (`functions:`, `workflow:` with `_type`) -> the tools that its agents may call."""

from __future__ import annotations

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

_READS = ("_retriever", "_rag", "current_datetime", "wiki_search", "tavily_internet_search")
"""How the types of functions end that only look something up."""


_STEPS = ("max_iterations", "max_tool_calls", "recursion_limit")
"""How agents of the toolkit are told after how many steps to stop."""


def _wants(path: str) -> bool:
    return path.endswith((".yml", ".yaml"))


def _read(file: TextFile, notes: Notes) -> None:
    if "tool_names:" not in file.text or "_type:" not in file.text:
        return
    for document in read_documents(file)[:1]:
        functions = document.at("functions").entries()
        agents = [*functions.values(), document.at("workflow")] if document.at("workflow").at("_type").text() else []  # fmt: skip
        for agent in agents:
            for item in agent.at("tool_names").items():
                _note(item, functions.get(item.text()), notes)
        _note_steps(document.at("workflow"), notes)


def _note_steps(workflow: Node, notes: Notes) -> None:
    """Note after how many steps the agent stops that answers."""
    if not workflow.at("_type").text().endswith("_agent"):
        return
    said = next((one for name in _STEPS if (one := workflow.at(name)).number()), None)
    if said is not None:
        notes.number("agent.max_steps", said.number() or 0, said.place, weight=3)


def _note(item: Node, function: Node | None, notes: Notes) -> None:
    """Note a tool under the name that the model sees; what only looks something up is told by the type of its function."""
    name, kind = item.text(), function.at("_type").text() if function is not None else ""
    if not name or function is None:
        return
    effect, why = ("reads", f"it is of type {kind}") if kind.endswith(_READS) else effect_of_tool(name)
    notes.tool(name, effect, why, item.place)
    notes.technique("tools", f"{name} is given to an agent", item.place)


READER = Reader(
    name="toolkit-workflow",
    summary="workflows of the NeMo Agent Toolkit: the tools of their agents",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
