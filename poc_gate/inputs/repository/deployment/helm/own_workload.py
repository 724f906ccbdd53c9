"""Values at the top of a chart -> whether the image of its one workload moves, and whether that says when it is ready."""

from __future__ import annotations

from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.deployment.images import (
    engine_of_image,
    is_plumbing,
    moves,
    system_of_image,
)
from poc_gate.model.engines.serving_engines import is_asked_without_a_model

_PROBES = ("httpGet", "tcpSocket", "exec", "grpc")


def note_own_workload(document: Node, notes: Notes, weight: int) -> None:
    """Note the tag and the probe that the values give to the chart's own image; a tag that is put in later says nothing."""
    probes = document.at("probes")
    on = all(one.at("enabled").value is not False for one in (probes, probes.at("readiness")))
    if probes.at("readiness").entries() and on:
        notes.flag("operations.readiness_probe", probes.at("readiness").place, weight=weight, sure=INFERRED, note="of the chart's workload")  # fmt: skip
    image = document.at("image")
    name, tag = image.at("repository").text(), image.at("tag")
    if not name or is_plumbing(name) or system_of_image(name):
        return
    text = tag.text()
    if text and not text.startswith(("$", "{", "<")):
        notes.flag("target.image_pinned", tag.place, value=not moves(text), weight=weight, sure=INFERRED, note=f"tag {text}")  # fmt: skip
    probe = document.at("readinessProbe")
    if is_asked_without_a_model(engine_of_image(name), probe.at("httpGet", "path").text()):
        return
    if any(probe.at(one).entries() for one in _PROBES) and probe.at("enabled").value is not False:
        notes.flag("operations.readiness_probe", probe.place, weight=weight, sure=INFERRED, note="of the chart's workload")  # fmt: skip
