"""A container app of Azure in a file of its own -> replicas and memory: what `az containerapp` and the Azure Developer CLI deploy."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.deployment.helm.templates import is_template, read_around
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.sizes import bytes_of
from poc_gate.inputs.repository.tables.deployment.images import is_plumbing, system_of_image

_FILE = re.compile(r"(?:^|/)(?:[\w.-]+\.tmpl\.ya?ml|(?:[\w.-]*[._-])?(?:container-?app|aca)[\w.-]*\.ya?ml)$")
_BESIDE = re.compile(r"(?i)front|web-?ui|(?:^|[-_/.])ui(?:[-_/.]|$)|redis|postgres|cache|queue|proxy|gateway")
"""Names of parts that hand out pages, route or store."""


def _read(file: TextFile, notes: Notes) -> None:
    """Note what one container app is given; a store or a part that hands out pages says nothing of the pilot."""
    text = read_around(file.text) if is_template(file.text) else ""
    for document in read_documents(file, text)[:3]:
        app = document.at("properties", "template") or document.at("template")
        containers = app.at("containers").items()
        if not containers or _BESIDE.search(file.name):
            continue
        images = [one.at("image").text() for one in containers]
        if any(system_of_image(image) or is_plumbing(image) for image in images if image):
            continue
        _note_app(app, containers, notes)


def _note_app(app: Node, containers: list[Node], notes: Notes) -> None:
    scale = app.at("scale")
    for key, fact in (("minReplicas", "target.replicas"), ("maxReplicas", "target.replicas_max")):
        if (number := scale.at(key).number()) is not None:
            notes.number(fact, number, scale.at(key).place, weight=3)
    memory = containers[0].at("resources", "memory")
    if memory.text() and (size := bytes_of(memory.text())):
        notes.number("target.memory_limit", size, memory.place, unit="B", weight=3)


READER = Reader(
    name="container-app",
    summary="container apps of Azure in files of their own: replicas, memory",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.SUPPORT,
)
