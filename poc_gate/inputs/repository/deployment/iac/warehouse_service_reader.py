"""Specification of a service in Snowpark Container Services -> variables, the image and the memory of its containers.

Source: Snowflake documentation, "Service specification reference".
"""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.named_values import note_key_variable, note_named
from poc_gate.inputs.repository.deployment.helm.components import note_resources
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes

_SERVICE = "snowpark-container-services"
_SPEC = re.compile(r"(?m)^spec:[ \t]*\n(?:[ \t]*\n){0,20}[ \t]+-?[ \t]*containers?:")
_IMAGE = re.compile(
    r"(?m)^[ \t]*image:\s*[\"']?/[\w-]+/[\w-]+/[\w-]+/(?P<name>[\w.-]+)(?::(?P<tag>[\w.-]+))?"
)
"""Path of an image in a repository of the warehouse: database, schema, repository, image."""
_SECRET = re.compile(r"(?i)key$|token$|secret|password|passwd|credential|dsn$")
_MOVES = frozenset({"", "latest", "main", "nightly"})


def _wants(path: str) -> bool:
    return path.endswith((".yaml", ".yml"))


def _read(file: TextFile, notes: Notes) -> None:
    image = _IMAGE.search(file.text)
    if image is None or not file.shows(_SPEC):
        return
    at = file.at(image.start("name"))
    notes.fact("target.service", _SERVICE, at, sure=INFERRED, note="its specification")
    notes.flag("target.image_pinned", at, value=(image["tag"] or "") not in _MOVES)
    for document in read_documents(file)[:1]:
        for container in document.at("spec", "containers").items()[:20]:
            _note_container(container, notes)


def _note_container(container: Node, notes: Notes) -> None:
    for name, value in list(container.at("env").entries().items())[:200]:
        note_key_variable(name, value.place, notes)
        if value.text() and not _SECRET.search(name):
            note_named(name, value.text(), value.place, notes, kind="env", weight=3)
    note_resources(container.at("resources"), notes, 3)


READER = Reader(
    name="warehouse-service",
    summary="specifications of services in Snowpark Container Services: variables, images, memory",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
