"""Parts of a checkout that an installer's variable switches on, which is off by default -> their folders."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from poc_gate.inputs.repository.files.off.off import Off, whole

_BRANCH = re.compile(r"^[ \t]*(?:el)?if[ \t]+\[\[?[ \t]*\"?\$\{?(?P<name>\w+)\}?\"?[ \t]*={1,2}[ \t]*\"?(?P<value>yes|on|true|1|y)\"?[ \t]*\]\]?[ \t]*(?:;[ \t]*)?(?:then[ \t]*)?$")  # fmt: skip
_SETS = re.compile(r"(?m)^[ \t]*(?:export |local |declare )?(?P<name>[A-Za-z_]\w*)[ \t]*[=:][ \t]*[\"']?(?P<value>[\w.-]*)[\"']?[ \t]*(?:#.*)?$")  # fmt: skip
_PATH = re.compile(r"(?<![\w-])(?:\.{1,2}/|\$\{?\w+\}?/)*(?P<path>[\w-]+(?:/[\w.-]+)+)")
_ON = frozenset({"yes", "on", "true", "1", "y"})
_OPENS = re.compile(r"^[ \t]*(?:if|case)\b")
_ENDS = re.compile(r"^[ \t]*(?:fi|esac)\b")
_DEEP = 2
"""Folders of a path that make a part, where there are so many."""


def installer_parts(texts: Sequence[tuple[str, str]], paths: Collection[str]) -> list[Off]:
    """Return the files of folders that scripts name only where a variable is on which every file leaves off."""
    scripts = [text for path, text in texts if path.endswith(".sh")]
    guarded = [one for text in scripts for one in _branches(text)]
    if not guarded:
        return []
    folders = {one.rpartition("/")[0] for one in paths}
    parts: dict[str, set[str]] = defaultdict(set)
    for name, said in guarded:
        for match in _PATH.finditer(said):
            if folder := _part(match["path"], folders):
                parts[folder].add(name)
    values = _values(texts, parts)
    off = {folder: min(names) for folder, names in parts.items() if all(values.get(one) and not values[one] & _ON for one in names)}  # fmt: skip
    return [
        whole(path, f"an installer takes {folder} only where {name} is on, and it is off by default")
        for folder, name in off.items()
        if not _is_named_otherwise(folder, texts, [said for _, said in guarded])
        for path in paths
        if path.startswith(f"{folder}/")
    ]


def _branches(text: str) -> Iterator[tuple[str, str]]:
    """Yield each variable that must be on, with the lines of its branch."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        match = _BRANCH.match(line) if "if" in line else None
        if match is None:
            continue
        depth, inside = 0, []
        for inner in lines[number + 1 :]:
            if depth == 0 and (_ENDS.match(inner) or re.match(r"^[ \t]*(?:else|elif)\b", inner)):
                break
            depth += bool(_OPENS.match(inner)) - bool(_ENDS.match(inner))
            inside.append(inner)
        yield match["name"], "\n".join(inside)


def _part(path: str, folders: set[str]) -> str:
    """Return the folder of a part that a path leads into, where the checkout has it."""
    names = path.split("/")[:-1][:_DEEP]
    folder = "/".join(names)
    return folder if len(names) == _DEEP and any(one == folder or one.startswith(f"{folder}/") for one in folders) else ""  # fmt: skip


def _values(texts: Sequence[tuple[str, str]], parts: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return what variables are set to, anywhere but in the parts themselves."""
    names = {name for several in parts.values() for name in several}
    found: dict[str, set[str]] = defaultdict(set)
    for path, text in texts:
        if path.endswith((".py", ".ts", ".js")) or path.startswith(tuple(f"{one}/" for one in parts)):
            continue
        for match in _SETS.finditer(text) if any(name in text for name in names) else ():
            if match["name"] in names:
                found[match["name"]].add(match["value"].lower())
    return found


def _is_named_otherwise(folder: str, texts: Sequence[tuple[str, str]], guarded: Sequence[str]) -> bool:
    """Say whether anything else than such a branch, or the part itself, names its folder."""
    for path, text in texts:
        if folder not in text or path.startswith(f"{folder}/"):
            continue
        inside = sum(said.count(folder) for said in guarded if said in text)
        lines = sum(line.count(folder) for line in text.split("\n") if not line.lstrip().startswith(("#", "//")))  # fmt: skip
        if lines > inside:
            return True
    return False
