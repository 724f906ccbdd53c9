"""The files of a checkout that an importer may know: which they are, why one is passed over, what one says."""

from __future__ import annotations

import re
from fnmatch import fnmatch, translate
from functools import cache
from pathlib import Path

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.opening.inside_folder import read_bounded
from poc_gate.inputs.artifacts.read_artifact import importers, read_artifact
from poc_gate.inputs.repository.deployment.helm.values_reader import is_of_others
from poc_gate.inputs.repository.deployment.helm.workload_reader import deploys_only_stores
from poc_gate.inputs.repository.files.standing import Standing, is_deployment_place, is_workflow, standing_of
from poc_gate.inputs.repository.reading import FileLeft
from poc_gate.inputs.repository.tables.deployment.workload_names import helper_of, other_product_of, pages_of

LOCKS = "requirements"
"""The group of the importers that read what a package manager fixed."""

MOST_READ = 400
LARGEST_FILE = 32 << 20
LARGEST_STORE = 1 << 20
"""Bytes of a cluster file that are searched for images."""
_OWN_INTERFACE = "openapi"
_TOLD_IN = frozenset({"readme.md", "model_card.md", "modelcard.md", "model-card.md"})
"""Files of prose that say what a model is."""
_PARTS = "-of-0"


def is_candidate(path: str) -> bool:
    """Say whether an importer may know a file, by its name alone."""
    name = path.rpartition("/")[2]
    if name in ("pilot.yaml", "package-lock.json", "package.json") or (
        _PARTS in name and name.endswith(".safetensors")
    ):
        return False
    return bool(names_of("").match(name.lower()))


@cache
def names_of(group: str) -> re.Pattern[str]:
    """Return how names of files are written that the importers of a group look at; of all where none is named."""
    patterns = [
        pattern.lower() for one in importers() if group in {"", one.group} for pattern in one.patterns
    ]
    return re.compile("|".join(map(translate, patterns)))


def name_of(path: str) -> str:
    """Return the name of a file in small letters, without its folders."""
    return path.rpartition("/")[2].lower()


def _may_be_known(content: bytes, path: str) -> bool:
    """Say whether any importer could know a file, by what it has in its bytes."""
    name = name_of(path)
    asked = [one for one in importers() if any(fnmatch(name, pattern.lower()) for pattern in one.patterns)]
    return any(one.glance is None or one.glance(content) for one in asked)


def why_not(path: str, taken: int) -> str:
    """Return why a file of a known kind is not read, or an empty text."""
    standing = standing_of(path)
    name = path.rpartition("/")[2].lower()
    if is_of_others(path):
        return "not used: values of another product's chart"
    if is_workflow(path) or path.startswith("."):
        return "not used: it belongs to tools around the pilot"
    if (
        standing > Standing.SUPPORT
        and not (standing is Standing.DOCS and name in _TOLD_IN)
        and (standing is not Standing.MEASURED or bool(names_of(LOCKS).match(name)))
    ):
        return f"not used: {standing.words}"
    return "not opened: the limit of files was reached" if taken >= MOST_READ else ""


def import_file(full: Path, path: str, left: list[FileLeft], *, deployed: bool = False) -> ImportResult | None:  # fmt: skip
    """Return what a file says to its importer, or None; files of no known kind are passed over in silence.

    `deployed` says that a Kustomize file beside it takes it in.
    """
    try:
        weights = full.suffix in (".safetensors", ".gguf")
        if not weights and full.stat().st_size > LARGEST_FILE:
            left.append(FileLeft(path, f"over {LARGEST_FILE >> 20} MiB"))
            return None
        content = read_bounded(full, path)
        result = read_artifact(content, path) if _may_be_known(content, path) else None
    except (InvalidInputError, OSError) as error:
        what = error.faults[0].what if isinstance(error, InvalidInputError) else str(error.strerror)
        if "not recognised" not in what:
            left.append(FileLeft(path, what))
        return None
    if result is None or not (result.claims or result.derived):
        return None
    why = _why_unused(result, full, path, deployed=deployed)
    if why:
        left.append(FileLeft(path, why))
    return None if why else result


def _why_unused(result: ImportResult, full: Path, path: str, *, deployed: bool) -> str:
    """Return why a file of a known kind is not used, or an empty text."""
    if result.kind == _OWN_INTERFACE:
        return "a description of an interface: most often the repository's own, which is not a source"
    if result.kind == "mlflow" and _RUNS.search(path):
        return "not used: one of the runs that a tracker recorded, which need not be the model that answers"
    return _why_no_cluster(full, path, deployed=deployed) if result.group == "kubernetes" else ""


def _why_no_cluster(full: Path, path: str, *, deployed: bool) -> str:
    """Return why a file of a cluster is not used, or an empty text."""
    if standing_of(path) is Standing.MEASURED:
        return f"not used: {Standing.MEASURED.words}"
    if not (deployed or is_deployment_place(path)):
        return "not used: its folder is not one from which the pilot is deployed"
    named = other_product_of(path) or pages_of(path) or helper_of(path)
    other = named or ("stores or helpers" if _holds_stores_alone(full) else "")
    return f"not used: it runs {other}, not the pilot" if other else ""


_RUNS = re.compile(r"(?:^|/)(?:mlruns|mlartifacts)/")
"""Where MLflow, or its server, keeps every run that was ever made on the machine."""


def _holds_stores_alone(full: Path) -> bool:
    """Say whether every image of a cluster file is that of a store, such as a database, or sets one up."""
    text = full.read_bytes()[:LARGEST_STORE].decode("utf-8", "replace")
    return deploys_only_stores(full.name.lower(), text)
