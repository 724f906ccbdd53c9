"""Specifications of agents of Snowflake Cortex, in JSON, YAML or `CREATE AGENT` -> the model that plans, the tools that it may call.

Source: Snowflake documentation, "CREATE AGENT" and "Cortex Agents REST API" (2025).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import dedent

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

_FILE = re.compile(r"\.(?:json|ya?ml|sql)$")
_CREATES = re.compile(r"(?i)\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:CORTEX\s+)?AGENT\s")
_SPECIFIES = re.compile(r"(?i)\bFROM\s+SPECIFICATION\s*\$\$")
_MOST, _MOST_TOOLS = 10, 40
_CHOSEN_BY_ITSELF = "auto"
_OF_CORTEX = "cortex_"
"""Kinds of tools that only ask the warehouse; others are functions of the pilot's own."""
_SEARCHES = "cortex_search"


def _read(file: TextFile, notes: Notes) -> None:
    if "tool_spec" not in file.text:
        return
    texts = _specifications(file) if file.name.lower().endswith(".sql") else iter((file.text,))
    for text in texts:
        for document in read_documents(file, text)[:1]:
            _note_agent(document, notes)


def _specifications(file: TextFile) -> Iterator[str]:
    """Yield the specification of each agent that a file of SQL makes, on the lines where it stands."""
    for made in list(_CREATES.finditer(file.text))[:_MOST]:
        begin = _SPECIFIES.search(file.text, made.end())
        end = file.text.find("$$", begin.end()) if begin else -1
        if begin and end > 0:
            yield "\n" * file.text.count("\n", 0, begin.end()) + dedent(file.text[begin.end() : end].rstrip())


def _note_agent(document: Node, notes: Notes) -> None:
    """Note an agent: what has neither tools of Cortex nor a model that plans is none."""
    tools = [spec for one in document.at("tools").items()[:_MOST_TOOLS] if (spec := one.at("tool_spec")).at("type").text()]  # fmt: skip
    model = document.at("models").at("orchestration")
    if not tools or not (model.text() or document.at("tool_resources") or document.at("instructions")):
        return
    for technique in ("llm", "agent"):
        notes.technique(technique, "an agent of Snowflake Cortex plans", tools[0].place)
    if model.text() and model.text().lower() != _CHOSEN_BY_ITSELF:
        notes.model(model.text(), model.place, role="chat", provider="snowflake", hosting="hosted", weight=3, note="plans for an agent of Snowflake Cortex")  # fmt: skip
    notes.system("snowflake", tools[0].place, how="used", direction="read", note="an agent of Cortex asks it")
    for spec in tools:
        name = spec.at("name")
        if not name.text():
            continue
        kind = spec.at("type").text()
        asks = kind.startswith(_OF_CORTEX)
        effect, why = ("reads", f"a tool of Cortex: {kind}") if asks else effect_of_tool(name.text())
        notes.tool(name.text(), effect, why, name.place)
        if kind == _SEARCHES:
            notes.technique("retrieval", "an agent of Snowflake Cortex searches", name.place)
            given = document.at("tool_resources").at(name.text()).at("max_results")
            if given.text().isdecimal():
                notes.number("retrieval.top_k", float(given.text()), given.place)


READER = Reader(
    name="cortex-agent",
    summary="agents of Snowflake Cortex: the model that plans, their tools",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.SUPPORT,
)
