"""A manifest and the files it names -> what was read, what is still unknown, and the lines to add."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from poc_gate.app.ground.files.read_inputs import find_manifest, read_file
from poc_gate.model.claim import Claim, Notice
from poc_gate.model.fact import generic_name
from poc_gate.model.fact_name import item_of

if TYPE_CHECKING:
    from poc_gate.inputs.manifest.reading.read_manifest import ManifestReading


class Missing(Struct, frozen=True):
    """One field of the first tier that nothing states."""

    name: str
    place: str
    """`file:line` of the section or item it belongs to."""
    line: str
    """The line to add."""
    meaning: str


class Validation(Struct, frozen=True):
    """What one manifest holds, once it and every file it names were read without a fault."""

    manifest: str
    pilot: str
    stage: str
    """Empty when the manifest states none."""
    claims: int
    """Values that the manifest states."""
    sections: tuple[str, ...]
    sources: tuple[str, ...]
    files: tuple[tuple[str, int], ...]
    """Each file it names and how many values were read from it."""
    first_tier: int
    stated: int
    """How many of the first tier's fields are known."""
    missing: tuple[Missing, ...]
    notices: tuple[Notice, ...]


def validate(path: Path) -> Validation:
    """Return what a manifest and the files it names say.

    Raises InvalidInputError with every fault of the manifest, or of the files it names, and UsageError
    when there is no manifest at `path`.
    """
    from poc_gate.inputs.manifest.reading.read_manifest import read_manifest

    manifest = find_manifest(path)
    reading = read_manifest(read_file(manifest), manifest.as_posix())
    imported, notices, files = _files(reading, manifest.parent)
    missing, asked = _missing(reading, imported, manifest.as_posix())
    return Validation(
        manifest=manifest.as_posix(),
        pilot=reading.name,
        stage=str(reading.stage or ""),
        claims=len(reading.claims),
        sections=tuple(
            name for name in reading.section_places if name and "." not in name and "[" not in name
        ),
        sources=reading.items.get("sources", ()),
        files=files,
        first_tier=asked,
        stated=asked - len(missing),
        missing=missing,
        notices=(*reading.notices, *notices),
    )


def _files(
    reading: ManifestReading, root: Path
) -> tuple[tuple[Claim, ...], tuple[Notice, ...], tuple[tuple[str, int], ...]]:
    """Return the claims and notices of every file that the manifest names, and how many each gave."""
    if not reading.imports and not reading.evidence:
        return (), (), ()
    from poc_gate.app.imports.import_files import import_files

    found = import_files(reading.imports, reading.evidence, root)
    counts = dict.fromkeys(sorted(found.inputs), 0)
    for claim in found.claims:
        counts[claim.place.file] = counts.get(claim.place.file, 0) + 1
    return found.claims, found.notices, tuple(counts.items())


def _missing(
    reading: ManifestReading, imported: tuple[Claim, ...], file: str
) -> tuple[tuple[Missing, ...], int]:
    """Return the unknown fields of the first tier, and how many fields the tier has."""
    from poc_gate.inputs.manifest.fields.first_tier import first_tier
    from poc_gate.inputs.manifest.fields.manifest_facts import line_to_add

    known = {claim.fact: claim.value for claim in (*imported, *reading.claims)}
    questions = first_tier(known, reading.items)
    missing = []
    for question in questions:
        if question.name in known:
            continue
        place = _nearest(reading, question.name)
        item = item_of(question.name)
        line = line_to_add(question.leaf).replace("[ID]", f"[{item}]")
        missing.append(Missing(question.name, f"{file}:{place}", line, question.leaf.meaning))
    if not reading.items.get("sources"):
        head = generic_name("sources[]")
        step = "add a list `sources:` and begin each item with `- id: policy-db`"
        missing.append(
            Missing(head, f"{file}:{_nearest(reading, 'sources')}", step, "What the pilot reads from")
        )
    return tuple(missing), len(questions) + (not reading.items.get("sources"))


def _nearest(reading: ManifestReading, name: str) -> int:
    """Return the line of the nearest section that holds a field."""
    while name and name not in reading.section_places:
        name = name.rpartition(".")[0]
    return reading.section_places[name].line
