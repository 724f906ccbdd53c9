"""Mappers of tables in TypeScript and JavaScript -> the database that their options name: `new Sequelize({ dialect: "sqlite" })`."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import named, plain_of
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.systems import family_of, system_named
from poc_gate.model.claim import Place

_MAPPERS = {
    "Sequelize": ("dialect", re.compile(r"[\"']sequelize(?:-typescript)?[\"']")),
    "DataSource": ("type", re.compile(r"[\"']typeorm[\"']")),
    "forRoot": ("type", re.compile(r"\bTypeOrmModule\b")),
    "knex": ("client", re.compile(r"[\"']knex[\"']")),
}
"""Function or class -> the option that names the database, and the package that the file takes in."""
_KEEP_ROWS = frozenset({"database", "warehouse"})


def note_dialect(short: str, arguments: Any, file: TextFile, place: Place, notes: Notes) -> None:
    """Note the database that a mapper is made for, where its options say it plainly."""
    option, package = _MAPPERS.get(short, ("", None))
    if package is None or not file.shows(package):
        return
    for argument in arguments[:4]:
        for pair in argument.named_children[:40] if argument.type == "object" else ():
            key, value = named(pair)
            said = plain_of(value)[0] if key == option and value is not None else None
            system = system_named(said) if isinstance(said, str) else ""
            if family_of(system) in _KEEP_ROWS:
                notes.system(system, place, how="used", note=f"{short} is made for it")
