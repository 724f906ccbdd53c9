"""Values of a chart that another one takes in -> its defaults, with what the chart above or beside gives it put in their place."""

from __future__ import annotations

from posixpath import normpath

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.text_file import TextFile

_FOLDER_OF_PARTS = "charts"
_DEEPEST = 20
_BY_PATH = "file://"


def values_of_chart(file: TextFile) -> Node | None:
    """Return the values that a chart is installed with; None for an empty file.

    Source: Helm documentation, "Subcharts and Global Values": a section named as the part overrides its defaults.
    """
    documents = read_documents(file)[:1]
    if not documents:
        return None
    given = _given_from_above(file)
    return _merged(documents[0], given, 0) if given else documents[0]


def _given_from_above(file: TextFile) -> Node:
    """Return the section that the chart above keeps for this one; a missing one where there is none."""
    above, _, name = file.folder.rpartition("/")
    if above.rpartition("/")[2] == _FOLDER_OF_PARTS:
        chart = file.above("values.yaml", levels=2) or file.above("values.yml", levels=2)
        if chart is not None:
            return _first(chart).at(name)
    return _given_from_beside(file)


def _given_from_beside(file: TextFile) -> Node:
    """Return the section that a chart beside this one keeps for it, which it takes in by its folder: `repository: file://../charts/desk`.

    Source: Helm documentation, "Chart Dependencies": a chart may be taken in by the path of its folder, under an alias.
    """
    for chart in (one for levels in (0, 1) for one in file.around("Chart.yaml", levels)):
        if chart.folder == file.folder or _BY_PATH not in chart.text:
            continue
        for one in _first(chart).at("dependencies").items():
            where = one.at("repository").text()
            if (
                where.startswith(_BY_PATH)
                and normpath(f"{chart.folder}/{where.removeprefix(_BY_PATH)}") == file.folder
            ):
                values = chart.beside("values.yaml")
                name = one.at("alias").text() or one.at("name").text()
                return _first(values).at(name) if values is not None and name else Node()
    return Node()


def _first(file: TextFile) -> Node:
    """Return the first document of a file; a missing one where it cannot be read."""
    try:
        documents = read_documents(file)[:1]
    except (OSError, ValueError):
        return Node()
    return documents[0] if documents else Node()


def scaling_with(file: TextFile, given: Node) -> Node:
    """Return the section on scaling that a chart gets with further values: what those leave out is as the chart has it."""
    chart = file.above("values.yaml", levels=0) or file.above("values.yml", levels=0)
    scaling = given.at("autoscaling")
    own = _first(chart).at("autoscaling") if chart is not None and chart.path != file.path else Node()
    return _merged(own, scaling, 0) if own.entries() and scaling.entries() else scaling


def _merged(own: Node, given: Node, depth: int) -> Node:
    """Return a mapping with the entries of both; where both have one, the given one stands."""
    if not own.entries() or not given.entries() or depth > _DEEPEST:
        return given
    both = dict(own.entries())
    for key, inner in given.entries().items():
        both[key] = _merged(both[key], inner, depth + 1) if key in both else inner
    merged = Node(own.file, own.line, own.column)
    merged.fill(both)
    return merged
