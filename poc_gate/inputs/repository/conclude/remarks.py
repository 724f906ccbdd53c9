"""What is worth knowing and no field of the manifest holds -> one remark of each kind, of the nearest file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.noting.signals import RemarkSeen
from poc_gate.inputs.repository.reading import FoundRemark
from poc_gate.inputs.repository.tables.marks.remarks import remark_of_package, remark_of_path
from poc_gate.model.claim import Notice, Place
from poc_gate.text.some_of import some_of

_IN_DOCS = re.compile(
    r"(?i)(?:^|/)(?:(?:[a-z]+)?docs?|documentation|\.github|\.claude|\.cursor|\.agents?|\.gemini|\.codex|\.kiro|\.windsurf|\.opencode)/"
)
"""Pages about prompts, and what assistants that write code are told, are no prompts of the pilot."""
_FAR = (Standing.TEST, Standing.VENDORED)
_ANYWHERE = frozenset({"load-plan", "licence"})
"""Readers of files that say the same wherever they are."""
_MOST_OF_ONES_OWN = 80
"""Packages that people list by themselves at most."""
_MOST_OTHERS = 3
"""Further values that one remark spells out."""


def conclude_remarks(ground: Ground, paths: Iterable[str]) -> tuple[FoundRemark, ...]:
    """Return one remark of each kind, sorted by kind; what lies in tests and in copies of others does not count."""
    best: dict[str, list[RemarkSeen]] = {}
    seen = [one for one in ground.signals.remarks if ground.counts(one.standing) or one.reader in _ANYWHERE]
    seen += [*_of_paths(paths), *_of_packages(ground)]
    for one in sorted(seen, key=lambda seen: (seen.standing, seen.place)):
        best.setdefault(one.kind, []).append(one)
    return tuple(_remark(kind, found) for kind, found in sorted(best.items()))


def ask_owner(remarks: Iterable[FoundRemark]) -> list[Notice]:
    """Return the question which role runs the service, where people are named who review its changes."""
    owners = [one for one in remarks if one.kind == "owners of the code"]
    what = "people.service_owner is not said: this file names who reviews changes, not which role runs the service"
    return [Notice("question", what, one.place, "write the role, not a handle: `people.service_owner`") for one in owners]  # fmt: skip


def _remark(kind: str, found: list[RemarkSeen]) -> FoundRemark:
    nearest = [one for one in found if one.standing == found[0].standing]
    values = list(dict.fromkeys(one.value for one in nearest if one.value))
    shown = some_of(values, _MOST_OTHERS)
    says = shown or found[0].says
    return FoundRemark(kind, says, found[0].place, found[0].reader)


def _of_paths(paths: Iterable[str]) -> Iterable[RemarkSeen]:
    for path in paths:
        row = remark_of_path(path.lower())
        standing = standing_of(path)
        if (
            row is not None
            and standing not in _FAR
            and not (row.kind == "prompts in files" and _IN_DOCS.search(path))
        ):
            yield RemarkSeen(row.kind, row.says, "", Place(path), "walk", standing)


def _of_packages(ground: Ground) -> Iterable[RemarkSeen]:
    sizes = Counter(package.place.file for package in ground.signals.packages)
    for package in ground.signals.packages:
        if package.ecosystem == "python" and sizes[package.place.file] > _MOST_OF_ONES_OWN:
            continue  # everything that is installed, most of it brought along by others
        found = remark_of_package(package.name)
        if found is not None and not package.optional and ground.counts(package.standing):
            says = f"{found[1]} ({package.name})"
            yield RemarkSeen(found[0], says, "", package.place, "packages", package.standing)
