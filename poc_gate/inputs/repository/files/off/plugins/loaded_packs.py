"""Folders of packs out of which a program loads some by their path -> the packs that only whoever installs it would load."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from poc_gate.inputs.repository.files.off.off import Off, whole
from poc_gate.inputs.repository.files.standing import Standing, standing_of

_LOADS = re.compile(r"\b(?:spec_from_file_location|exec_module)\(")
_LOADER = re.compile(r"(?m)^[ \t]*(?:async )?def (?P<name>\w+)\((?:self,\s*|cls,\s*)?(?P<pack>\w+)\b[^)]*\)[^\n]*:\n(?P<body>(?:(?![ \t]*(?:async )?def )[^\n]*\n){1,30})")  # fmt: skip
_ENDING = r"(?:\b{pack}\s*\+\s*[\"']\.py[\"']|\{{{pack}\}}\.py\b)"
"""How the body of a loader makes a file of the name that it is given."""
_WHY = "no file of the program loads this pack: whoever installs it may"


def loaded_packs(texts: Sequence[tuple[str, str]], paths: Collection[str]) -> list[Off]:
    """Return the files of Python beside packs that code loads by their path, which it names nowhere itself."""
    near = [(path, text) for path, text in texts if path.endswith(".py") and standing_of(path) <= Standing.SUPPORT]  # fmt: skip
    names = {name for _, text in near if _LOADS.search(text) for name in _loaders(text)}
    if not names:
        return []
    call = re.compile(rf"\b(?:{'|'.join(sorted(names))})\(\s*[\"'](?P<pack>[\w./-]+)[\"']")
    packs = {match["pack"].removesuffix(".py") for _, text in near for match in call.finditer(text)}
    loaded = {path for pack in packs for path in paths if path.endswith(f"/{pack}.py")}
    roots = {path.removesuffix(f"{pack}.py") for pack in packs for path in loaded if path.endswith(f"/{pack}.py")}  # fmt: skip
    beside = [path for path in sorted(paths) if path.endswith(".py") and path not in loaded and path.startswith(tuple(roots))]  # fmt: skip
    return [whole(path, _WHY) for path in beside if not _is_taken_in(path, near)]


def _loaders(text: str) -> Iterator[str]:
    """Yield the functions that make a file's path of the name that they are given."""
    for one in _LOADER.finditer(text):
        if re.search(_ENDING.format(pack=one["pack"]), one["body"]):
            yield one["name"]


def _is_taken_in(path: str, texts: Sequence[tuple[str, str]]) -> bool:
    """Say whether another file imports one, or it is what makes its folder a package."""
    stem = path.rpartition("/")[2].removesuffix(".py")
    word = re.compile(rf"(?m)^[ \t]*(?:import|from)\b[^\n]*\b{re.escape(stem)}\b")
    return stem == "__init__" or any(other != path and word.search(text) for other, text in texts)
