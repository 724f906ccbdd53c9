"""A room -> its plug-ins: every module whose name ends as the room says, in the room or one folder below."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping


def plug_ins(room: str, folders: Iterable[str], suffix: str) -> Mapping[str, str]:
    """Return module name without its suffix -> dotted name to import it by, sorted; nothing is imported.

    Args:
        room: Dotted name of the package, such as `poc_gate.report`.
        folders: Its `__path__`.
        suffix: How a plug-in's module is called, such as `_report`.
    """
    found: dict[str, str] = {}
    for folder in folders:
        for module in pkgutil.iter_modules([folder]):
            if module.ispkg:
                below = pkgutil.iter_modules([f"{folder}/{module.name}"])
                inside = {one.name: f"{room}.{module.name}.{one.name}" for one in below}
            else:
                inside = {module.name: f"{room}.{module.name}"}
            found |= {name: path for name, path in inside.items() if name.endswith(suffix)}
    return {name.removesuffix(suffix): found[name] for name in sorted(found)}
