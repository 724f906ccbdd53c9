"""Sections of a chart's values that nothing takes: the chart has no templates of its own, and no part of that name."""

from __future__ import annotations

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.text_file import TextFile

_FOR_ALL = frozenset({"global", "tags"})
"""Sections that every part is given."""


def dead_sections(file: TextFile, values: Node, paths: frozenset[str]) -> frozenset[str]:
    """Return the sections at the top of a chart's values that are handed to no part of it.

    Source: Helm documentation, "Subcharts and Global Values": a section reaches the part that it is named as.
    """
    folder = file.folder.lower()
    if any(path.startswith((f"{folder}/templates/", f"{folder}/charts/")) for path in paths):
        return frozenset()
    chart = file.beside("Chart.yaml") or file.beside("Chart.yml")
    try:
        documents = read_documents(chart)[:1] if chart is not None else []
    except (OSError, ValueError):
        return frozenset()
    parts = [part for document in documents for part in document.at("dependencies").items()]
    named = {part.at(key).text() for part in parts for key in ("name", "alias")}
    return frozenset(values.entries()) - named - _FOR_ALL if parts else frozenset()
