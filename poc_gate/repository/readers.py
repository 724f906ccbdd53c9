"""All readers of the room, found by the names of their files."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from poc_gate import repository
from poc_gate.repository.interface import Reader

_SUFFIX = "_reader"


@cache
def readers() -> tuple[Reader, ...]:
    """Return every reader, sorted by name: each module `*_reader.py` of a sub-folder exposes one."""
    found: list[Reader] = []
    for module in pkgutil.walk_packages(repository.__path__, f"{repository.__name__}."):
        if module.name.endswith(_SUFFIX) and not module.ispkg:
            found.append(importlib.import_module(module.name).READER)
    return tuple(sorted(found, key=lambda reader: reader.name))
