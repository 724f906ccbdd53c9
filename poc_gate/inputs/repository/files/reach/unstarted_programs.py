"""Programs of Python that nothing starts, and whose provider no dependency file lists -> the package that each would need."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from poc_gate.inputs.repository.files.files_at_hand import prose_of
from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.walk import WalkedFile
from poc_gate.inputs.repository.tables.packages import package_named
from poc_gate.inputs.repository.tables.providers import maker_named

_RUNS_ALONE = re.compile(r"(?m)^if __name__\b")
_TAKES_IN = re.compile(r"(?m)^[ \t]*(?:from|import)[ \t]+(\w+(?:\.\w+)*)")
_FINDS = re.compile(r"import_module|iter_modules|import_string|spec_from_file_location|exec_module|runpy")
"""What finds programs by names that no file spells out."""
_LISTS_ITS_OWN = "# /// script"
"""Above the packages that a program lists for itself."""


def unstarted_programs(
    files: Sequence[WalkedFile], paths: Collection[str], listed: Collection[str]
) -> dict[str, str]:
    """Return those of some programs that no other file writes the name of, with the package of a provider that they take in.

    None where a package that is listed may bring that one along, or where code finds modules by itself.
    """
    if not paths or not listed:
        return {}
    code = texts_beside(files, paths, code_alone=False)
    if any(not path or (path.endswith(".py") and _FINDS.search(text)) for path, text in code):
        return {}
    found = {
        path: package
        for path, text in code
        if path in paths and _RUNS_ALONE.search(text) and (package := _unlisted(text, listed))
    }
    texts = [*code, *prose_of(files)] if found else []
    return {path: package for path, package in found.items() if not _is_said(path, package, texts)}


def _unlisted(text: str, listed: Collection[str]) -> str:
    """Return the package of a provider that a program takes in and no file lists; empty where another may bring it along."""
    if _LISTS_ITS_OWN in text:
        return ""
    taken = {name for match in _TAKES_IN.finditer(text) for name in _packages_of(match[1])}
    if not taken or any(_brings(name, taken) for name in listed):
        return ""
    return min(taken)


def _packages_of(module: str) -> Iterator[str]:
    """Yield the package that brings a module of a provider: `google.generativeai.types` is of `google-generativeai`."""
    parts = module.lower().replace("_", "-").split(".")
    for end in range(len(parts), 0, -1):
        row = package_named(name := "-".join(parts[:end]))
        if row is not None and "llm" in row.techniques and _makers(name):
            yield name
            return


def _brings(name: str, taken: Collection[str]) -> bool:
    """Say whether a package may bring along one of some others: it is one, asks the same maker, or asks any."""
    row = package_named(name)
    if row is None or "llm" not in row.techniques:
        return False
    makers = _makers(name)
    return not makers or any(makers & _makers(one) for one in taken)


def _makers(name: str) -> set[str]:
    return {maker for word in name.lower().split("-") if (maker := maker_named(word))}


def _is_said(path: str, package: str, texts: Sequence[tuple[str, str]]) -> bool:
    """Say whether another file writes the name of a program, or a file other than code the name of its package."""
    stem = path.rpartition("/")[2].removesuffix(".py")
    name = re.compile(rf"(?<!\w){re.escape(stem)}(?!\w)")
    needed = re.compile(rf"(?<![\w-]){re.escape(package)}(?![\w-])")
    return any(
        other != path and (name.search(text) or (not other.endswith(".py") and needed.search(text)))
        for other, text in texts
    )
