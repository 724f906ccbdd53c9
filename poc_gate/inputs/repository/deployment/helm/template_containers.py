"""Containers in a chart's template -> whether each says when it is ready and what it needs, where the template writes that out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.deployment.helm.components import is_beside
from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes

_RUNS = frozenset({"Deployment", "StatefulSet", "Rollout"})
_PUT_TOGETHER = re.compile(
    r"\{\{-?[^}]*\b(?:toYaml|tpl|template)\b|\{\{-?\s*include\s+\"[^\"]*(?:contain|pod|probe|resource|spec|env)"
)
"""How a template takes in what is written elsewhere: such a one may hold anything."""
_WATCHES = re.compile(r"(?i)(?:^|/)(?:observability|monitoring|telemetry|logging|tracing)/")
"""Folders of charts that watch the pilot."""
_MOMENTS = ("httpGet", "tcpSocket", "exec", "grpc")


def note_containers(kind: str, containers: Sequence[Node], notes: Notes, weight: int) -> None:
    """Note the probes and the limits of a workload's own containers; what is not there counts only where nothing is put in."""
    own = [one for one in containers if not is_beside(one.at("name").text())]
    if kind not in _RUNS or not own or _WATCHES.search(notes.file.path):
        return
    first = own[0].at("name").place
    ready = all(any(one.at("readinessProbe", moment).entries() for moment in _MOMENTS) for one in own)
    whole = not _PUT_TOGETHER.search(notes.file.text)
    if ready or (whole and not notes.file.shows("readinessProbe")):
        notes.flag("operations.readiness_probe", first, value=ready, weight=weight, sure=INFERRED, note="of the chart's template")  # fmt: skip
    if whole and not notes.file.shows("resources:"):
        notes.flag("operations.resources_set", first, value=False, weight=weight, sure=INFERRED, note="the chart's template has none")  # fmt: skip
