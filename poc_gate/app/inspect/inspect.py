"""A checkout -> its reading, completed by the files that the importers know: contracts, model configs, objectives, locks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.app.imports.fitting_claims import fitting_claims
from poc_gate.app.imports.one_of_a_kind import Read, choose
from poc_gate.app.inspect.exported_locks import as_exported
from poc_gate.app.inspect.installed_by_name import installed_by_name
from poc_gate.app.inspect.installed_parts import loose_image, where_installed
from poc_gate.app.inspect.known_files import LOCKS, import_file, is_candidate, name_of, names_of, why_not
from poc_gate.app.inspect.lists_of_tools import without_side_lists
from poc_gate.app.inspect.lock_files import (
    SEVERAL,
    choose_lock,
    is_of_javascript,
    is_passed_over,
    ranks_of,
    without_left_behind,
)
from poc_gate.app.inspect.named_files import named_files
from poc_gate.app.inspect.no_field import without_idle_questions
from poc_gate.app.inspect.one_chapter import without_one_chapter
from poc_gate.app.inspect.other_locks import KIND as OTHER_LOCK
from poc_gate.app.inspect.other_locks import loose_beside, other_locks_of, read_other_lock
from poc_gate.app.inspect.prompt_version import prompt_version
from poc_gate.app.inspect.set_images import without_replaced_images
from poc_gate.app.inspect.used_in_part import said_in_part
from poc_gate.inputs.artifacts.pilot.companion_files import merge, read_companion
from poc_gate.inputs.artifacts.serving.pod_claims import OF_THE_CLUSTER
from poc_gate.inputs.repository.conclude.stated.weighing import (
    no_surer_than_its_kind,
    no_surer_than_their_roles,
)
from poc_gate.inputs.repository.deployment.helm.kustomize_reader import files_of_kustomize
from poc_gate.inputs.repository.deployment.helm.values_reader import is_of_others
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.read_repository import read_repository
from poc_gate.inputs.repository.reading import (
    Certainty,
    FileLeft,
    FileRead,
    FoundFact,
    FoundModel,
    RepositoryReading,
)
from poc_gate.model.claim import Claim, Notice, Place

_PINNED = "security.dependencies_pinned"
_OF_ALL = frozenset({"operations.infrastructure_as_code", "model.kind"})
"""Facts that hold for all workloads together, wherever one is written."""
_NOT_INSTALLED = "not used: the Dockerfile installs packages without it"
_FARTHER = "another file of its kind is closer to what ships, or it says nothing that poc-gate asks"
Progress = Callable[[str, float], None]


class Inspection(Struct, frozen=True):
    """The reading of a checkout, and what the importers said of the files that were taken."""

    reading: RepositoryReading
    imported: tuple[Read, ...]


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
    return inspect_files(folder, service=service, progress=progress).reading


def inspect_files(
    folder: Path, *, service: str = "", progress: Progress = lambda _what, _share: None
) -> Inspection:
    """Return what `inspect_repository` does, with the results of the importers beside it."""
    reading = read_repository(folder, service=service, progress=progress)
    base = folder.resolve()
    version = prompt_version(base, reading)
    if version is not None and reading.fact("model.prompt_version") is None:
        reading = replace(reading, facts=(*reading.facts, version))
    taken: list[Read] = []
    left: list[FileLeft] = []
    charts = [path for path in reading.paths if path.lower().endswith("chart.yaml") and standing_of(path) <= Standing.SUPPORT and not is_of_others(path)]  # fmt: skip
    busy = _busy(reading, base)
    candidates = [path for path in reading.paths if is_candidate(path)]
    locks = other_locks_of(reading.paths, busy)
    candidates += locks
    candidates = without_side_lists(base, without_left_behind(candidates, reading.paths), reading.paths, reading.services)  # fmt: skip
    ranks = ranks_of([*locks, *(path for path in candidates if names_of(LOCKS).match(name_of(path)))], busy)
    kustomized = files_of_kustomize(base, reading.paths)
    nearest: tuple[int, ...] = ()
    passed = [path for path in candidates if is_passed_over(base, path)]
    for number, path in enumerate(
        sorted(candidates, key=lambda one: (ranks.get(one, ()), standing_of(one), one))
    ):
        progress(f"reading {path}", number / len(candidates))
        if nearest and ranks.get(path, ()) > nearest:
            left.append(FileLeft(path, _FARTHER))
            continue
        why = _NOT_INSTALLED if _is_beside(path, passed) else why_not(path, len(taken))
        if why:
            nearest = nearest or (ranks.get(path, ()) if path in passed else ())
            left.append(FileLeft(path, why))
            continue
        if path in locks:
            other = read_other_lock(base / path, path)
            taken += [Read(path, other)] if other else []
            nearest = nearest or (ranks.get(path, ()) if other else ())
            continue
        result = import_file(base / path, path, left, deployed=path in kustomized.listed)
        if result is not None and result.group == "kubernetes" and (charts or path in kustomized.unlisted):
            left.append(FileLeft(path, _not_deployed(charts)))
            continue
        if result is not None:
            result = as_exported(base, path, result)
            beside = read_companion(result, path, base, path)
            taken.append(Read(path, merge(result, beside)[0] if beside else result))
            nearest = nearest or ranks.get(path, ())
    known = {one.folder for one in taken if one.result.group == LOCKS and not is_of_javascript(one.path)}
    first = next((path for path in passed if ranks.get(path) == nearest and path.rpartition("/")[0] not in known), "")  # fmt: skip
    if first:
        taken = [one for one in taken if one.result.group != LOCKS] + loose_beside(base, first)
        reading = replace(reading, questions=(*reading.questions, _around(first)))
    elif not any(one.result.group == LOCKS for one in taken):
        taken += installed_by_name(base, reading.paths)
    found = _joined(reading, taken, left, base, kustomized.listed)
    return replace(found, reading=_as_sure_as_it_is(without_replaced_images(found.reading, base)))


def _around(lock: str) -> Notice:
    what = f"the Dockerfile installs packages without {lock}, so the versions that ship are not known"
    return Notice("question", what, Place(lock), "say under `security.dependencies_pinned` what ships")


def _as_sure_as_it_is(reading: RepositoryReading) -> RepositoryReading:
    """Return the reading with nothing surer than such values turned out to be in checkouts that no reader was tuned on."""
    facts = no_surer_than_its_kind(reading.facts, len(reading.paths))
    return replace(reading, facts=facts, models=no_surer_than_their_roles(reading.models))


def _not_deployed(charts: list[str]) -> str:
    """Return why a manifest does not count: a chart is deployed in its place, or Kustomize leaves it out."""
    if charts:
        return f"not used: the chart says how it is deployed ({charts[0]})"
    return "not used: the Kustomize file of its folder does not list it"


def _is_beside(path: str, passed: list[str]) -> bool:
    """Say whether a file is a lock that an image passes over, or the list beside it that the lock is made from."""
    return any(path in (one, f"{one.rpartition('/')[0]}/pyproject.toml".lstrip("/")) for one in passed)


def _busy(reading: RepositoryReading, base: Path) -> list[str]:
    """Return the folders from which the parts that use models are installed."""
    parts = [part.folder for part in reading.services if part.uses_ai and not _STANDS_IN.search(part.folder)]
    return list(dict.fromkeys(where_installed(base, folder) for folder in parts))


_STANDS_IN = re.compile(r"(?i)(?:^|[/_-])(?:mock|fake|stub|dummy)s?(?:$|[/_-])")
"""Folders of what stands in for a model where people develop."""


def _beside_loose(lock: list[Read], base: Path) -> tuple[list[Read], list[Notice]]:
    """Return the list that ships without what another image belies: one that installs packages without a version."""
    pinned = [one for one in lock if any(claim.fact == _PINNED and str(claim.value) == "True" for claim in one.result.claims)]  # fmt: skip
    loose = loose_image(base, ("", *(one.folder for one in pinned))) if pinned else None
    if loose is None:
        return lock, []
    what = f"{pinned[0].path} has a version of each package, but {loose.path} installs {loose.package} without one; both are built"
    asked = Notice("question", what, Place(loose.path), f"say under `{_PINNED}` what ships")
    kept = [replace(one, result=replace(one.result, claims=tuple(claim for claim in one.result.claims if str(claim.value) != "True"))) for one in lock]  # fmt: skip
    return kept, [asked]


def _joined(
    reading: RepositoryReading, taken: list[Read], left: list[FileLeft], base: Path, deployed: frozenset[str]
) -> Inspection:
    """Return the reading with what the importers found; a value that the reading has already stays."""
    locks = [one for one in taken if one.result.group == LOCKS]
    others = [one for one in taken if one.result.group != LOCKS]
    chosen, asked = choose(others, reading.name)
    lock, about_locks = choose_lock(locks, _busy(reading, base))
    lock, about_loose = _beside_loose(lock, base)
    lock, about_chapters = without_one_chapter(lock, reading.paths)
    spoken = {one.path for one in (*chosen, *lock)}
    stated = {found.claim.fact for found in reading.facts}
    facts = [found for found in reading.facts if not _of_another_workload(found, chosen)]
    questions: list[Notice] = [*reading.questions, *asked, *about_locks, *about_loose, *about_chapters]
    for one in (*chosen, *lock):
        kept, dropped = fitting_claims(_of_the_pilot(one, reading))
        questions += [
            notice for notice in (*one.result.notices, *dropped) if notice.kind in {"question", "secret"}
        ]
        facts = [found for found in facts if not _outdone(found, kept)]
        stated = {found.claim.fact for found in facts}
        facts += _new_facts(kept, one.result.kind, stated)
    questions += [notice for one in taken if one.path not in spoken for notice in one.result.notices if notice.kind == "secret"]  # fmt: skip
    left.extend(FileLeft(one.path, _FARTHER) for one in taken if one.path not in spoken)
    facts += named_files(reading.paths, stated)
    read = [FileRead(one.path, one.result.kind, len(one.result.claims)) for one in (*chosen, *lock)]
    # No importer reads the locks of other package managers.
    taken_up = [one for one in (*chosen, *lock) if one.result.kind != OTHER_LOCK]
    whole = replace(
        reading,
        facts=tuple(facts),
        models=_of_workloads(reading.models, taken, spoken | deployed),
        questions=tuple(dict.fromkeys(questions)),
        files=(*reading.files, *read),
        left=tuple(dict.fromkeys((*reading.left, *left))),
    )
    return Inspection(said_in_part(without_idle_questions(whole)), tuple(taken_up))


_ENCODES = frozenset({"embedding", "classifier", "vision", "reranker", "speech"})
_OF_OWN_WEIGHTS = frozenset({"model-config", "weights-index"})
"""Groups of files that lie beside weights: where a provider runs the model that answers, they are of another one."""
_OF_ANSWERS = ("model.attention_layers", "model.kv_bytes_per_token")
"""Of models that write answers word by word; what a model's files say of others is zero, and misleads."""


def _of_the_pilot(one: Read, reading: RepositoryReading) -> list[Claim]:
    """Return what a file says of the pilot: the card of a model that lies beside it speaks of that model alone.

    What a cluster takes by itself no file says.
    """
    claims = [claim for claim in one.result.claims if claim.note != OF_THE_CLUSTER]
    if f"{one.path.rpartition('/')[0]}/config.json" in reading.paths:
        claims = [claim for claim in claims if claim.fact.startswith("model.")]
    hosting = reading.fact("model.hosting")
    if hosting is not None and hosting.claim.value == "hosted" and one.result.group in _OF_OWN_WEIGHTS:
        claims = [claim for claim in claims if not claim.fact.startswith("model.")]
    encodes = any(claim.fact == "model.attention_layers" and str(claim.value) == "0" for claim in claims)
    chats = any(model.role == "chat" for model in reading.models) or any(
        question.models for question in reading.questions
    )
    if encodes and one.result.group in _OF_OWN_WEIGHTS and chats:
        claims = [claim for claim in claims if not claim.fact.startswith("model.")]  # another model answers
    if {model.role for model in reading.models} <= _ENCODES and reading.models and not chats:
        claims = [claim for claim in claims if claim.fact not in _OF_ANSWERS]
    return claims


def _of_another_workload(found: FoundFact, chosen: list[Read]) -> bool:
    """Say whether a value is of a workload that was not chosen: the values of one are not mixed with another's."""
    workloads = {one.path for one in chosen if one.result.group == "kubernetes"}
    mixed = (
        found.claim.fact.startswith(("model.", "target.", "operations.")) and found.claim.fact not in _OF_ALL
    )
    elsewhere = found.claim.place.file not in workloads and not _RUNTIME.search(found.claim.place.file)
    return bool(workloads) and mixed and found.reader == "workload" and elsewhere


def _of_workloads(
    models: tuple[FoundModel, ...], taken: list[Read], spoken: set[str]
) -> tuple[FoundModel, ...]:
    """Return the models without those of workloads that could be it and were not chosen, where the chosen one names its own.

    `spoken` are the files that count: those that were chosen, and those that a Kustomize file deploys beside them.
    """
    others = {one.path for one in taken if one.result.group == "kubernetes" and one.path not in spoken}
    named = {(one.role, one.place.file) for one in models if one.reader == "workload"}
    own = {role for role, file in named if file in spoken}
    return tuple(one for one in models if one.reader != "workload" or one.place.file not in others or one.role not in own)  # fmt: skip


_RUNTIME = re.compile(r"(?i)serving-?runtime|(?:^|/)runtimes?/")
"""Files of what a served model runs in, which its own manifest names."""


def _outdone(found: FoundFact, claims: Iterable[Claim]) -> bool:
    """Say whether a file states what was only inferred."""
    return found.certainty is Certainty.INFERRED and any(claim.fact == found.claim.fact for claim in claims)


def _new_facts(claims: Iterable[Claim], kind: str, stated: set[str]) -> list[FoundFact]:
    found: list[FoundFact] = []
    for claim in claims:
        if claim.fact not in stated:
            stated.add(claim.fact)
            sure = Certainty.INFERRED if kind == SEVERAL else Certainty.STATED
            found.append(FoundFact(claim, kind, sure))
    return found
