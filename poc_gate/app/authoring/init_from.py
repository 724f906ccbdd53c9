"""A repository -> what its files say already, ready to stand in a new manifest with each value's origin."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from msgspec.structs import replace

from poc_gate.app.authoring.found_files import Findings, FoundFile
from poc_gate.app.authoring.init import Known, sources_of
from poc_gate.app.authoring.repository_hints import hints_from
from poc_gate.app.imports.companion_files import merge, read_companion
from poc_gate.app.imports.fitting_claims import fitting_claims
from poc_gate.app.imports.one_of_a_kind import Read, choose
from poc_gate.artifacts.inside_folder import read_bounded
from poc_gate.artifacts.read_artifact import importers, read_artifact
from poc_gate.artifacts.reading import ImportResult
from poc_gate.errors import InvalidInputError, UsageError
from poc_gate.model.claim import Claim, Notice, Place, Provenance, Value

MOST_FILES = 20_000
MOST_READ = 1_000
LARGEST_FILE = 32 << 20
DEEPEST = 12
_PASSED_OVER = frozenset(
    [
        ".git",
        ".hg",
        ".svn",
        ".venv",
        "venv",
        "env",
        "node_modules",
        "__pycache__",
        ".cache",
        ".tox",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        "site-packages",
        "dist",
        "build",
        "target",
        ".terraform",
        ".idea",
        ".vscode",
    ]
)
_BUILT = "target"
_FIELDS = {
    "model-config": "model.config",
    "weights-index": "model.weights_index",
    "ml-bom": "model.bom",
    "slo": "slo.file",
    "kubernetes": "target.kubernetes",
    "openlineage": "pipeline.lineage",
    "prometheus": "monitoring.alerts",
    "evaluation": "evaluation.report",
    "model-card": "evaluation.model_card",
}
"""Group of importers -> the manifest's key that names such a file."""

_NAMING = frozenset({"contract", *(key.rpartition(".")[2] for key in _FIELDS.values())})
"""Last part of each key that names a file to import from."""

_NOT_TAKEN = ("requirements", "freshness")
"""Groups that say nothing a manifest states; `imports:` may list them."""

_SHARD = re.compile(r"-\d+-of-\d+\.safetensors$")
"""Parts of a split weight file: each says something of itself only, the index beside them says it of all."""

Progress = Callable[[str, float], None]


def look_through(repository: Path, folder: Path, progress: Progress = lambda _what, _share: None) -> Findings:
    """Return what the files below `repository` say about a pilot whose manifest will stand in `folder`.

    Files outside `folder` give values but cannot be named in the manifest. Raises UsageError when
    `repository` is no folder.
    """
    if not repository.is_dir():
        raise UsageError(f"{repository} is not a folder", next_step="name the repository's folder")
    base, home = repository.resolve(), folder.resolve()
    paths, complete = _walk(base)
    candidates = [path for path in paths if _is_candidate(path.name)]
    files: list[FoundFile] = []
    claims: list[Claim] = []
    notices: list[Notice] = []
    read: list[Read] = []
    for number, path in enumerate(candidates[:MOST_READ]):
        progress(f"reading {path.name}", number / max(1, len(candidates)))
        inside = path.relative_to(base).as_posix()
        found = _read(path, inside, files)
        if found is not None:
            beside = read_companion(found, inside, base, inside)
            read.append(Read(inside, merge(found, beside)[0] if beside else found))
    chosen, asked = choose(read)
    for one in chosen:
        claims += _with_file(one.result, base / one.path, home)
        notices += [notice for notice in one.result.notices if notice.kind != "ignored"]
    spoken = {one.path for one in chosen}
    notices += [n for one in read if one.path not in spoken for n in one.result.notices if n.kind == "secret"]
    claims += hints_from(base, paths, home, claims)
    kept, dropped = fitting_claims(_one_voice(claims))
    kept += _further_files(chosen, kept, base, home)
    currency = next((str(claim.value) for claim in kept if claim.fact == "cost.currency"), "")
    known = Known(tuple(kept), sources_of(kept), currency)
    complete = complete and len(candidates) <= MOST_READ
    notices += asked
    return Findings(tuple(files), known, (*notices, *dropped), len(paths), complete)


def _walk(base: Path) -> tuple[list[Path], bool]:
    """Return the plain files below a folder, links left out, in a fixed order, and whether that is all."""
    found: list[Path] = []
    for where, folders, names in os.walk(base, followlinks=False):
        depth = len(Path(where).relative_to(base).parts)
        folders[:] = sorted(
            name
            for name in folders
            if depth < DEEPEST and (name not in _PASSED_OVER or _is_dbt(Path(where, name)))
        )
        if Path(where).name == _BUILT:
            folders.clear()  # what dbt compiled lies below
        for name in sorted(names):
            path = Path(where, name)
            if path.is_symlink() or not path.is_file():
                continue
            if len(found) >= MOST_FILES:
                return found, False
            found.append(path)
    return found, True


def _is_dbt(folder: Path) -> bool:
    """Tell the folder into which dbt writes its manifest from one into which a compiler writes."""
    return folder.name == _BUILT and any(
        (folder / name).is_file() for name in ("manifest.json", "sources.json")
    )


def _is_candidate(name: str) -> bool:
    if name in ("pilot.yaml", "package-lock.json") or _SHARD.search(name):
        return False
    return any(
        fnmatch(name.lower(), pattern.lower()) for importer in importers() for pattern in importer.patterns
    )


def _read(path: Path, inside: str, files: list[FoundFile]) -> ImportResult | None:
    """Return what a file says, or None; files of no known kind are passed over in silence."""
    try:
        weights = path.suffix in (".safetensors", ".gguf")
        if not weights and path.stat().st_size > LARGEST_FILE:
            files.append(FoundFile(inside, "", 0, f"over {LARGEST_FILE >> 20} MiB"))
            return None
        result = read_artifact(read_bounded(path, inside), inside)
    except (InvalidInputError, OSError) as error:
        what = error.faults[0].what if isinstance(error, InvalidInputError) else str(error.strerror)
        if "not recognised" not in what:
            files.append(FoundFile(inside, "", 0, what))
        return None
    if result.claims or result.derived:
        files.append(FoundFile(inside, result.kind, len(result.claims)))
        return result
    return None


def _with_file(result: ImportResult, path: Path, home: Path) -> Iterator[Claim]:
    """Yield the claims of a file, and the manifest's key that names it where the manifest can reach it."""
    group = next(importer.group for importer in importers() if importer.name == result.kind)
    if group in _NOT_TAKEN and group != "freshness":
        return
    if path.is_relative_to(home):
        inside = path.relative_to(home).as_posix()
        key = _FIELDS.get(group)
        if group == "contract":
            item = next(
                (c.fact.partition("]")[0] for c in result.claims if c.fact.startswith("sources[")), ""
            )
            key = f"{item}].contract" if item else None
        if key:
            yield _said(key, inside, result)
        if group == "model-config":
            yield _said("model.artifact", str(Path(inside).parent), result, "folder of config.json")
    yield from result.claims
    for item in dict.fromkeys(
        c.fact.partition("]")[0] + "]" for c in result.claims if c.fact.startswith("sources[")
    ):
        yield _said(f"{item}.id", item.partition("[")[2].rstrip("]"), result, "named after the file")


def _further_files(chosen: list[Read], kept: list[Claim], base: Path, home: Path) -> list[Claim]:
    """Return the claim of `imports:`: files that values come from and no other key names.

    Without it their values would count as typed, though a file shows them.
    """
    named = {claim.value for claim in kept if claim.fact.rpartition(".")[2] in _NAMING}
    speaking = {claim.place.file for claim in kept}
    speaking |= {one.path for one in chosen if one.result.group == "requirements" and "/" not in one.path}
    inside = [
        (base / one.path).relative_to(home).as_posix()
        for one in chosen
        if one.path in speaking and (base / one.path).is_relative_to(home)
    ]
    further = tuple(path for path in inside if path not in named)
    return [Claim("imports", further, Provenance.IMPORTED, Place("the repository"))] if further else []


def _said(fact: str, value: Value, result: ImportResult, note: str = "") -> Claim:
    place = result.claims[0].place if result.claims else Place("")
    return Claim(fact, value, Provenance.IMPORTED, Place(place.file), note, result.sha256)


def _one_voice(claims: list[Claim]) -> list[Claim]:
    """Return the first claim of each fact; the others stand in their files, and assess will compare them."""
    first: dict[str, Claim] = {}
    for claim in claims:
        first.setdefault(claim.fact, replace(claim, note=""))
    return list(first.values())
