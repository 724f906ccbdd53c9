"""Modules that Terraform takes from other repositories -> what they make, where their folder is called after it."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.reading import Certainty
from poc_gate.inputs.repository.tables.systems import system_named
from poc_gate.model.claim import Place

_MAKES = (
    ("aws-fargate", re.compile(r"(?:ecs-)?fargate(?:-(?:service|task))?")),
    ("amazon-ecs", re.compile(r"ecs(?:-(?:service|app|task))?")),
    ("aws-lambda", re.compile(r"lambda(?:-function)?")),
    ("google-cloud-run", re.compile(r"cloud-run(?:-v2)?(?:-service)?")),
    ("google-gke", re.compile(r"(?:[\w-]*-)?kubernetes-engine|gke(?:-cluster-(?:standard|autopilot))")),
    ("amazon-eks", re.compile(r"eks")),
    ("azure-aks", re.compile(r"aks|avm-res-containerservice-managedcluster")),
    ("azure-container-apps", re.compile(r"container-apps?|avm-res-app-containerapp")),
)
"""Service -> what the folder of a module is called that runs something there."""
_KEEPS_FILES = re.compile(r"s3(?:-bucket)?")
_OF_REGISTRY = re.compile(r"[\w-]+/(?P<what>[\w-]+)/(?:aws|google|azurerm)(?://(?P<part>[\w/-]+))?")
_CLUSTERS = re.compile(r"(?i)kubernetes-engine|^eks$|^aks$")
"""Modules whose parts are mostly what belongs to a cluster, and no cluster."""
_ON_A_FORGE = re.compile(r"(?:github\.com|gitlab\.com|bitbucket\.org)/|git@[\w.-]+:")
"""How the address of a repository may begin without a scheme."""
_OF_LOGS = re.compile(r"(?i)(?:^|[_-])(?:logs?|state|tfstate|backups?|artifacts?|website|static)(?:$|[_-])")


def note_module(label: str, source: str, place: Place, notes: Notes) -> None:
    """Note where a module runs what it is given: `module "backend" { source = "git::https://.../modules/ecs?ref=v5" }`."""
    what = _called(source)
    if not what:
        return
    service = next((name for name, pattern in _MAKES if pattern.fullmatch(what)), "")
    if service and not system_named(label):
        notes.fact("target.service", service, place, sure=Certainty.INFERRED, note=f"module {label}")
    elif _KEEPS_FILES.fullmatch(what) and not _OF_LOGS.search(label):
        notes.system("s3", place, how="named", label=label, note=f"resource module.{label}")


def _called(source: str) -> str:
    """Return what the folder of a module of another repository is called; nothing for a folder of this one."""
    if source.startswith("."):
        return ""
    if found := _OF_REGISTRY.fullmatch(source):
        beside = found["part"] and _CLUSTERS.search(found["what"]) and "cluster" not in found["part"]
        return "" if beside else found["what"].lower()
    bare = source.partition("?")[0]
    path = bare.partition("://")[2] or (bare if _ON_A_FORGE.match(bare) else "")
    return path.rpartition("//")[2].rpartition("/")[2].lower().replace("_", "-") if "//" in path else ""
