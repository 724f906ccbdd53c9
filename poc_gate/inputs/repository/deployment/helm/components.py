"""Values of a chart with several parts -> replicas and limits of those that are the pilot's own, where they agree; limits of a container."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.sizes import bytes_of
from poc_gate.inputs.repository.tables.deployment.images import engine_of_image, is_plumbing, system_of_image

_GPU = re.compile(
    r"^(?:nvidia\.com/gpu|amd\.com/gpu|habana\.ai/gaudi|aws\.amazon\.com/neuron\w*|google\.com/tpu|nvidia\.com/mig-.*)$"
)
_FACE = re.compile(
    r"(?i)front|^ui$|web_?ui|gateway|ingress|proxy|router|nginx|dashboard|docs|test|init|job|migrat|worker|redis|postgres|cache|queue|search|store|db$|operator|server_?lora|lora|smtp|mail|keycloak|oauth|logrotate|promtail|fluent|filebeat|telegraf|exporter|loki|grafana|prometheus|alertmanager|otel|collector|sidecar|metrics|adapter$"
)
"""Names of parts that serve what people see, route, store, or watch."""
_ANSWERS = re.compile(r"(?i)backend|api|server|app|service")
"""Names of the section of what answers requests."""
_DEEPEST = 4


def is_beside(name: str) -> bool:
    """Say whether a part's name shows that it serves pages, routes, stores or watches."""
    return bool(_FACE.search(name))


def note_resources(resources: Node, notes: Notes, weight: int) -> None:
    """Note the memory limit and the accelerators of a container."""
    memory = resources.at("limits", "memory")
    if memory.text() and (size := bytes_of(memory.text())):
        notes.number("target.memory_limit", size, memory.place, unit="B", weight=weight)
    for key, node in resources.at("limits").entries().items():
        number = (
            node.number()
            if node.number() is not None
            else (float(node.text()) if node.text().isdigit() else None)
        )
        if _GPU.match(key) and number is not None:
            notes.number("target.count", number, node.place, weight=weight)


def note_components(document: Node, notes: Notes, weight: int) -> None:
    """Note replicas and memory of the chart's own parts; several that differ become a question.

    A chart whose values say it at the top has one workload, and needs no parts.
    """
    whole = any(document.at(key) for key in ("replicaCount", "replicas"))
    if not whole and document.at("image").entries() and (scaled := list(_scaled(document, 0))) and len(scaled) > 1:  # fmt: skip
        _note_scaled(scaled, notes, weight)
        return
    if whole or any(document.at(key) for key in ("image", "resources")):
        if not document.at("resources").entries():
            _note_backend(document, notes, weight)
        return
    for name, part in _parts(document, 0):
        if _FACE.search(name):
            continue
        for key in ("replicas", "replicaCount"):
            if part.at(key).number() is not None:
                notes.number("target.replicas", part.at(key).number() or 0, part.at(key).place, weight=weight, note=f"part {name}")  # fmt: skip
                break
        note_resources(part.at("resources"), notes, weight)


def _scaled(node: Node, depth: int) -> Iterator[tuple[str, Node]]:
    """Yield sections that say how many of something run, and what each needs or when it is ready, unless a switch is off."""
    for name, inner in node.entries().items():
        if inner.at("enabled").value is False or depth > _DEEPEST:
            continue
        if inner.at("replicas").number() is not None and (inner.at("resources") or inner.at("healthChecks")):
            yield name, inner
        elif inner.entries():
            yield from _scaled(inner, depth + 1)


_STANDS_IN = re.compile(r"(?i)^mock|^fake|^stub|kafka|zookeeper|broker")


def _note_scaled(parts: list[tuple[str, Node]], notes: Notes, weight: int) -> None:
    """Note replicas and limits of several parts whose images are named in one place for all."""
    for name, part in parts:
        if _FACE.search(name) or _STANDS_IN.search(name):
            continue
        replicas = part.at("replicas")
        notes.number("target.replicas", replicas.number() or 0, replicas.place, weight=weight, note=f"part {name}")  # fmt: skip
        note_resources(part.at("resources"), notes, weight)


def _note_backend(document: Node, notes: Notes, weight: int) -> None:
    """Note the limits that a chart with one workload keeps in a section for what answers."""
    for name, part in document.entries().items():
        if _ANSWERS.fullmatch(name) and part.at("resources").entries():
            note_resources(part.at("resources"), notes, weight)


def _parts(node: Node, depth: int) -> Iterator[tuple[str, Node]]:
    """Yield sections with an image of their own that no table knows, or that is filled in later: those are built from the repository."""
    for name, inner in node.entries().items():
        off = any(
            key.startswith("enable") and switch.value is False for key, switch in inner.entries().items()
        )
        if not inner.entries() or off:
            continue
        image = inner.at("image")
        text = image.text() or next((image.at(key).text() for key in ("repository", "imageName", "name") if image.at(key).text()), "")  # fmt: skip
        if (text or _is_filled_in(inner)) and depth < _DEEPEST:
            known = text and (system_of_image(text) or is_plumbing(text) or engine_of_image(text))
            if not known:
                yield name, inner
        elif depth < _DEEPEST:
            yield from _parts(inner, depth + 1)


def _is_filled_in(part: Node) -> bool:
    """Say whether a part leaves its image to whoever deploys it, and says how many run and what each may take."""
    image = part.at("image")
    empty = "" in {image.value, image.at("repository").value}
    return empty and bool(part.at("resources").entries()) and part.at("replicaCount").number() is not None
