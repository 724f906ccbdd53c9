"""Files of a checkout -> its deployable parts: folders with a dependency manifest, an image or a project file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from poc_gate.inputs.repository.conclude.ground import OF_RUNS, Ground
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.reading import Service
from poc_gate.model.claim import Place

_MARKS = {
    "pyproject.toml": "python",
    "requirements.txt": "python",
    "pipfile": "python",
    "setup.py": "python",
    "package.json": "javascript",
    "pom.xml": "java",
    "build.gradle": "java",
    "build.gradle.kts": "kotlin",
    "go.mod": "go",
    "cargo.toml": "rust",
    "dockerfile": "",
}
MOST_SERVICES = 60


def conclude_services(paths: Iterable[str], ground: Ground) -> tuple[Service, ...]:
    """Return the parts that could be deployed on their own, those that use a model marked."""
    marks: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in paths:
        folder, _, name = path.rpartition("/")
        small = name.lower()
        language = "dotnet" if small.endswith(".csproj") else _MARKS.get(small)
        if language is None and small.startswith("dockerfile"):
            language = ""
        if language is not None and standing_of(path) <= max(Standing.SUPPORT, ground.reach):
            marks[folder].append((path, language))
    busy = _places_of_models(ground)
    services = []
    for folder in sorted(marks)[:MOST_SERVICES]:
        languages = tuple(dict.fromkeys(language for _, language in marks[folder] if language))
        inner = [
            other for other in marks if other != folder and other.startswith(f"{folder}/" if folder else "")
        ]
        used = any(
            _below(file, folder) and not any(_below(file, other) for other in inner if other) for file in busy
        )
        if not languages and not used:
            continue
        name = folder.rpartition("/")[2] or "."
        services.append(Service(name, folder, languages, Place(marks[folder][0][0]), used))
    return tuple(services)


def _below(file: str, folder: str) -> bool:
    return not folder or file.startswith(f"{folder}/")


_CODE = frozenset({"python", "tree", "model-mark"})
_DEPLOYS = frozenset({"compose", "helm-values", "workload", "warehouse-service"})
"""Readers of files that deploy parts from where they lie: which part asks the model, its code says."""


def _places_of_models(ground: Ground) -> set[str]:
    named = [one for one in ground.signals.models if ground.counts(one.standing) and one.weight >= 2]
    in_code = any(one.reader in _CODE for one in named)
    found = {one.place.file for one in named if not (in_code and one.reader in _DEPLOYS)}
    asked = {one.place.file for one in ground.signals.techniques if ground.counts(one.standing) and one.weight >= 3 and one.name not in OF_RUNS}  # fmt: skip
    found |= asked
    of_parts = {file for file in found if not file.endswith(_SHARED) and (file in asked or not file.endswith(_PAGES))}  # fmt: skip
    return of_parts or found


_PAGES = (".vue", ".svelte")
"""Pages, which often name a model that another part asks: in a form, or in a request to it."""
_SHARED = (".tf", ".tfvars")
"""Files of infrastructure: what they deploy belongs to no part more than to another, where code shows which asks a model."""
