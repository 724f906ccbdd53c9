"""Scripts and builds that apply Terraform -> the variables that they turn on, whatever the variables are by default.

Sources of the option and of the files: `terraform apply -var`, `*.auto.tfvars.json`, documentation of Terraform, 2025.
"""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing, is_workflow
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

_FILE = re.compile(
    r"(?:^|/)(?:makefile|justfile|taskfile\.ya?ml|jenkinsfile|azure-pipelines[\w.-]*\.ya?ml|[\w.-]*cloudbuild[\w.-]*\.ya?ml|[\w.-]+\.(?:sh|bash|ps1|mk))$"
)
_APPLIES = re.compile(r"\b(?:terraform|tofu)\b[^\n]{0,80}\bapply\b|\bargs:[^\n]{0,80}\bapply\b")
_OPTION = re.compile(r"(?m)^(?![ \t]*#).*?-var[\s=,\"']{1,8}(?P<name>\w{1,80})=true\b")
_ENTRY = re.compile(r"(?m)^[ \t]*\"?(?P<name>\w{1,80})\"?[ \t]*[:=][ \t]*true[ \t]*,?[ \t]*$")
_WRITES = ".tfvars"
"""What the name of a file of variables ends with that a script writes before it applies."""


def _read(file: TextFile, notes: Notes) -> None:
    if not file.shows(_APPLIES):
        return
    found = {match["name"] for match in _OPTION.finditer(file.text)}
    if _WRITES in file.text:
        found |= {match["name"] for match in _ENTRY.finditer(file.text)}
    notes.signals.switches += [(f"var.{name}", "true") for name in sorted(found)]


READER = Reader(
    name="applied-switch",
    summary="variables of Terraform that a script or a build turns on",
    wants=lambda path: bool(_FILE.search(path)) or (is_workflow(path) and path.endswith((".yml", ".yaml"))),
    read=_read,
    worst=Standing.SUPPORT,
)
