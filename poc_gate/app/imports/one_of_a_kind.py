"""Files of a repository that could each be the pilot's -> those that speak together, and a question on the others."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.serving.pod_claims import NO_PORT
from poc_gate.model.claim import Notice, Place

_ONE_EACH = {
    "model-config": "model.layers",
    "weights-index": "model.weight_bytes",
    "ml-bom": "model.name",
    "slo": "",
}
"""Groups of which a pilot has one, and the fact that only one of a folder's files may state; the SLO files of a folder
belong together."""
_SERVES = frozenset({"target.count", "model.engine", "model.tensor_parallel", "model.artifact"})
"""Facts by which a manifest of Kubernetes shows that it serves the model."""
_RANKS = _SERVES - {"model.artifact"}
"""Those that set one workload before another: where one gets its weights says nothing, an engine's argument names them as well."""
_RUNS = frozenset(
    {
        "target.image_pinned",
        "operations.resources_set",
        "operations.readiness_probe",
        "operations.graceful_stop",
    }
)
"""Facts of any workload; what has none of them scales, budgets or guards one."""
_ANSWERS = frozenset({"operations.readiness_probe"})
"""Facts of a workload that answers requests, met or not; one that only works in the background has none of them."""
_ASIDE = re.compile(r"(?i)(?:^|[/_.-])(?:fallback|canary|shadow|standby|ci|e2e|tests?|smoke|staging|dev)(?:[/_.-]|$)")  # fmt: skip
"""Paths of workloads that answer when another one cannot, or elsewhere than in production: others of equal weight stand before them."""
MOST_TABLES = 12
"""Tables of a warehouse up to which each is taken as a source; more are a warehouse, not the inputs of a pilot."""


class Read(Struct, frozen=True):
    """One file that was read, by its path in the repository."""

    path: str
    result: ImportResult

    def states(self, fact: str) -> bool:
        """Say whether the file states a fact."""
        return any(claim.fact == fact for claim in self.result.claims)

    @property
    def folder(self) -> str:
        """Return the folder, empty for the top."""
        parent = PurePosixPath(self.path).parent.as_posix()
        return "" if parent == "." else parent


def choose(read: list[Read], name: str = "") -> tuple[list[Read], list[Notice]]:
    """Return the files whose values may be mixed, in their order, and what a person should decide.

    `name` is the repository's: a workload that is called after it stands before any other.
    """
    read = [_without_what_needs_its_name(one) for one in read]
    dropped: set[str] = set()
    notices: list[Notice] = []
    for group, whole in _ONE_EACH.items():
        of_group = [one for one in read if one.result.group == group and one.result.claims]
        of_group.sort(key=lambda one: not one.states(whole))
        others = [one for one in of_group[1:] if one.folder != of_group[0].folder or one.states(whole)]
        _drop(of_group[:1], others, f"the pilot's {group}", dropped, notices)
    found = _workloads(read, name)
    whose = "only what each of them says is taken" if found.alike else ""
    _drop(found.serving, found.others, "the workload that serves", dropped, notices, whose)
    dropped |= {one.path for one in found.beside}
    if found.alike:
        first = found.serving[0].path
        read = [_what_all_say(one, found.alike) if one.path == first else one for one in read]
    for one in read:
        tables = {
            claim.fact.partition("]")[0] for claim in one.result.claims if claim.fact.startswith("sources[")
        }
        if len(tables) > MOST_TABLES:
            dropped.add(one.path)
            what = f"{one.path} names {len(tables)} tables, and not all of a warehouse is the pilot's"
            step = "list the tables that the pilot reads under `sources:`, and name the file under `imports:`"
            notices.append(Notice("question", what, Place(one.path), step))
    return [one for one in read if one.path not in dropped], notices


def _without_what_needs_its_name(one: Read) -> Read:
    """Return a file without what only holds where somebody names it as the one that serves: that a probe is missing."""
    claims = tuple(claim for claim in one.result.claims if claim.note != NO_PORT)
    return Read(one.path, replace(one.result, claims=claims))


def _what_all_say(one: Read, alike: list[Read]) -> Read:
    """Return a file without the values that one of those of equal rank does not state."""
    each = [{(claim.fact, claim.value) for claim in other.result.claims} for other in alike]
    claims = tuple(
        claim for claim in one.result.claims if all((claim.fact, claim.value) in said for said in each)
    )
    return Read(one.path, replace(one.result, claims=claims))


def _drop(
    kept: list[Read], others: list[Read], what: str, dropped: set[str], notices: list[Notice], whose: str = ""
) -> None:
    if not (kept and others):
        return
    dropped |= {one.path for one in others}
    said = f"{1 + len(others)} files could be {what}; {whose or f'the values are those of {kept[0].path}'}"
    step = f"run init on the folder of the right one: {', '.join(one.path for one in others[:4])}"
    notices.append(Notice("question", said, Place(kept[0].path), step))


def _is_called(path: str, name: str) -> bool:
    """Say whether a file, or its folder, is called after the repository."""
    small = name.lower()
    file = PurePosixPath(path.lower())
    return len(small) > 2 and small in {file.stem, file.parent.name}


class _Workloads(Struct, frozen=True):
    """The workload that serves, further ones that could be it, and objects that belong to neither.

    `alike` are those of equal rank, where nothing sets one apart: their values count only where all say the same.
    """

    serving: list[Read]
    others: list[Read]
    beside: list[Read]
    alike: list[Read]


def _workloads(read: list[Read], name: str) -> _Workloads:
    """Return the workload that serves.

    What scales or guards a workload is taken from the folder of the one that is chosen, unless there is one only.
    """
    files = [one for one in read if one.result.group == "kubernetes"]
    facts = {one.path: {claim.fact for claim in one.result.claims} for one in files}
    running = [one for one in files if facts[one.path] & (_RUNS | _SERVES)]
    answering = [one for one in running if facts[one.path] & (_ANSWERS | _SERVES)] or running
    in_background = [one for one in running if one not in answering]
    running = answering
    own = [one for one in running if _is_called(one.path, name)]
    beside_own = [one for one in files if own and one not in own and one.folder != own[0].folder]
    if own:
        others = [one for one in running if one not in own and one.folder == own[0].folder]
        return _Workloads(own[:1], own[1:] + others, beside_own + in_background, [])
    if not running:
        return _Workloads([], [], [], [])
    alike = [one for one in running if facts[one.path] & _SERVES] or running
    most = max(len(facts[one.path] & _RANKS) for one in alike)
    fitting = [one for one in alike if len(facts[one.path] & _RANKS) == most]
    chosen = min(fitting, key=_is_aside)
    beside = [one for one in running if one not in alike]
    guards = [one for one in files if one not in running]
    equal = [one for one in fitting if _is_aside(one) == _is_aside(chosen)]
    if len(equal) > 1:
        beside += [one for one in guards if any(fact.startswith("target.") for fact in facts[one.path])]
    elif len(alike) > 1:
        stem = PurePosixPath(chosen.path).stem
        beside += [one for one in guards if one.folder != chosen.folder and not PurePosixPath(one.path).stem.startswith(f"{stem}-")]  # fmt: skip
    others = [one for one in alike if one is not chosen]
    return _Workloads([chosen], others, beside + in_background, equal if len(equal) > 1 else [])


def _is_aside(one: Read) -> bool:
    return _ASIDE.search(one.path) is not None
