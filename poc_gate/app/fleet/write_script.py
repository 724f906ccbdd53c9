"""`poc-gate fleet script`: what would run on the nodes, to be read and submitted by the user."""

from __future__ import annotations

import shlex
from pathlib import Path

from poc_gate.app.fleet.ask_nodes import enrol
from poc_gate.app.fleet.errand import FleetRequest, errand_of
from poc_gate.many.fleet.interface import find_engine
from poc_gate.many.fleet.node_names import expand_names


def write_script(request: FleetRequest, folder: Path | None) -> str:
    """Return the file to submit; with a folder, note there which nodes are asked for, so that none is forgotten.

    Raises UsageError for an engine that writes no scripts, and for names and options that make no sense.
    """
    names = expand_names(request.nodes)
    engine, errand = find_engine(request.via, to_script=True), errand_of(request)
    assert engine.script is not None
    text = engine.script(names, errand)
    if folder is not None:
        enrol(folder, names, request.via)
        text = text.replace("fleet add FLEET", f"fleet add {shlex.quote(folder.as_posix())}")
    return text
