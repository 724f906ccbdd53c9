"""Services of a cloud that run a container -> the store that its image is of, also where a variable beside names the image."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.deployment.iac.blocks import Statement, literal
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.tables.deployment.images import system_of_image

_RUNS = frozenset({"google_cloud_run_service", "google_cloud_run_v2_service", "azurerm_container_app", "azurerm_container_group", "aws_apprunner_service"})  # fmt: skip
"""Resources that run one container, or one with what stands beside it."""
_NAMED = re.compile(r"var\.(?P<name>\w+)")
_FILES = ("variables.tf", "vars.tf", "main.tf")


def store_that_runs(label: str, inner: Sequence[Statement], file: TextFile) -> str:
    """Return the store whose image is the only one that a resource runs; empty for anything else."""
    images = {one.value for one in inner if one.key == "image"} if label in _RUNS else set()
    systems = {system_of_image(_written(image, file)) for image in images}
    return systems.pop() if len(systems) == 1 else ""


def _written(image: str, file: TextFile) -> str:
    """Return an image as written, or the default of the variable that stands for it."""
    plain = literal(image)
    if isinstance(plain, str):
        return plain
    named = _NAMED.fullmatch(image.strip())
    if named is None:
        return ""
    default = re.compile(rf"variable\s+\"{named['name']}\"\s*\{{[^}}]*?\bdefault\s*=\s*\"(?P<image>[^\"]+)\"")
    for name in _FILES:
        beside = file if name == file.name else file.beside(name)
        if beside is not None and (match := default.search(beside.text)):
            return match["image"]
    return ""
