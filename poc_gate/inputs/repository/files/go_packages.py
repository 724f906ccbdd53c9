"""Programs in Go -> the packages that no program takes in: Go names every package that is built in by its path."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.files.walk import WalkedFile

_MODULE = re.compile(r"(?m)^module[ \t]+\"?([^\s\"]+)")
_IS_PROGRAM = re.compile(r"(?m)^package[ \t]+main\b")
_IMPORTS = re.compile(r"(?m)^import[ \t]*(?:\(([^)]*)\)|(?:[\w.]+[ \t]+)?(\"[^\"\n]+\"))")
_TAKEN = re.compile(r"(?m)^[ \t]*(?:[\w.]+[ \t]+)?\"([^\"\n]+)\"")
_LARGEST = 512 << 10
_MOST_BYTES = 24 << 20


def unreached_packages(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return those of some files of Go that lie in packages which no program of their module takes in.

    Nothing of a module without a program is returned: others take it in.
    """
    of_go = [file for file in files if file.path.endswith(".go") and not file.path.endswith("_test.go") and standing_of(file.path) <= Standing.SUPPORT and file.size <= _LARGEST]  # fmt: skip
    if not paths or sum(file.size for file in of_go) > _MOST_BYTES:
        return frozenset()
    modules: dict[str, str] = {}
    for file in files:
        if file.path == "go.mod" or file.path.endswith("/go.mod"):
            said = _MODULE.search(_text(file))
            modules[_folder(file.path)] = said[1] if said else ""
    taken: dict[str, set[str]] = defaultdict(set)
    programs: set[str] = set()
    homes: dict[str, str] = {}
    for file in of_go:
        folder, text = _folder(file.path), _text(file)
        home = _home(folder, modules)
        name = _name(folder, home, modules)
        if not name:
            continue
        homes[file.path] = name
        taken[name] |= {path for block, one in _IMPORTS.findall(text) for path in _TAKEN.findall(block or one)}  # fmt: skip
        if _IS_PROGRAM.search(text):
            programs.add(name)
    reached, pending = set(programs), list(programs)
    while pending:
        fresh = [one for one in taken.get(pending.pop(), ()) if one in taken and one not in reached]
        reached.update(fresh)
        pending += fresh
    built = {modules[_home(_folder(path), modules) or ""] for path, name in homes.items() if name in programs}  # fmt: skip
    return frozenset(
        path
        for path in paths
        if path in homes
        and homes[path] not in reached
        and modules.get(_home(_folder(path), modules) or "", "") in built
    )


def _text(file: WalkedFile) -> str:
    try:
        return TextFile(file.path, file.full, largest=_LARGEST).text
    except OSError:
        return ""  # it cannot be read, which the reading itself says


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _home(folder: str, modules: Collection[str]) -> str | None:
    """Return the folder of the module that a folder belongs to; None for none."""
    while folder not in modules:
        if not folder:
            return None
        folder = _folder(folder)
    return folder


def _name(folder: str, home: str | None, modules: dict[str, str]) -> str:
    """Return the path under which other packages take a folder in; empty where its module has no name."""
    if home is None or not modules[home]:
        return ""
    below = folder[len(home) :].strip("/")
    return f"{modules[home]}/{below}" if below else modules[home]
