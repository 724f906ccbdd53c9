"""Folders of plug-ins that Python loads one by one, by a name given at run time -> their tools are asked about, not stated."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from poc_gate.inputs.repository.files.off.off import Off, whole

_LOADS = re.compile(r"\bimport_module\(\s*f[\"'](?P<folder>[\w.]+)\.\{(?P<name>\w+)\}[\"']")
"""A module of one package by a name that no file spells out."""
_FEWEST = 6
"""Plug-ins with tools: fewer may all be on."""
_WHY = "each is a plug-in that is loaded by a name given at run time, and no file says which names are given"


def plugins_by_name(texts: Sequence[tuple[str, str]], tools: Mapping[str, Collection[int]]) -> list[Off]:
    """Return the files with tools of folders out of which a function loads the one that its caller names."""
    folders = {
        one["folder"].replace(".", "/")
        for path, text in texts
        if tools and path.endswith(".py") and "import_module" in text
        for one in _LOADS.finditer(text)
        if re.search(rf"\bdef \w+\([^)]*\b{one['name']}\b", text[: one.start()])
    }
    found: list[Off] = []
    for folder in sorted(folders):
        plugins = sorted(path for path in tools if f"/{path.rpartition('/')[0]}".endswith(f"/{folder}"))
        if len(plugins) >= _FEWEST:
            on = _on_by_default(texts, {_stem(path) for path in plugins})
            found += [whole(path, _WHY, asked=True)._replace(only=("tools",)) for path in plugins if _stem(path) not in on]  # fmt: skip
    return found


_DEFAULTS = re.compile(
    r"(?im)^[ \t]*(?:default|always_on)_(?:\w+_)?(?:tools|plugins)\b(?:[ \t]*:[^=\n]{1,80})?[ \t]*=[ \t]*(?:Field\([^\[\n]{0,80}|frozenset\(|tuple\()?[\[({](?P<names>[^\])}]{3,600})[\])}]"
)
"""A list of the plug-ins that are on where nobody says otherwise."""


def _on_by_default(texts: Sequence[tuple[str, str]], plugins: Collection[str]) -> frozenset[str]:
    """Return the plug-ins that a list of defaults names, where all that it names are plug-ins."""
    for path, text in texts:
        for match in _DEFAULTS.finditer(text) if path.endswith(".py") and "efault" in text.lower() else ():
            names = frozenset(re.findall(r"[\"']([\w-]+)[\"']", match["names"]))
            if names and names <= set(plugins):
                return names
    return frozenset()


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".py")
