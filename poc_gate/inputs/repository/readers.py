"""All readers of the room, found by the names of their files."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from poc_gate.inputs import repository
from poc_gate.inputs.repository.noting.interface import Reader

_SUFFIX = "_reader"


@cache
def readers() -> tuple[Reader, ...]:
    """Return every reader, sorted by name: each module `*_reader.py` of a sub-folder exposes one."""
    modules = pkgutil.walk_packages(repository.__path__, f"{repository.__name__}.")
    names = [module.name for module in modules if module.name.endswith(_SUFFIX)]
    found: list[Reader] = [importlib.import_module(name).READER for name in names]
    return tuple(sorted(found, key=lambda reader: reader.name))
