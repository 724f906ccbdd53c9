"""Pipelines that are written as components with a class and its parameters, as Haystack saves them -> models, stores, limits."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.table import call_named
from poc_gate.inputs.repository.tables.models import is_hosted, read_model_name

_KEYS = frozenset({"top_k", "embedding_dim", "split_length", "split_overlap", "chunk_size", "chunk_overlap"})
_RETRIEVES = re.compile(r"(?i)retriever|splitter|documentstore|embedder")
_CAPS = ("max_tokens", "max_new_tokens", "max_completion_tokens", "max_output_tokens")
_MOST = 400


def _wants(path: str) -> bool:
    return path.endswith((".yml", ".yaml")) and not path.startswith(".")


def _read(file: TextFile, notes: Notes) -> None:
    if "components:" not in file.text or "init_parameters:" not in file.text:
        return
    for document in read_documents(file)[:2]:
        for name, component in list(document.at("components").entries().items())[:_MOST]:
            _note_component(name, component, notes, 0)


def _note_component(name: str, component: Node, notes: Notes, depth: int) -> None:
    """Note one component, and the ones that it is given."""
    kind = component.at("type").text()
    parameters = component.at("init_parameters")
    call = call_named(kind) if "." in kind else None
    place = component.at("type").place
    if call is not None and call.kind == "model":
        _note_model(name, kind, component, notes)
    elif call is not None and call.kind == "source":
        notes.system(call.what, place, how="selected", direction=call.direction, note=f"component {name}, its address")  # fmt: skip
        notes.technique("retrieval", f"{name} is an index", place)
    for key, node in parameters.entries().items():
        if key in _KEYS and node.number() is not None and _RETRIEVES.search(kind.rpartition(".")[2]):
            notes.named_value(key, node.number() or 0, node.place, weight=1)
        elif node.at("type") and node.at("init_parameters").entries() and depth < 4:
            _note_component(key, node, notes, depth + 1)


def _note_model(name: str, kind: str, component: Node, notes: Notes) -> None:
    call = call_named(kind)
    assert call is not None
    parameters = component.at("init_parameters")
    model = next((parameters.at(key) for key in ("model", "model_name", "azure_deployment") if parameters.at(key).text()), Node())  # fmt: skip
    for technique in call.evidence:
        notes.technique(technique, f"component {name}", component.at("type").place)
    if read_model_name(model.text()):
        hosting = "self" if call.provider == "huggingface" else "hosted" if is_hosted(call.provider) else ""
        notes.model(model.text(), model.place, role=call.what, provider=call.provider, hosting=hosting, weight=3, note=f"component {name}")  # fmt: skip
    generation = parameters.at("generation_kwargs")
    cap = next((generation.at(key) for key in _CAPS if generation.at(key).number()), Node())
    if cap.number():
        notes.number("security.output_cap", cap.number() or 0, cap.place, unit="tok", weight=3)


READER = Reader(
    name="component-pipeline",
    summary="pipelines written as components with a class and its parameters (Haystack)",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
