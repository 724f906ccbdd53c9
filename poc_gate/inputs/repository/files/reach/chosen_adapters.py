"""Factories of Python that take one of several adapters by a setting -> the files of those that the setting does not choose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.walk import WalkedFile

_BRANCH = re.compile(
    r"^(?P<by>[ \t]*)(?:if|elif)[ \t]+(?P<name>[\w.]+)[ \t]*(?:==|in)[ \t]*(?P<values>[^:\n]+):[ \t]*$"
)
_IMPORT = re.compile(r"^[ \t]+(?:from[ \t]+(?P<module>[\w.]+)[ \t]+import\b|import[ \t]+(?P<whole>[\w.]+))")
_TOP_IMPORT = re.compile(r"(?m)^from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]+(?P<names>[\w, \t]+)$")
_REGISTRY = re.compile(
    r"(?m)^(?P<name>_?[A-Za-z]\w*)(?:[ \t]*:[^=\n]+)?[ \t]*=[ \t]*\{(?P<entries>[^{}]{10,4000})\}"
)
_ENTRY = re.compile(r"[\"'](?P<value>[\w.-]+)[\"'][ \t]*:[ \t]*(?P<what>[A-Z]\w+)[ \t]*(?=,|$|\n|#)")
_LITERAL = re.compile(r"[\"'](?P<text>[\w.-]*)[\"']|\b[\w]+\.(?P<constant>[A-Z][A-Z0-9_]*)\b")
_OF_SETTINGS = re.compile(
    r"(?i)\.(?:toml|ya?ml|json|cfg|ini|env)$|(?:^|[/_-])(?:settings?|conf\w*|defaults?)(?:/[\w/]*)?\.py$"
)
"""Files whose values stand before those that code gives here and there."""
_FEWEST = 3
"""Adapters from which on a chain of conditions is a choice between them."""
_WITHIN = 8
"""Lines of a branch that are looked at."""


class Choice(NamedTuple):
    """One factory: what decides, and the modules by the values that choose them."""

    file: str
    name: str
    modules: tuple[tuple[frozenset[str], str], ...]


class Unchosen(NamedTuple):
    """What a setting leaves aside."""

    files: frozenset[str]
    values: frozenset[str]


def unchosen_adapters(files: Sequence[WalkedFile]) -> Unchosen:
    """Return the files of adapters that are only taken in for a value that no setting has, where a setting has another."""
    texts = texts_beside(files, (), code_alone=False)
    code = [(path, text) for path, text in texts if path.endswith(".py")]
    paths = frozenset(path for path, _ in code)
    left: set[str] = set()
    values: set[str] = set()
    for choice in _choices(code):
        set_to = _set_to(choice.name, texts)
        chosen = {module for known, module in choice.modules if known & set_to}
        if not set_to or (not chosen and set_to != {""}):
            continue
        kept = {found for module in chosen for found in _files_of(module, choice, paths)}
        for known, module in choice.modules:
            found = _files_of(module, choice, paths) - kept
            if module not in chosen and found and not _is_taken_elsewhere(module, found, choice, code):
                left |= found
                values |= known
    return Unchosen(frozenset(left), frozenset(values))


def _choices(code: Sequence[tuple[str, str]]) -> Iterator[Choice]:
    constants: dict[str, str] = {}
    for path, text in code:
        found = [*_by_branches(text), *_by_registries(text)]
        if not found:
            continue
        constants = constants or _constants(code)
        for name, entries in found:
            modules = tuple((frozenset(_values(words, constants)), module) for words, module in entries)
            several = len({module for _, module in modules}) >= _FEWEST and all(known for known, _ in modules)
            if several and "_" in name:  # `name` and `type` are said of everything
                yield Choice(path, name, modules)


def _by_branches(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return chains of conditions on one name, each of whose branches takes in a module."""
    chains: dict[str, list[tuple[str, str]]] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        match = _BRANCH.match(line) if "if " in line else None
        if match is None:
            continue
        for inner in lines[number + 1 : number + 1 + _WITHIN]:
            if inner.strip() and len(inner) - len(inner.lstrip()) <= len(match["by"]):
                break
            if taken := _IMPORT.match(inner):
                module = taken["module"] or taken["whole"]
                chains.setdefault(match["name"].rpartition(".")[2].lower(), []).append(
                    (match["values"], module)
                )
                break
    return list(chains.items())


def _by_registries(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return dictionaries of classes that come from a module each, under the name of one entry: `git_provider` for `_GIT_PROVIDERS`."""
    if "{" not in text:
        return []
    homes = {
        name.strip(): match["module"]
        for match in _TOP_IMPORT.finditer(text)
        for name in match["names"].split(",")
    }
    found = []
    for match in _REGISTRY.finditer(text) if homes else ():
        entries = [
            (f'"{entry["value"]}"', homes[entry["what"]])
            for entry in _ENTRY.finditer(match["entries"])
            if entry["what"] in homes
        ]
        if entries:
            found.append((match["name"].strip("_").lower().removesuffix("s"), entries))
    return found


def _constants(code: Sequence[tuple[str, str]]) -> dict[str, str]:
    given = re.compile(r"(?m)^([A-Z][A-Z0-9_]*)[ \t]*=[ \t]*[\"']([\w.-]+)[\"']")
    return {name: value for _, text in code for name, value in given.findall(text)}


def _values(words: str, constants: dict[str, str]) -> Iterator[str]:
    for match in _LITERAL.finditer(words):
        value = match["text"] if match["constant"] is None else constants.get(match["constant"], "")
        if value:
            yield value.lower()


def _set_to(name: str, texts: Sequence[tuple[str, str]]) -> set[str]:
    """Return the values that a setting of that name is given anywhere."""
    given = re.compile(
        rf"(?im)(?<![\w\[\"'])[\"']?(?:\w+[._])*{re.escape(name)}[\"']?(?:[ \t]*:[ \t]*str)?[ \t]*[:=](?!=)[ \t]*[\"']([\w.-]*)[\"']"
    )
    said = [
        (path, value.lower()) for path, text in texts if name in text.lower() for value in given.findall(text)
    ]
    settings = {value for path, value in said if _OF_SETTINGS.search(path)}
    return settings or {value for _, value in said}


def _files_of(module: str, choice: Choice, paths: frozenset[str]) -> set[str]:
    """Return the file of a module, with those of its folder where the folder is its own."""
    path = module.strip(".").replace(".", "/")
    found = {
        one
        for one in paths
        if one in {f"{path}.py", f"{path}/__init__.py"}
        or one.endswith((f"/{path}.py", f"/{path}/__init__.py"))
    }
    if len(found) != 1:
        return set()
    folder = next(iter(found)).rpartition("/")[0]
    others = {
        other.strip(".").replace(".", "/").rpartition("/")[0]
        for _, other in choice.modules
        if other != module
    }
    shared = any(
        folder == other or folder.endswith(f"/{other}") for other in others
    ) or choice.file.startswith(f"{folder}/")
    return found if shared or not folder else {one for one in paths if one.startswith(f"{folder}/")}


def _is_taken_elsewhere(module: str, own: set[str], choice: Choice, code: Sequence[tuple[str, str]]) -> bool:
    """Say whether another file than the factory takes the module in."""
    stem = module.rpartition(".")[2]
    taken = re.compile(rf"(?m)^[ \t]*(?:from[ \t]+[\w.]*\b{stem}[ \t]+import|import[ \t]+[\w.]*\b{stem}\b)")
    return any(path != choice.file and path not in own and taken.search(text) for path, text in code)
