"""Charts that a Helm chart brings along -> the stores that are installed with it."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.deployment.helm.parts import values_of_chart
from poc_gate.inputs.repository.deployment.helm.values_reader import is_of_others
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.systems import family_of, system_named

_FILE = re.compile(r"(?:^|/)chart\.ya?ml$")
_OF_A_TOOL = re.compile(r"(?i)keycloak|langfuse|airflow|mlflow|superset|grafana|velero|harbor|sonarqube")
"""Charts of tools beside the pilot: the store that comes with one keeps the tool's own records."""
_STORES = frozenset({"database", "vector", "search", "documents", "object", "cache", "graph"})
_MOST = 60


def _read(file: TextFile, notes: Notes) -> None:
    """Note the stores among the charts that one brings along, unless its own values leave them out.

    Source: Helm documentation, "Chart Dependencies": `condition` names the values that decide.
    """
    if is_of_others(file.path):
        return
    beside = file.beside("values.yaml") or file.beside("values.yml")
    try:
        values = values_of_chart(beside) if beside is not None else None
    except (OSError, ValueError):
        values = None
    for document in read_documents(file)[:1]:
        parts = document.at("dependencies").items()[:_MOST]
        names = [document.at("name").text(), *(part.at("name").text() for part in parts)]
        if any(_OF_A_TOOL.search(name) for name in names[:1]):
            return
        brought = {system_named(name) for name in names}
        for part in parts:
            system = system_named(part.at("name").text())
            if system == "minio" and "milvus" in brought:
                continue  # where Milvus keeps its own files
            if system and family_of(system) in _STORES and _is_on(part, values):
                notes.system(system, part.at("name").place, how="deployed", note="a part of the chart")


def _is_on(part: Node, values: Node | None) -> bool:
    """Say whether no value that decides turns a part off."""
    conditions = [one.strip() for one in part.at("condition").text().split(",") if one.strip()]
    return values is None or not any(values.at(*one.split(".")).value is False for one in conditions)


READER = Reader(
    name="chart-part",
    summary="charts that a Helm chart brings along: the stores among them",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.SUPPORT,
)
