"""Programs in Go -> the packages that no program takes in: Go names every package that is built in by its path."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.files.files_at_hand import text_of
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.files.walk import WalkedFile

_MODULE = re.compile(r"(?m)^module[ \t]+\"?([^\s\"]+)")
_IS_PROGRAM = re.compile(r"(?m)^package[ \t]+main\b")
_IMPORTS = re.compile(r"(?m)^import[ \t]*(?:\(([^)]*)\)|(?:[\w.]+[ \t]+)?(\"[^\"\n]+\"))")
_TAKEN = re.compile(r"(?m)^[ \t]*(?:[\w.]+[ \t]+)?\"([^\"\n]+)\"")
_LARGEST = 512 << 10
_MOST_BYTES = 24 << 20


class _Packages(NamedTuple):
    """The packages of a checkout, by the path under which others take them in."""

    of: dict[str, str]
    """File -> its package."""
    taken: dict[str, set[str]]
    """Package -> the packages that it takes in."""
    programs: set[str]


def unreached_packages(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return those of some files of Go that lie in packages which no program of their module takes in.

    Nothing of a module without a program is returned: others take it in.
    """
    of_go = [
        file
        for file in files
        if file.path.endswith(".go")
        and not file.path.endswith("_test.go")
        and standing_of(file.path) <= Standing.SUPPORT
        and file.size <= _LARGEST
    ]
    if not paths or sum(file.size for file in of_go) > _MOST_BYTES:
        return frozenset()
    modules = _modules(files)
    packages = _packages(of_go, modules)
    reached = _reached(packages)
    built = {_module_of(path, modules) for path, name in packages.of.items() if name in packages.programs}
    return frozenset(
        path
        for path in paths
        if path in packages.of and packages.of[path] not in reached and _module_of(path, modules) in built
    )


def _modules(files: Sequence[WalkedFile]) -> dict[str, str]:
    """Return the name of the module in each folder that has one, empty where its file says none."""
    found: dict[str, str] = {}
    for file in files:
        if file.path == "go.mod" or file.path.endswith("/go.mod"):
            said = _MODULE.search(text_of(file, largest=_LARGEST))
            found[_folder(file.path)] = said[1] if said else ""
    return found


def _packages(files: Sequence[WalkedFile], modules: dict[str, str]) -> _Packages:
    """Return the packages that files lie in, what they take in, and which are programs."""
    packages = _Packages({}, defaultdict(set), set())
    for file in files:
        folder, text = _folder(file.path), text_of(file, largest=_LARGEST)
        name = _name(folder, _home(folder, modules), modules)
        if not name:
            continue
        packages.of[file.path] = name
        packages.taken[name] |= {path for block, one in _IMPORTS.findall(text) for path in _TAKEN.findall(block or one)}  # fmt: skip
        if _IS_PROGRAM.search(text):
            packages.programs.add(name)
    return packages


def _reached(packages: _Packages) -> set[str]:
    """Return the programs, and every package that they take in, by whatever way."""
    reached, pending = set(packages.programs), list(packages.programs)
    while pending:
        fresh = [one for one in packages.taken.get(pending.pop(), ()) if one in packages.taken and one not in reached]  # fmt: skip
        reached.update(fresh)
        pending += fresh
    return reached


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _home(folder: str, modules: Collection[str]) -> str | None:
    """Return the folder of the module that a folder belongs to; None for none."""
    while folder not in modules:
        if not folder:
            return None
        folder = _folder(folder)
    return folder


def _module_of(path: str, modules: dict[str, str]) -> str:
    """Return the name of the module that a file belongs to, or an empty text."""
    return modules.get(_home(_folder(path), modules) or "", "")


def _name(folder: str, home: str | None, modules: dict[str, str]) -> str:
    """Return the path under which other packages take a folder in; empty where its module has no name."""
    if home is None or not modules[home]:
        return ""
    below = folder[len(home) :].strip("/")
    return f"{modules[home]}/{below}" if below else modules[home]
