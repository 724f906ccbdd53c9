"""The house: plug-ins of a room are found wherever they are kept, and none of them imports another."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = ("_probe", "_connector", "_importer", "_observer", "_report", "_command", "_engine")
PLUG_INS = {
    path: ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in sorted((ROOT / "poc_gate").rglob("*.py"))
    if path.stem.endswith(SUFFIXES)
}


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports from, wherever the import is written."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("path", PLUG_INS, ids=lambda path: path.stem)
def test_a_plug_in_imports_no_other_plug_in(path: Path):
    assert not imported(path) & (set(PLUG_INS.values()) - {PLUG_INS[path]})


def test_every_plug_in_on_disk_is_found_by_its_room():
    from poc_gate.cli.app import command_names
    from poc_gate.inputs.artifacts.read_artifact import importers
    from poc_gate.inputs.connect.interface import connectors
    from poc_gate.inputs.observe.read_observed import observers
    from poc_gate.inputs.probe.interface import probes
    from poc_gate.many.fleet.interface import engines
    from poc_gate.report.formats import format_names

    found = {
        "_probe": probes(),
        "_connector": connectors(),
        "_importer": importers(),
        "_observer": observers(),
        "_engine": engines(),
    }
    counted = {suffix: len(plug_ins) for suffix, plug_ins in found.items()}
    counted |= {"_report": len(format_names()), "_command": len(command_names())}
    on_disk = {suffix: sum(path.stem.endswith(suffix) for path in PLUG_INS) for suffix in SUFFIXES}
    assert counted == on_disk
