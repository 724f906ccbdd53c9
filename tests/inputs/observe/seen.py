"""Shared by the tests of observers: read a file as the command line does, and look at what it shows."""

from __future__ import annotations

import json
from pathlib import Path

from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.model.observation import Observation, Observed
from poc_gate.model.quantity import Quantity

FILES = Path(__file__).parent / "files"
NO_MANIFEST = Declared()


def look(path: Path, option: str = "", declared: Declared = NO_MANIFEST, kind: str = "") -> Observed:
    """Return what one file shows."""
    return read_results([NamedFile(path, path.name, option)], declared, "", kind=kind)[0]


def written(folder: Path, data: object, name: str = "run.json") -> Path:
    """Return a file with the data as JSON."""
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return path


def fact(seen: Observed, name: str) -> Observation:
    """Return the one observation of a fact."""
    (found,) = [one for one in seen.observations if one.fact == name]
    return found


def value(seen: Observed, name: str) -> object:
    """Return the value of a fact, a plain number for quantities."""
    held = fact(seen, name).value
    return held.value if isinstance(held, Quantity) else held


def said(seen: Observed, kind: str = "limit") -> str:
    """Return all notices of a kind in one text."""
    return "\n".join(one.message for one in seen.notices if one.kind == kind)


def facts(seen: Observed) -> set[str]:
    """Return the names of all facts."""
    return {one.fact for one in seen.observations}
