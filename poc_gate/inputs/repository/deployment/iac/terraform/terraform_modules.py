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
)
"""Service -> what the folder of a module is called that runs something there."""
_KEEPS_FILES = re.compile(r"s3(?:-bucket)?")
_OF_REGISTRY = re.compile(r"[\w-]+/(?P<what>[\w-]+)/(?:aws|google)(?://[\w/-]+)?")
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
        return found["what"].lower()
    path = source.partition("?")[0].partition("://")[2]
    return path.rpartition("//")[2].rpartition("/")[2].lower().replace("_", "-") if "//" in path else ""
