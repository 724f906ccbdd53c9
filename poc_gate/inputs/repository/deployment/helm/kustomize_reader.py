"""Kustomize -> what an overlay changes of the cluster files that it takes: replicas; the one of production decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.model.claim import Place

_FILE = re.compile(r"(?:^|/)kustomization\.ya?ml$")
_PRODUCTION = re.compile(r"(?i)(?:^|[/_-])(?:prod|production|live|prd)(?:$|[/_-])")
_ELSEWHERE = re.compile(
    r"(?i)(?:^|[/_-])(?:dev|develop\w*|test|staging|stage|stg|qa|local|ci|e2e)(?:$|[/_-])"
)


def _read(file: TextFile, notes: Notes) -> None:
    for document in read_documents(file)[:4]:
        listed = document.at("resources").items() or document.at("bases").items()
        if not (listed or document.at("replicas").items() or document.at("helmCharts").items()):
            continue
        note = "Kustomize"
        notes.flag("operations.infrastructure_as_code", document.place, note=note, sure=INFERRED)
        if _ELSEWHERE.search(file.folder):
            continue
        weight = 4 if _PRODUCTION.search(file.folder) else 3
        for one in document.at("replicas").items()[:20]:
            count = one.at("count")
            if count.number() is not None:
                name = one.at("name").text()
                notes.number("target.replicas", count.number() or 0, count.place, weight=weight, note=name)
        for patch in document.at("patches").items()[:40]:
            _note_patch(patch, notes, weight)


_REPLICAS = re.compile(r"path:\s*[\"']?/spec/replicas[\"']?\s+value:\s*(\d{1,4})\b|^spec:\s+replicas:\s*(\d{1,4})\b", re.MULTILINE)  # fmt: skip
"""Replicas in a patch that is written as a text: an operation on a path, or a part of the workload itself."""


def _note_patch(patch: Node, notes: Notes, weight: int) -> None:
    """Note the replicas that an overlay patches a deployment with."""
    inner = patch.at("patch")
    found = _REPLICAS.search(inner.text())
    kind = patch.at("target", "kind").text()
    if found and kind in {"", "Deployment", "Rollout", "StatefulSet"}:
        notes.number("target.replicas", int(found[1] or found[2]), inner.place, weight=weight, note=patch.at("target", "name").text())  # fmt: skip


_LISTS = ("resources", "bases", "patches", "patchesStrategicMerge", "patchesJson6902", "components", "generators", "transformers", "configurations", "crds", "replacements", "openapi", "validators")  # fmt: skip


class OfKustomize(NamedTuple):
    """The cluster files in folders with a Kustomize file that takes in some of them."""

    listed: frozenset[str]
    """Those that it takes in: they are deployed, whatever the folder is called."""
    unlisted: frozenset[str]
    """Those that it leaves out: nothing deploys them."""


def files_of_kustomize(base: Path, paths: Iterable[str]) -> OfKustomize:
    """Return the cluster files that the Kustomize file of their own folder takes in, and those that it leaves out."""
    paths = list(paths)
    listed = {path.rpartition("/")[0]: _listed(TextFile(path, base / path)) for path in paths if _FILE.search(path.lower())}  # fmt: skip
    beside = [
        path
        for path in paths
        if path.lower().endswith((".yaml", ".yml"))
        and not _FILE.search(path.lower())
        and listed.get(path.rpartition("/")[0])
    ]
    taken = frozenset(path for path in beside if path.rpartition("/")[2] in listed[path.rpartition("/")[0]])
    return OfKustomize(taken, frozenset(beside) - taken)


def _listed(file: TextFile) -> frozenset[str]:
    """Return the names of the files beside it that a Kustomize file takes in; none where it takes none in."""
    found: set[str] = set()
    for document in read_documents(file)[:4]:
        for key in _LISTS:
            for one in document.at(key).items()[:500]:
                found.add((one.text() or one.at("path").text()).removeprefix("./"))
        if not any(one.text().endswith((".yaml", ".yml")) for one in document.at("resources").items()):
            return frozenset()
    return frozenset(found - {""})


class ImageSet(NamedTuple):
    """A tag or digest that an overlay gives an image."""

    image: str
    tag: str
    place: Place


def images_set(base: Path, paths: Iterable[str], image: str) -> list[ImageSet]:
    """Return the tags that overlays give an image; those of production alone where it has some, others than tests before those."""
    found = [one for path in paths if _FILE.search(path.lower()) for one in _images_of(base, path) if one.image == image]  # fmt: skip
    production = [one for one in found if _PRODUCTION.search(one.place.file.rpartition("/")[0])]
    usual = [one for one in found if not _ELSEWHERE.search(one.place.file.rpartition("/")[0])]
    return production or usual or found


def _images_of(base: Path, path: str) -> Iterator[ImageSet]:
    for document in read_documents(TextFile(path, base / path))[:4]:
        for one in document.at("images").items()[:50]:
            tag = one.at("newTag") or one.at("digest")
            if tag.text():
                yield ImageSet(one.at("name").text(), tag.text(), tag.place)


READER = Reader(
    name="kustomize",
    summary="Kustomize overlays: replicas; the one of production decides",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.EXAMPLE,
)
