"""Classes that a setting chooses by name or by their path, among others of the same base -> the files of those that nothing names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.files.names.import_lines import without_imports
from poc_gate.inputs.repository.files.off.off import Off, whole

_BY_PATH = re.compile(r"[\"'](?P<module>(?:[a-z_]\w*\.){1,8})(?P<name>[A-Z]\w+)[\"']")
_LOOKED_UP = re.compile(r"getenv\(|environ\.get\(|environ\[|Field\(|import_string\(")
"""What stands in a line beside the path of a class that a setting can replace."""
_BY_TYPE = re.compile(
    r"(?m)^[ \t-]*[\"']?(?:type|class|class_name|provider)[\"']?[ \t]*:[ \t]*[\"']?(?P<name>[A-Z]\w+)[\"']?[ \t]*,?[ \t]*(?:#.*)?$"
)
_DEFAULT = re.compile(
    r"(?i)(?:^|/)(?:[\w-]*[-_.])?default(?:s|[-_.][\w-]*)?\.(?:ya?ml|json|toml)$|(?i:(?:^|/)(?:config(?:uration)?|settings)\.(?:ya?ml|json)$)"
)
"""Files of settings that are in effect where nobody gives another."""
_CLASS = re.compile(r"(?m)^class (?P<name>[A-Z]\w+)\((?P<bases>[\w., \[\]=]+)\):")
_ALL = re.compile(r"(?m)^__all__[^\[]*\[[^\]]*\]")
_REMARKS = re.compile(r"(?m)(?:^|(?<=\s))#[^\n]*$|\"\"\"[\s\S]*?\"\"\"")
_PLAIN = frozenset({"BaseModel", "ABC", "Enum", "str", "Exception", "object", "BaseSettings", "Protocol", "Base", "TypedDict", "NamedTuple"})  # fmt: skip
"""Bases that say nothing of what a class stands in for."""


class _Class(NamedTuple):
    name: str
    file: str
    bases: frozenset[str]


def chosen_classes(texts: Sequence[tuple[str, str]]) -> list[Off]:
    """Return the files whose classes all stand in for one that a setting chooses, and that no code names."""
    chosen = _chosen(texts)
    if not chosen:
        return []
    code = [(path, text) for path, text in texts if path.endswith(".py")]
    classes = [one for path, text in code for one in _classes(path, text)]
    bases: dict[str, str] = {}
    above = {base for one in classes if one.name in chosen for base in one.bases}
    for one in classes:
        if one.name in chosen and one.name not in above:
            bases |= dict.fromkeys({one.name, *one.bases} - _PLAIN, one.name)
    beside = {one: name for one in classes if one.name not in chosen and (name := _stands_in(one, bases))}
    if not beside:
        return []
    unnamed = {one for one in beside if not _is_named(one, code, beside)}
    files: dict[str, set[_Class]] = defaultdict(set)
    for one in classes:
        files[one.file].add(one)
    return [
        whole(
            path,
            f"{chosen[beside[min(held)]]} chooses {beside[min(held)]}, and nothing names {min(held).name}",
        )
        for path, held in files.items()
        if held <= unnamed
    ]


def _stands_in(one: _Class, bases: Mapping[str, str]) -> str:
    """Return the chosen class that a class can stand in for; tools stand beside each other."""
    return next((bases[base] for base in sorted(one.bases) if base in bases and "ool" not in base), "")


def _chosen(texts: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the classes that settings choose, with the file that does."""
    found: dict[str, str] = {}
    for path, text in texts:
        if path.endswith(".py"):
            for line in text.split("\n") if _LOOKED_UP.search(text) else ():
                if _LOOKED_UP.search(line) or line.lstrip().startswith(("'", '"')):
                    found |= {match["name"]: path for match in _BY_PATH.finditer(line)}
        elif _DEFAULT.search(path):
            found |= {match["name"]: path for match in _BY_TYPE.finditer(text)}
    return found


def _classes(path: str, text: str) -> Iterator[_Class]:
    for match in _CLASS.finditer(text):
        names = (base.split("[")[0].strip().rpartition(".")[2] for base in match["bases"].split(","))
        yield _Class(match["name"], path, frozenset(name for name in names if name and "=" not in name))


def _is_named(one: _Class, code: Sequence[tuple[str, str]], beside: Mapping[_Class, str]) -> bool:
    """Say whether code outside its own file and those of unnamed ones writes the name, or another class derives from it."""
    if any(one.name in other.bases for other in beside):
        return True
    word = re.compile(rf"\b{one.name}\b")
    for path, text in code:
        if path == one.file or one.name not in text or _is_of_others(one, path, text):
            continue
        if word.search(_REMARKS.sub("", _ALL.sub("", without_imports(text)))):
            return True
    return False


def _is_of_others(one: _Class, path: str, text: str) -> bool:
    """Say whether a file takes that name in from a library: `from acme import Store`, where the class is in `stores/acme.py`."""
    taken = re.search(
        rf"(?m)^[ \t]*from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]*\(?[^()\n]*\b{one.name}\b", text
    )
    if taken is None or taken["module"].startswith("."):
        return False
    said = taken["module"].replace(".", "/")
    home = one.file.removesuffix(".py").removesuffix("/__init__")
    if "/" not in said:
        return path.rpartition("/")[0] != home.rpartition("/")[0] or home.rpartition("/")[2] != said
    return not (home == said or home.endswith(f"/{said}") or home.rpartition("/")[0].endswith(said))
