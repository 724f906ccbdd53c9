"""Parameters of Bicep, in its own files, in `.bicepparam` and in `.parameters.json` -> models, versions, quota, sizes."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.deployment.iac.bicep.azure_deployments import (
    SIDE,
    Deployment,
    note_deployed,
    note_quota,
    note_version,
)
from poc_gate.inputs.repository.deployment.iac.bicep.bicep_choices import Known, chosen
from poc_gate.inputs.repository.deployment.iac.blocks import literal
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.sizes import bytes_of
from poc_gate.inputs.repository.tables.deployment.images import moves
from poc_gate.inputs.repository.tables.models import names_a_model, read_model_name, role_of_key
from poc_gate.model.claim import Place

_FROM_ENVIRONMENT = re.compile(
    r"(?:int\(|bool\()?readEnvironmentVariable\('\w+',\s*(?P<default>'[^']*')\)\)?"
)
"""How a file of parameters takes a variable of the environment, with what counts where it is not set."""
_ENVIRONMENT = re.compile(r"^\$\{(\w+)=([^}]*)\}$")
REPLICAS = re.compile(r"(?i)^(?:container|scale)?min_?replicas$")
REPLICAS_MAX = re.compile(r"(?i)^(?:container|scale)?max_?replicas$|^maximumInstanceCount$")
MEMORY = re.compile(r"(?i)^(?:container)?memory$")
_TAG = re.compile(r"(?i)^(?:\w*container_?)?image_?(?:tag|version)$")
_CAPACITY = re.compile(r"(?i)^(?P<role>\w*?)(?:deployment)?capacity$")
_OF_OTHERS = re.compile(r"(?i)^(?:\w*_)?(?:sku|apim?|api_?management|app_?service|plan|search|redis|cache|cosmos|gateway|fabric|node|vm|func\w*|event_?hub|service_?bus|throughput)(?:sku|units?|instances?)?$")  # fmt: skip
"""Capacities of machines and of other services than models."""
_VERSION = re.compile(r"(?i)^(?P<role>\w*?)(?:model|deployment)version$")
_IS_WIDTH = re.compile(r"(?i)embed\w*dim|dim\w*embed")


def plain_value(value: str, known: Known) -> str | float | None:
    """Return a plain value; of a choice what holds by the defaults of the parameters that are `known`."""
    given = _FROM_ENVIRONMENT.fullmatch(value.strip())
    if given:
        default = literal(given["default"])
        whole = value.startswith("int(") and re.fullmatch(r"\d{1,9}", str(default))
        return float(str(default)) if whole else default
    return chosen(value, known)


def note_parameter(name: str, value: str | float, place: Place, notes: Notes, *, weight: int) -> None:
    """Note what a parameter's name says of its value: a model, its version, replicas, memory or quota."""
    if isinstance(value, str) and names_a_model(name) and read_model_name(value):
        role = role_of_key(name) or "chat"
        notes.model(value, place, role=role, provider="azure-openai", hosting="hosted", weight=weight, note=f"parameter {name}")  # fmt: skip
    if _IS_WIDTH.search(name):
        notes.named_value(name, value, place, weight=weight)
    if isinstance(value, str):
        if _TAG.match(name) and not value.startswith("latest_"):
            notes.flag("target.image_pinned", place, value=not moves(value), weight=weight, sure=INFERRED, note=f"tag {value}")  # fmt: skip
        elif MEMORY.match(name) and (size := bytes_of(value)):
            notes.number("target.memory_limit", size, place, unit="B", weight=weight)
        elif (match := _VERSION.match(name)) and (role_of_key(match["role"]) or "chat") not in SIDE:
            note_version(value, place, notes, weight)
        return
    if REPLICAS.match(name):
        notes.number("target.replicas", value, place, weight=weight, note="the least number of replicas")
    elif REPLICAS_MAX.match(name):
        notes.number("target.replicas_max", value, place, weight=weight)
    elif (
        weight > 1
        and (match := _CAPACITY.match(name))
        and match["role"]
        and not _OF_OTHERS.match(match["role"])
        and role_of_key(match["role"]) not in SIDE
    ):
        note_quota(value, place, notes, weight)


def _note_listed(item: Node, notes: Notes) -> None:
    """Note one of a list of deployments: `{"name": "gpt-4.1", "format": "OpenAI", "version": ..., "capacity": 80}`."""
    name = item.at("name").text()
    if not item.at("format") or read_model_name(name) is None:
        return
    made = Deployment(name, name, item.at("name").place)
    made.given |= {"model", "version", "capacity"}
    if version := item.at("version").text():
        made.version = version, item.at("version").place
    if (units := item.at("capacity").number()) is not None:
        made.capacity = units, item.at("capacity").place
    note_deployed(made, notes)


OF_MODELS = re.compile(r"(?i)(?:azure_?)?(?:open_?ai|(?:ai_?)?foundry|ai_?(?:services|project|deployments?)|models?|chat_?gpt|gpt)_?(?:resource_?group_?)?(?:location|region)")  # fmt: skip
"""Parameters that say where models are asked, where that is not where the rest is deployed."""


REGION = re.compile(r"[a-z]{4,}[a-z0-9]*")
"""How Azure calls its regions: `eastus2`."""
_DECLARED = re.compile(r"(?m)^[ \t]*param\s+(\w+)")


def _declared(file: TextFile) -> frozenset[str]:
    """Return the parameters of the template that lies beside a file of values, in small letters."""
    name = file.path.rpartition("/")[2].partition(".")[0]
    template = file.beside(f"{name}.bicep")
    try:
        return (
            frozenset(found.lower() for found in _DECLARED.findall(template.text))
            if template
            else frozenset()
        )
    except OSError:
        return frozenset()


def read_parameters(file: TextFile, notes: Notes) -> None:
    """Note parameters of a deployment: what the environment decides has its default behind the equals sign."""
    declared = _declared(file)
    for document in read_documents(file)[:1]:
        for name, entry in document.at("parameters").entries().items():
            if declared and name.lower() not in declared:
                continue  # copied from another template: what is deployed knows no such parameter
            node = entry.at("value")
            for item in node.items():
                _note_listed(item, notes)
            text = node.text()
            match = _ENVIRONMENT.match(text)
            value = match[2] if match else ("" if "${" in text else text)
            if not value:
                continue
            notes.signals.switches.append((name, value[:200]))
            number = float(value) if re.fullmatch(r"\d{1,9}(?:\.\d+)?", value) else None
            if OF_MODELS.fullmatch(name) and REGION.fullmatch(value):
                notes.fact("model.region", value, node.place, sure=INFERRED)
            if name == "location" and node.place.file.endswith("main.parameters.json") and REGION.fullmatch(value):  # fmt: skip
                notes.fact("target.region", value, node.place, weight=3)
            if match:
                note_named(match[1], value, node.place, notes, kind="env", weight=3)
            note_parameter(
                name, value if number is None or _VERSION.match(name) else number, node.place, notes, weight=3
            )
