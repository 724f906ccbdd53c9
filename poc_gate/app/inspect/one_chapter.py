"""The dependency file of one chapter of a course -> it does not say that everything is pinned, where other chapters list nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from poc_gate.app.imports.one_of_a_kind import Read
from poc_gate.inputs.repository.files.names.lessons import CHAPTER
from poc_gate.model.claim import Notice, Place

_LISTS = re.compile(
    r"(?i)(?:^|/)(?:[\w.-]*requirements[\w.-]*\.(?:txt|in)|[\w.-]+\.lock|pyproject\.toml|pipfile|setup\.(?:py|cfg)|package\.json|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|[\w.-]+\.csproj|(?:[\w.-]+[-_.])?(?:env|environment|conda)\.ya?ml)$"
)
_RUNS = re.compile(r"(?i)\.(?:py|ts|js|mjs|java|kt|go|cs|ipynb)$|(?:^|/)dockerfile$")
_FEW = 3


def without_one_chapter(lock: Sequence[Read], paths: Iterable[str]) -> tuple[list[Read], list[Notice]]:
    """Return the files without what one chapter alone says to be pinned, and what is asked in its place."""
    kept: list[Read] = []
    asked: list[Notice] = []
    for one in lock:
        bare = (
            _bare_chapters(one.path, paths) if any(claim.value is True for claim in one.result.claims) else []
        )
        if not bare:
            kept.append(one)
            continue
        what = f"{one.path} is of one chapter of several, and {bare[0]} lists no packages"
        asked.append(Notice("question", what, Place(one.path), "say under `security.dependencies_pinned` what ships"))  # fmt: skip
        claims = tuple(claim for claim in one.result.claims if claim.value is not True)
        kept.append(replace(one, result=replace(one.result, claims=claims)))
    return kept, asked


def _bare_chapters(path: str, paths: Iterable[str]) -> list[str]:
    """Return the chapters beside that of a file which hold code and list no packages; none where there are few chapters."""
    own = CHAPTER.match(path)
    if own is None or "/" not in path:
        return []
    kind = (own["kind"] or "").lower()
    coded: set[str] = set()
    listed: set[str] = set()
    for one in paths:
        chapter, inside, _ = one.partition("/")
        match = CHAPTER.match(f"{chapter}/") if inside else None
        if match is None or (match["kind"] or "").lower() != kind:
            continue
        if _LISTS.search(one):
            listed.add(chapter)
        elif _RUNS.search(one):
            coded.add(chapter)
    return sorted(coded - listed) if len(coded | listed) >= _FEW else []
