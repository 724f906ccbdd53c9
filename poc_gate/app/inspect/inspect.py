"""A checkout -> its reading, completed by the files that the importers know: contracts, model configs, objectives, locks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from pathlib import Path

from msgspec.structs import replace

from poc_gate.app.imports.companion_files import merge, read_companion
from poc_gate.app.imports.fitting_claims import fitting_claims
from poc_gate.app.imports.one_of_a_kind import Read, choose
from poc_gate.app.inspect.lock_files import choose_lock
from poc_gate.artifacts.inside_folder import read_bounded
from poc_gate.artifacts.read_artifact import importers, read_artifact
from poc_gate.artifacts.reading import ImportResult
from poc_gate.errors import InvalidInputError
from poc_gate.model.claim import Claim, Notice
from poc_gate.repository.read_repository import read_repository
from poc_gate.repository.reading import Certainty, FileLeft, FileRead, FoundFact, RepositoryReading
from poc_gate.repository.standing import Standing, is_workflow, standing_of

MOST_READ = 400
LARGEST_FILE = 32 << 20
_OWN_INTERFACE = "openapi"
_LOCKS = "requirements"
_PARTS = "-of-0"
Progress = Callable[[str, float], None]


def inspect_repository(
    folder: Path, *, service: str = "", progress: Progress = lambda _what, _share: None
) -> RepositoryReading:
    """Return everything that a checkout says, files of known kinds included; writes nothing, runs nothing.

    Args:
        folder: The checkout.
        service: Name or folder of the one service that is meant, where there are several.
        progress: Is told what is read and the share that is done.

    Raises:
        UsageError: `folder` is no folder, or holds no service of that name.
    """
    reading = read_repository(folder, service=service, progress=progress)
    base = folder.resolve()
    taken: list[Read] = []
    left: list[FileLeft] = []
    candidates = [path for path in reading.paths if _is_candidate(path)]
    for number, path in enumerate(sorted(candidates, key=lambda one: (standing_of(one), one))):
        progress(f"reading {path}", number / len(candidates))
        why = _why_not(path, len(taken))
        if why:
            left.append(FileLeft(path, why))
            continue
        result = _import(base / path, path, left)
        if result is not None:
            beside = read_companion(result, path, base, path)
            taken.append(Read(path, merge(result, beside)[0] if beside else result))
    return _joined(reading, taken, left)


def _joined(reading: RepositoryReading, taken: list[Read], left: list[FileLeft]) -> RepositoryReading:
    """Return the reading with what the importers found; a value that the reading has already stays."""
    locks = [one for one in taken if one.result.group == _LOCKS]
    others = [one for one in taken if one.result.group != _LOCKS]
    chosen, asked = choose(others)
    lock, about_locks = choose_lock(locks, [part.folder for part in reading.services if part.uses_ai])
    spoken = {one.path for one in (*chosen, *lock)}
    stated = {found.claim.fact for found in reading.facts}
    facts = list(reading.facts)
    questions: list[Notice] = [*reading.questions, *asked, *about_locks]
    for one in (*chosen, *lock):
        kept, dropped = fitting_claims(one.result.claims)
        questions += [
            notice for notice in (*one.result.notices, *dropped) if notice.kind in {"question", "secret"}
        ]
        facts += _new_facts(kept, one.result.kind, stated)
    why = "another file of its kind is nearer to what ships, or it says nothing that is asked"
    left.extend(FileLeft(one.path, why) for one in taken if one.path not in spoken)
    read = [FileRead(one.path, one.result.kind, len(one.result.claims)) for one in (*chosen, *lock)]
    return replace(
        reading,
        facts=tuple(facts),
        questions=tuple(dict.fromkeys(questions)),
        files=(*reading.files, *read),
        left=tuple(dict.fromkeys((*reading.left, *left))),
        imported=tuple((one.path, one.result.kind) for one in (*chosen, *lock)),
    )


def _new_facts(claims: Iterable[Claim], kind: str, stated: set[str]) -> list[FoundFact]:
    found: list[FoundFact] = []
    for claim in claims:
        if claim.fact not in stated:
            stated.add(claim.fact)
            found.append(FoundFact(claim, kind, Certainty.STATED))
    return found


def _is_candidate(path: str) -> bool:
    name = path.rpartition("/")[2]
    if name in ("pilot.yaml", "package-lock.json", "package.json") or (
        _PARTS in name and name.endswith(".safetensors")
    ):
        return False
    return any(
        fnmatch(name.lower(), pattern.lower()) for importer in importers() for pattern in importer.patterns
    )


def _why_not(path: str, taken: int) -> str:
    """Return why a file of a known kind is not read, or an empty text."""
    standing = standing_of(path)
    name = path.rpartition("/")[2].lower()
    if is_workflow(path) or path.startswith("."):
        return "not used: it belongs to tools around the pilot"
    if (
        standing > Standing.SUPPORT
        and not (standing is Standing.DOCS and name == "readme.md")
        and standing is not Standing.MEASURED
    ):
        return f"not used: {standing.words}"
    return "not opened: the limit of files was reached" if taken >= MOST_READ else ""


def _import(full: Path, path: str, left: list[FileLeft]) -> ImportResult | None:
    """Return what a file says to its importer, or None; files of no known kind are passed over in silence."""
    try:
        weights = full.suffix in (".safetensors", ".gguf")
        if not weights and full.stat().st_size > LARGEST_FILE:
            left.append(FileLeft(path, f"over {LARGEST_FILE >> 20} MiB"))
            return None
        result = read_artifact(read_bounded(full, path), path)
    except (InvalidInputError, OSError) as error:
        what = error.faults[0].what if isinstance(error, InvalidInputError) else str(error.strerror)
        if "not recognised" not in what:
            left.append(FileLeft(path, what))
        return None
    if result.kind == _OWN_INTERFACE:
        left.append(
            FileLeft(
                path, "a description of an interface: most often the repository's own, which is no source"
            )
        )
        return None
    return result if result.claims or result.derived else None
