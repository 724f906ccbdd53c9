"""Recipes of MLflow (`recipe.yaml`, `pipeline.yaml` before version 2) -> a model of tables that is trained."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes

_FILE = re.compile(r"(?:^|/)(?:recipe|pipeline)\.ya?ml$")
_RECIPE = re.compile(r"(?m)^(?:recipe|template):\s*[\"']?(?P<kind>regression|classification)/v\d")
_TRAINS = re.compile(r"(?m)^[ \t]+train:\s*$")


def _read(file: TextFile, notes: Notes) -> None:
    """Note what a recipe trains; its text holds marks of Jinja, so it is not read as YAML."""
    recipe, trains = _RECIPE.search(file.text), _TRAINS.search(file.text)
    if recipe is None:
        return
    what = f"a recipe of MLflow for {recipe['kind']}"
    notes.technique("classic-ml", what, file.at(recipe.start("kind")))
    notes.fact("model.kind", "tabular", file.at(recipe.start("kind")), weight=1, sure=INFERRED, note=what)
    if trains is not None:
        notes.technique("training", what, file.at(trains.end()))


READER = Reader(
    name="training-recipe",
    summary="recipes of MLflow: the model that they train",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.SUPPORT,
)
