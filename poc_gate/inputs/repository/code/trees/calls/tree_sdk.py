"""Functions of the AI SDK and pipelines of Transformers.js -> the models that they are given."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.python.models.python_providers import note_provider
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import (
    arguments_of,
    named,
    place_of,
    plain_of,
    text_of,
)
from poc_gate.inputs.repository.code.trees.tools.given_tools import SDK
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.pipeline_tasks import ROLE_OF_TASK
from poc_gate.inputs.repository.tables.models import read_model_name
from poc_gate.inputs.repository.tables.other_calls.table import OTHER_CALLS

_OF_THE_SDK = {
    "generateText": "chat", "streamText": "chat", "generateObject": "chat", "streamObject": "chat", "ToolLoopAgent": "chat",
    "Agent": "chat", "embed": "embedding", "embedMany": "embedding", "rerank": "reranker", "generateImage": "image", "experimental_generateImage": "image",
}  # fmt: skip
"""Functions of the AI SDK -> the role of the model that they are given."""


def model_behind(label: str, file: TextFile) -> str:
    """Return the model that a map of the file keeps under a label, such as `"kimi": groq("moonshotai/kimi-k2")`; the label elsewhere."""
    if len(label) > _LONGEST_LABEL or not file.shows(SDK):
        return label
    made = re.search(rf"[\"']{re.escape(label)}[\"']\s*:\s*\w+\(\s*[\"']([^\"'\n]{{2,120}})[\"']", file.text)
    return made[1] if made else label


_LONGEST_LABEL = 60


def note_gateway_model(short: str, arguments: Any, file: TextFile, notes: Notes) -> None:
    """Note a model that the AI SDK is given as a text: its gateway is asked then, whoever made the model.

    Source: AI SDK documentation, "Global provider" (version 5 and later, 2025).
    """
    role = _OF_THE_SDK.get(short, "")
    if not role or not file.shows(SDK):
        return
    for pair in arguments[0].named_children if arguments and arguments[0].type == "object" else ():
        key, value = named(pair)
        if key == "model" and value is not None and value.type == "call_expression":
            _note_made(value, role, file, notes)
        plain, at = plain_of(value) if key == "model" and value is not None else (None, None)
        if isinstance(plain, str) and "/" in plain and read_model_name(plain):
            notes.model(plain, place_of(at, file.path), role=role, provider="vercel-gateway", hosting="hosted", weight=3, note="given as a text")  # fmt: skip


def _note_made(call: Any, role: str, file: TextFile, notes: Notes) -> None:
    """Note the model that a client of the program's own name makes, such as `together("openai/gpt-oss-20b")`."""
    maker, arguments = text_of(call.child_by_field_name("function")), arguments_of(call)
    known = OTHER_CALLS.get(maker, ())
    if len(arguments) != 1 or any(any(map(file.shows, row.hints)) for row in known):
        return
    provider = next((row.call.provider for row in known if row.call.kind == "model"), "")
    plain, at = plain_of(arguments[0])
    if isinstance(plain, str) and (read := read_model_name(plain)):
        place = place_of(at, file.path)
        notes.model(read[0], place, role=role, provider=provider, hosting="hosted", weight=3, note=f"given to {maker[:60]}")  # fmt: skip
        if provider:
            note_provider(provider, f"{maker} asks it", place, notes)


_PIPELINES = re.compile(r"@xenova/transformers|@huggingface/transformers")


def note_pipeline(arguments: Any, file: TextFile, notes: Notes) -> None:
    """Note the model of a pipeline of Transformers.js, however the function is called: a task and the model's name."""
    task, (name, at) = (
        (plain_of(arguments[0])[0], plain_of(arguments[1])) if len(arguments) > 1 else ("", ("", None))
    )
    role = ROLE_OF_TASK.get(task) if isinstance(task, str) else None
    if role is None or not isinstance(name, str) or not file.shows(_PIPELINES):
        return
    place = place_of(at, file.path)
    notes.model(name, place, role=role, hosting="self", weight=3, note=f"a pipeline for {task}")
    kind = "llm" if role == "chat" else "embeds" if role == "embedding" else "senses"
    notes.technique(kind, f"{task} pipeline", place, weight=2 if kind == "embeds" else 3)
