"""Python's dependency files -> packages: pyproject, requirements, Pipfile, environment.yml, setup.cfg."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from poc_gate.errors import InvalidInputError, UnreadableError
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.text.documents.bounded_toml import read_toml

_NAME = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
_REQUIREMENTS = re.compile(
    r"(?:^|/)[\w.-]*requirements[\w.-]*\.(?:txt|in)$|(?:^|/)requirements/[\w.-]+\.(?:txt|in)$"
)
_CONDA = re.compile(r"(?:^|/)(?:conda-?)?env(?:ironment)?[\w.-]*\.ya?ml$")
_DEVELOPMENT = re.compile(r"(?i)dev|test|lint|docs?|typing|ci|build|eval|notebook|bench")
_OF_WORK = re.compile(
    r"(?i)(?:dev|test|lint|docs?|typing|ci|build|eval|notebooks?|bench|examples?)(?:$|[-_\d]|elopment|ing$|s$)"
)
"""Names of extras for those who work on the program."""
_ITEM = re.compile(r"^\s*-\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:[=<>~!\[].*)?$")


_WANTED = re.compile(r"-r |\.toml|\.in\b|setup\.(?:py|cfg)|\(")
"""Behind `# via`: the package is wanted by a file, not only by another package."""


_WANTS_LIST = re.compile(r"\binstall_requires\s*=\s*\[((?:[^\[\]]|\[[^\]]{0,200}\])*)\]")
"""What a set-up program says that it needs, where it is a plain list."""


def _wants(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name in {"pyproject.toml", "pipfile", "setup.cfg", "setup.py"} or bool(
        _REQUIREMENTS.search(path) or _CONDA.search(path)
    )


def _read(file: TextFile, notes: Notes) -> None:
    if file.name.endswith(".toml") or file.name == "pipfile":
        _read_toml(file, notes)
        return
    if file.name == "setup.py":
        for listed in _WANTS_LIST.finditer(file.text[:50_000]):
            for requirement in re.findall(r"[\"']([^\"'\n]{2,200})[\"']", listed[1]):
                _note(requirement, file, notes, optional=False)
        return
    optional = bool(_DEVELOPMENT.search(file.name))
    pattern = _ITEM if file.name.endswith((".yml", ".yaml")) else _NAME
    brought = _brought(file.lines)
    for number, line in enumerate(file.lines, start=1):
        match = pattern.match(line)
        if match and not line.lstrip().startswith(("#", "-r", "-c", "--")):
            place = file.place(number, match.start(1) + 1)
            notes.package(match[1], "python", place, optional=optional or number in brought)


def _brought(lines: Sequence[str]) -> set[int]:
    """Return the lines of packages that only others bring along, where a tool that compiled the file says so: `# via`."""
    found: set[int] = set()
    package, wanted, told = 0, False, False
    for number, line in enumerate([*lines, "end"], start=1):
        remark = line.strip().removeprefix("#").strip() if line[:1].isspace() and "#" in line else ""
        if remark:
            told = told or remark.startswith("via")
            wanted = wanted or bool(_WANTED.search(remark))
        elif line.strip() and not line.startswith((" ", "\t", "#")):
            if told and not wanted:
                found.add(package)
            package, wanted, told = number, False, False
    return found


def _read_toml(file: TextFile, notes: Notes) -> None:
    try:
        data = read_toml(file.text, "", "")
    except InvalidInputError as error:
        raise UnreadableError(error.faults[0].what) from None
    project = _table(data.get("project"))
    for requirement in _list(project.get("dependencies")):
        _note(requirement, file, notes, optional=False)
    for group, requirements in _table(project.get("optional-dependencies")).items():
        for requirement in _list(requirements):
            _note(
                requirement,
                file,
                notes,
                optional=not _is_all(str(group)),
                extra=not _OF_WORK.match(str(group)),
            )
    poetry = _table(_table(data.get("tool")).get("poetry"))
    for name, how in _table(poetry.get("dependencies")).items():
        _note(name, file, notes, optional=isinstance(how, dict) and bool(how.get("optional")))
    for requirements in _table(data.get("dependency-groups")).values():
        for requirement in _list(requirements):
            _note(requirement, file, notes, optional=True)
    for name in _table(data.get("packages")):
        _note(str(name), file, notes, optional=False)


def _is_all(group: str) -> bool:
    return group.lower() in {"all", "server", "api", "production", "prod", "app", "web", "serve"}


def _note(requirement: Any, file: TextFile, notes: Notes, *, optional: bool, extra: bool = False) -> None:
    match = _NAME.match(requirement) if isinstance(requirement, str) else None
    if match is None or match[1] == "python":
        return
    found = re.search(rf"(?m)^[^#\n]*?(?<![\w.-]){re.escape(match[1])}(?![\w.-])", file.text)
    place = file.at(found.end() - len(match[1])) if found else file.place(1)
    notes.package(match[1], "python", place, optional=optional, extra=extra)


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


READER = Reader(
    name="python-packages",
    summary="Python's dependency files: pyproject, requirements, Pipfile, environment.yml",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
