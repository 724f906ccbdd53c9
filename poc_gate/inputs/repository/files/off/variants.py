"""Variants of a program of which the example of an environment chooses none -> their folders: what one of them says is not said of the pilot."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.files.off.off import Off, whole

_GIVEN = re.compile(r"(?m)^(?P<aside>[ \t]*#[^\n=]*?)?\b(?P<name>[A-Z][A-Z0-9_]+)[ \t]*=[ \t]*[\"']?(?P<module>(?:[a-z_]\w*\.)+[a-z_][\w-]*)[\"']?")  # fmt: skip
_FEWEST = 2
"""Variants that an example lists."""


def variants(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]], paths: Collection[str]) -> list[Off]:  # fmt: skip
    """Return the files beside modules that an example only lists in remarks, where no file chooses one of them."""
    listed: dict[str, set[str]] = defaultdict(set)
    chosen: set[str] = set()
    first: dict[str, str] = {}
    for path, text in environments:
        for match in _GIVEN.finditer(text):
            found = _file_of(match["module"], paths)
            if found and match["aside"]:
                listed[match["name"]].add(found)
                first.setdefault(match["name"], path)
            elif found:
                chosen.add(match["name"])
    return [
        one
        for name, files in listed.items()
        if len(files) >= _FEWEST and name not in chosen and not _is_set(name, texts, paths)
        for one in _around(name, files, first[name], paths)
    ]


def _file_of(module: str, paths: Collection[str]) -> str:
    """Return the file of a module; empty where the checkout has none, or several."""
    end = f"{module.replace('.', '/')}.py"
    found = [path for path in paths if path == end or path.endswith(f"/{end}")]
    return found[0] if len(found) == 1 else ""


def _is_set(name: str, texts: Sequence[tuple[str, str]], paths: Collection[str]) -> bool:
    """Say whether code or what starts it gives a variable the name of a module that there is."""
    given = re.compile(rf"\b{name}\b[\"']?[ \t]*[,:=][ \t]*[\"']?(?P<module>(?:[a-z_]\w*\.)+[a-z_]\w*)")
    return any(_file_of(match["module"], paths) for _, text in texts if name in text for match in given.finditer(text))  # fmt: skip


def _around(name: str, files: Collection[str], example: str, paths: Collection[str]) -> list[Off]:
    """Return the files in the folders of variants, and below them."""
    homes = tuple({f"{path.rpartition('/')[0]}/" for path in files if "/" in path})
    why = f"it is of one of the variants among which {name} chooses, and {example} chooses none"
    return [
        whole(path, why, asked=True)._replace(only=("facts", "tools"))
        for path in sorted(paths)
        if path.startswith(homes) and path.endswith(".py")
    ]
