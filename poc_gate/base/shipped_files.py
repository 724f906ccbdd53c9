"""Where the rules, templates and datasheets that ship with poc-gate are, once installed or in a checkout.

`rules/` and `templates/` lie at the top of the repository and are installed as the packages
`poc_gate.rules` and `poc_gate.templates`; nobody else needs to know.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from poc_gate.errors import InternalError

if TYPE_CHECKING:
    from importlib.abc import Traversable


def pack_names() -> tuple[str, ...]:
    """Return the names of the shipped rule packs, sorted: every folder of `rules/` with a `pack.yaml`."""
    folders = (entry for entry in _folder("rules").iterdir() if entry.is_dir())
    return tuple(sorted(entry.name for entry in folders if entry.joinpath("pack.yaml").is_file()))


def pack_files(name: str) -> Mapping[str, bytes]:
    """Return every YAML file of a shipped pack, name -> bytes, sorted by name.

    Raises InternalError for a pack that does not ship.
    """
    if name not in pack_names():
        raise InternalError(f"no rule pack {name!r} ships with this installation")
    return _files(_folder("rules").joinpath(name), (".yaml",))


def shipped_packs() -> Mapping[str, Mapping[str, bytes]]:
    """Return all shipped packs: pack folder -> file name -> bytes."""
    return {name: _files(_folder("rules").joinpath(name), (".yaml",)) for name in pack_names()}


def template_files() -> Mapping[str, bytes]:
    """Return every template, style sheet and drawing, path below `templates/` -> bytes."""
    return _files(_folder("templates"), (".html", ".css", ".svg"))


def template_text(name: str) -> str:
    """Return one template by its path below `templates/`; raises InternalError when it does not ship."""
    entry = _folder("templates").joinpath(*name.split("/"))
    if ".." in name.split("/") or not entry.is_file():
        raise InternalError(f"no template {name!r} ships with this installation")
    return entry.read_bytes().decode("utf-8")


def datasheet_files() -> Mapping[str, bytes]:
    """Return every datasheet profile, file name -> bytes; empty when none ships."""
    folder = _folder("inputs.probe").joinpath("datasheets")
    return _files(folder, (".yaml",)) if folder.is_dir() else {}


def known_file(name: str) -> bytes:
    """Return a table of published facts by its file name; raises InternalError when it does not ship."""
    entry = _folder("facts").joinpath("known", name)
    if not entry.is_file():
        raise InternalError(f"no table {name!r} of published facts ships with this installation")
    return entry.read_bytes()


@cache
def _folder(name: str) -> Traversable:
    """Return one folder of shipped files.

    In a checkout that was not installed `poc_gate.rules` does not exist: the folder lies beside the
    package instead. `importlib.resources` is asked only when the package is not a plain folder (a zip),
    since importing it costs every start some milliseconds.
    """
    spec = importlib.util.find_spec(f"poc_gate.{name}")
    if spec is None:
        beside = Path(__file__).resolve().parents[2] / name
        if not beside.is_dir():
            raise InternalError(
                f"{name}/ is missing from this installation", next_step="install poc-gate again"
            )
        return beside
    for location in spec.submodule_search_locations or ():
        if Path(location).is_dir():
            return Path(location)
    from importlib.resources import files

    return files(f"poc_gate.{name}")


def _files(folder: Traversable, suffixes: tuple[str, ...], prefix: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(suffixes):
            found[prefix + entry.name] = entry.read_bytes()
        elif entry.is_dir():
            found |= _files(entry, suffixes, f"{prefix}{entry.name}/")
    return found
