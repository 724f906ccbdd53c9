"""Classes that code names by their import path, and imports that are not used -> files that something else stands in for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.walk import WalkedFile
from poc_gate.inputs.repository.tables.providers import maker_named

_CLASS = re.compile(r"[\"']((?:[a-z_]\w*\.)+)[A-Z]\w*[\"']")
"""A text such as `"shop.services.gemini.GeminiService"`."""
_SPELT = re.compile(r"[\"']((?:[a-z_]\w*\.)+[a-z_]\w*)(?::\w+)?[\"']")
"""A text that spells a module out, which something may load."""
_TAKES_IN = re.compile(
    r"(?m)^[ \t]*(?:from[ \t]+(?P<of>[\w.]+)[ \t]+import\b[ \t]*(?P<names>\([^)]*\)|[^\n#]*)|import[ \t]+(?P<module>[\w.]+))"
)
_UNDER_A_NAME = re.compile(r"\w+\s+as\s+(\w+)\s*")
_FEWEST = 3
"""Files side by side that are called after makers of models, which make it a choice."""
_Stems = dict[str, list[str]]


class _TakenIn(NamedTuple):
    """One import: the modules that it may lead to, what follows the word `import`, and whether it names a package."""

    modules: tuple[str, ...]
    names: str
    of_a_package: bool


def offered_beside(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return the files of Python that only offer a maker of models, after which each is called.

    They stand beside one whose class a text names by its path, and nothing names or takes them in.
    """
    homes: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name.endswith(".py") and any(map(maker_named, name.removesuffix(".py").lower().split("_"))):
            homes[folder].add(path)
    choices = {path for found in homes.values() if len(found) >= _FEWEST for path in found}
    stems = _stems_of(choices)
    named: set[str] = set()
    taken: set[str] = set()
    for path, text in _texts(files, choices):
        for match in _CLASS.finditer(text):
            named.update(_led_to(match[1].rstrip("."), stems))
        spelt = [match[1] for match in _SPELT.finditer(text)]
        spelt += [module for one in _imports(path, text) for module in one.modules]
        taken.update(found for module in spelt for found in _led_to(module, stems) if found != path)
    chosen = {path.rpartition("/")[0] for path in named}
    return frozenset(path for path in choices - named - taken if path.rpartition("/")[0] in chosen)


def taken_in_vain(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return the files of Python of which all that other files take in gets a name there that they do not use."""
    choices = [path for path in paths if path.endswith(".py")]
    stems = _stems_of(choices)
    vain: set[str] = set()
    used: set[str] = set()
    for path, text in _texts(files, choices):
        for one in _imports(path, text):
            given = _UNDER_A_NAME.fullmatch(one.names)
            if path.endswith("/__init__.py"):
                continue  # a folder takes its own files in, whoever uses them
            idle = (
                one.of_a_package
                and given is not None
                and len(re.findall(rf"\b{re.escape(given[1])}\b", text)) == 1
            )
            for module in one.modules:
                (vain if idle else used).update(_led_to(module, stems))
        used.update(found for match in _SPELT.finditer(text) for found in _led_to(match[1], stems))
    return frozenset(vain - used)


def _texts(files: Sequence[WalkedFile], choices: Collection[str]) -> list[tuple[str, str]]:
    texts = texts_beside(files, [], code_alone=True) if choices else []
    return [(path, text) for path, text in texts if path.endswith(".py")]


def _stems_of(paths: Collection[str]) -> _Stems:
    stems: _Stems = defaultdict(list)
    for path in paths:
        stems[path.rpartition("/")[2].removesuffix(".py")].append(path)
    return stems


def _imports(path: str, text: str) -> Iterator[_TakenIn]:
    """Yield what a file takes in, with names that are relative to it led to its own folder or one above."""
    for match in _TAKES_IN.finditer(text):
        module, names = match["of"] or match["module"], (match["names"] or "").strip()
        of_a_package = "." in module
        if module.startswith("."):
            up = len(module) - len(module.lstrip("."))
            home = path.split("/")[:-up]
            module = ".".join([*home, module.lstrip(".")]).strip(".")
        elif "." not in module and not maker_named(module):  # else the package of that maker
            module = ".".join([*path.split("/")[:-1], module])
        inner = re.findall(r"(?:^|[,(])\s*(\w+)", names)
        led = (module, *(f"{module}.{name}" for name in inner))
        yield _TakenIn(tuple(one for one in led if "." in one), names, of_a_package)


def _led_to(module: str, stems: _Stems) -> Iterator[str]:
    """Yield the files that a module's name may lead to."""
    end = f"/{module.replace('.', '/')}.py"
    for path in stems.get(module.rpartition(".")[2], ()):
        if f"/{path}".endswith(end):
            yield path


_HOLDS_TOOLS = re.compile(r"(?:^|/)(?:tools|agents|assistants)/(?!__)[^/]+\.py$")
"""Files in folders of tools and of agents, side by side."""
_BY_ITSELF = re.compile(r"(?:^|/)(?:agents?|main|app|server|cli|run|index|handler)\.py$")
"""Names by which a framework or a person starts a file."""
_FINDS = re.compile(r"import_module|iter_modules|walk_packages|__import__\(|import_string|spec_from_file_location|load_tools_from_directory|\bglob\([^)\n]*\.py[\"']|endswith\([\"']\.py[\"']\)|suffix\s*==\s*[\"']\.py[\"']")  # fmt: skip
"""What finds files that no text spells out."""
_RUNS_ALONE = re.compile(r"(?m)^if __name__\b")


def unlisted_tools(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return those of some files with tools, in a folder of tools or agents, that nothing names, where other files take in most beside them."""
    left = {path for path in paths if _HOLDS_TOOLS.search(path) and not _BY_ITSELF.search(path)}
    homes = {path.rpartition("/")[0] for path in left}
    beside = {file.path for file in files if file.path.rpartition("/")[0] in homes and _HOLDS_TOOLS.search(file.path)}  # fmt: skip
    texts = texts_beside(files, beside, code_alone=False) if left else []
    if any(not path or (path.endswith(".py") and _FINDS.search(text)) for path, text in texts):
        return frozenset()
    taken: set[str] = set()
    for path in beside:
        name = re.compile(rf"(?<!\w){re.escape(path.rpartition('/')[2].removesuffix('.py'))}(?!\w)")
        if any(_RUNS_ALONE.search(text) if other == path else name.search(text) for other, text in texts):
            taken.add(path)
    enough = {home for home in homes if _is_mostly_taken(home, beside, taken)}
    return frozenset(path for path in left - taken if path.rpartition("/")[0] in enough)


def _is_mostly_taken(home: str, beside: Collection[str], taken: Collection[str]) -> bool:
    """Say whether three files of a folder are named elsewhere, and three for each that is not."""
    inside = [path for path in beside if path.rpartition("/")[0] == home]
    named = sum(path in taken for path in inside)
    return named >= _FEWEST and named >= _FEWEST * (len(inside) - named)
