"""Files of a cloud project beside its infrastructure -> model deployments of Azure (`ai.yaml`), the region of Google Cloud builds."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.models import role_of_key, role_of_name

_FILE = re.compile(r"(?:^|/)(?:ai\.ya?ml|[\w.-]*cloudbuild\.ya?ml)$")


def _read(file: TextFile, notes: Notes) -> None:
    for document in read_documents(file)[:1]:
        if file.name.startswith("ai."):
            _note_deployments(document, notes)
        else:
            notes.standing = min(notes.standing, Standing.SUPPORT)
            _note_build(document, notes)


def _note_deployments(document: Node, notes: Notes) -> None:
    """Note the model deployments of an Azure project, with version and quota where the main one is clear."""
    chats: list[Node] = []
    for deployment in document.at("deployments").items()[:50]:
        model, label = deployment.at("model"), deployment.at("name").text()
        name = model.at("name").text()
        role = role_of_name(name) or ("judge" if role_of_key(label) == "judge" else "chat")
        notes.model(name, model.at("name").place, role=role, provider="azure-openai", hosting="hosted", weight=1 if chats and role == "chat" else 2, note=f"deployment {label}")  # fmt: skip
        if label and label != name:
            notes.signals.deployments[label] = name
        if role == "chat":
            chats.append(deployment)
    if len(chats) == 1 or (chats and chats[0] is document.at("deployments").items()[0]):
        capacity = chats[0].at("sku", "capacity")
        if capacity.number():
            notes.number("model.quota_tokens", (capacity.number() or 0) * 1_000 / 60, capacity.place, unit="tok/s", note=f"capacity {capacity.text()}: 1,000 tokens a minute each")  # fmt: skip
        if chats[0].at("model", "version").text():
            notes.fact("model.version", chats[0].at("model", "version").text(), chats[0].at("model", "version").place)  # fmt: skip


def _note_build(document: Node, notes: Notes) -> None:
    """Note the region that a build on Google Cloud deploys to."""
    deploys = any("run" in [word.text() for word in step.at("args").items()] or "run deploy" in " ".join(word.text() for word in step.at("args").items()) for step in document.at("steps").items())  # fmt: skip
    for name, node in document.at("substitutions").entries().items():
        if (
            deploys
            and re.fullmatch(r"_(?:\w+_)?REGION", name)
            and re.fullmatch(r"[a-z]+-[a-z]+\d+", node.text())
        ):
            notes.fact("target.region", node.text(), node.place, weight=3)


READER = Reader(
    name="cloud-project",
    summary="files of a cloud project: model deployments of Azure, the region of Google Cloud builds",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.EXAMPLE,
)
