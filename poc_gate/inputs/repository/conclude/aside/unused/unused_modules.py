"""Modules of infrastructure that no file takes in: copies that came with a template, and deploy nothing."""

from __future__ import annotations

import re
from collections import defaultdict

from poc_gate.inputs.repository.conclude.aside.switches import OFF
from poc_gate.inputs.repository.noting.signals import Signals

_MODULE = re.compile(
    r"(?:^|/)(?:core|modules?|[\w-]*references?|infra(?:structure)?/(?:[^:/]+/)*(?:app|shared))/[^:]*\.bicep$"
)
"""Where modules lie: those of `azd` beside its entry point, in `infra/app` and `infra/shared`."""
_PLACED = ("facts", "models", "systems", "hosts", "remarks", "settings")


def unused_modules(signals: Signals, paths: list[str]) -> frozenset[str]:
    """Return the modules among `paths` that nothing reaches; none where no file says what it takes in."""
    taken: dict[str, list[str]] = defaultdict(list)
    for by, module in signals.modules:
        taken[by].append(module)
    if not taken:
        return frozenset()
    modules = {path for path in paths if _MODULE.search(path)}
    pending = [path for path in taken if path not in modules]
    reached = set(pending)
    while pending:
        fresh = [module for module in taken.get(pending.pop(), ()) if module not in reached]
        reached.update(fresh)
        pending += fresh
    return frozenset(modules - reached)


_GIVEN = ("target.memory_limit", "target.replicas", "target.replicas_max")
"""Sizes that whoever takes a module in gives it."""


def leave_what_callers_give(signals: Signals) -> None:
    """Take back the sizes that a module of Bicep has by default, where the file that takes it in gives it others."""
    takers: dict[str, set[str]] = defaultdict(set)
    for by, module in signals.modules:
        takers[module].add(by)
    given = {
        (one.fact, one.place.file) for one in signals.facts if one.fact in _GIVEN and one.reader == "bicep"
    }
    signals.facts[:] = [
        one
        for one in signals.facts
        if not (
            one.fact in _GIVEN
            and one.reader == "bicep"
            and any((one.fact, by) in given for by in takers[one.place.file])
        )
    ]


_TEMPLATE = re.compile(
    r"^(?P<project>[^/]+/(?:.+/)?templates/[^/]+/)(?:package\.json|serverless\.ya?ml|pyproject\.toml)$"
)


def handed_templates(paths: list[str]) -> frozenset[str]:
    """Return the files of whole projects within the code that users are handed: `src/templates/shop/package.json` and what lies around it."""
    projects = tuple({match["project"] for path in paths if (match := _TEMPLATE.match(path))})
    return frozenset(path for path in paths if path.startswith(projects)) if projects else frozenset()


def other_deployments(paths: list[str]) -> frozenset[str]:
    """Return the files of what is deployed on its own beside a pilot of `azd` that has the top to itself."""
    if "azure.yaml" not in paths:
        return frozenset()
    folders = [path.removesuffix("azure.yaml") for path in paths if path.endswith("/azure.yaml")]
    return frozenset(path for path in paths if any(path.startswith(folder) for folder in folders))


_ENVIRONMENT = re.compile(r"(?i)(?<=/)(?:dev|develop|development|staging|stage|stg|test|testing|qa|uat|sandbox|preview|preprod|nonprod)(?=/)")  # fmt: skip
_PRODUCTIONS = ("prod", "production", "prd", "live")


def other_environments(paths: list[str]) -> frozenset[str]:
    """Return the files of infrastructure of other environments than production, where production has one beside them that holds some."""
    ends = (".tf", ".tfvars", ".bicep", ".bicepparam", ".yaml", ".yml", ".json")
    described = [path for path in paths if path.lower().endswith(ends)]
    folders = {path.rpartition("/")[0].lower() + "/" for path in described}
    above = {folder[: at + 1] for folder in folders for at, sign in enumerate(folder) if sign == "/"}

    def stands_aside(path: str) -> bool:
        small = f"/{path.lower()}"
        found = _ENVIRONMENT.search(small)
        return found is not None and any(
            f"{small[: found.start()]}{name}/"[1:] in above for name in _PRODUCTIONS
        )

    return frozenset(path for path in described if stands_aside(path))


def leave_modules(signals: Signals, unused: frozenset[str]) -> None:
    """Take back what files of that kind said."""
    for name in _PLACED if unused else ():
        found = getattr(signals, name)
        found[:] = [one for one in found if one.place.file not in unused or getattr(one, "how", "") == OFF]
