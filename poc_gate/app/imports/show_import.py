"""One file -> the facts it yields, as text or canonical JSON, with what follows from them."""

from __future__ import annotations

import json
from pathlib import Path

from msgspec import Struct

from poc_gate.app.imports.fitting_claims import fitting_claims
from poc_gate.errors import UsageError
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.opening.inside_folder import read_bounded
from poc_gate.inputs.artifacts.pilot.companion_files import companion_path
from poc_gate.inputs.artifacts.read_artifact import importers, read_artifact
from poc_gate.model.claim import Claim, Notice, Place, Value
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity
from poc_gate.text.existing_path import is_file_there

_KV = "model.kv_bytes_per_token"
_DERIVED = ("flow.kv.bytes_per_token", "flow.weights.bytes")
"""Derived facts that follow from one model file alone."""


class ImportView(Struct, frozen=True):
    """What one file yields."""

    file: str
    kind: str
    sha256: str
    claims: tuple[Claim, ...]
    suggested: tuple[Claim, ...]
    """What follows by the file's own arithmetic, or is a start for a person to edit."""
    derived: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    ignored: tuple[str, ...]


def import_kinds() -> tuple[tuple[str, str], ...]:
    """Return name and summary of every kind of file that is imported."""
    return tuple((importer.name, importer.summary) for importer in importers())


def view_import(path: Path, *, kind: str = "", prefix: str = "", option: str = "") -> ImportView:
    """Return what a file yields; raises UsageError when there is none, InvalidInputError when it cannot be read."""
    if not path.is_file():
        raise UsageError(f"{path} is not a file", next_step="check the path")
    shown = path.as_posix()
    content = read_bounded(path.resolve(), shown)
    result = read_artifact(content, shown, kind=kind, prefix=prefix, option=option)
    claims, dropped = fitting_claims(result.claims)
    return ImportView(
        shown, result.kind, result.sha256, tuple(claims), result.derived, _derived(claims),
        (*result.notices, *dropped, *_beside(result, path, shown)), result.ignored,
    )  # fmt: skip


def _beside(result: ImportResult, path: Path, shown: str) -> tuple[Notice, ...]:
    """Name the file that completes this one, because a gate reads both and this view one."""
    beside = companion_path(result, path.as_posix())
    if beside in ("", path.as_posix()) or not is_file_there(beside):
        return ()
    name = Path(beside).name
    what = f"{name} is next to it and takes precedence where they differ; a gate reads both, this view shows one file"
    return (Notice("warning", what, Place(shown), f"run `poc-gate import {beside}` as well"),)


def _derived(claims: list[Claim]) -> tuple[Fact, ...]:
    """Return weights and cache size where the claims tell the model's shape."""
    if not any(claim.fact.startswith("model.") for claim in claims):
        return ()
    from poc_gate.app.ground.catalogue import full_catalogue
    from poc_gate.facts.assemble_facts import assemble_facts
    from poc_gate.flow.derive_facts import derive_facts

    tree = assemble_facts(full_catalogue(), claims, (), items={}, item_places={}, today="1970-01-01")
    found = derive_facts(tree, wanted=frozenset(_DERIVED))
    return tuple(fact for fact in (found.get(name) for name in _DERIVED) if fact.value is not None)


def kv_bytes_per_token(view: ImportView) -> float | None:
    """Return the bytes of KV cache that one cached token takes, where the file tells the shape."""
    for claim in (*view.claims, *view.suggested):
        if claim.fact == _KV and isinstance(claim.value, Quantity):
            return claim.value.value
    return None


def render_json(view: ImportView) -> str:
    """Return the view as canonical JSON: sorted keys, newline at the end."""
    data: dict[str, object] = {
        "schema": "poc-gate.import/1",
        "file": view.file,
        "kind": view.kind,
        "sha256": view.sha256,
        "facts": [_claim(claim) for claim in view.claims],
        "suggested": [_claim(claim) for claim in view.suggested],
        "derived": [
            {"name": fact.name, **render_value(fact.value), "formula": fact.formula, "provenance": "derived"}
            for fact in view.derived
        ],
        "kv_bytes_per_token": _plain(kv_bytes_per_token(view)),
        "notices": [render_notice(notice) for notice in view.notices],
        "ignored": list(view.ignored),
    }
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "name": claim.fact,
        **render_value(claim.value),
        "provenance": claim.provenance.value,
        **render_place(claim.place),
        "note": claim.note,
        "dated": claim.dated,
        "sha256": claim.sha256,
    }


def render_notice(notice: Notice) -> dict[str, object]:
    """Return a notice with its place and next step."""
    return {
        "kind": notice.kind,
        "message": notice.message,
        **render_place(notice.place),
        "next_step": notice.next_step,
    }


def render_place(place: Place) -> dict[str, object]:
    """Return where something was written: file, line and column from 1, JSON pointer."""
    return {"file": place.file, "line": place.line, "column": place.column, "pointer": place.pointer}


def render_value(value: Value | None) -> dict[str, object]:
    """Return a value as `value`, `unit` and `text`."""
    if isinstance(value, Quantity):
        return {"value": _plain(value.value), "unit": value.unit, "text": str(value)}
    if isinstance(value, tuple):
        return {"value": list(value), "unit": "", "text": ", ".join(value)}
    return {"value": value, "unit": "", "text": str(value).lower() if isinstance(value, bool) else str(value)}


def _plain(value: float | None) -> float | int | None:
    """Return whole numbers as integers, so that 57344 bytes are not printed as 57344.0."""
    return int(value) if value is not None and value == int(value) and abs(value) < 2**53 else value


def render_text(view: ImportView) -> str:
    """Return the view as lines for a terminal."""
    lines = [f"{view.file}: read as {view.kind}, sha256 {view.sha256[:16]}"]
    lines += _block("facts", [_claim_line(claim) for claim in view.claims])
    lines += _block("follows, or is a start to edit", [_claim_line(claim) for claim in view.suggested])
    lines += _block("derived", [f"{fact.name} = {fact.value}  ({fact.formula})" for fact in view.derived])
    for kind in ("secret", "question", "warning", "ignored"):
        shown = [
            f"{n.message} ({n.place})" + (f"\n    -> {n.next_step}" if n.next_step else "")
            for n in view.notices
            if n.kind == kind
        ]
        lines += _block({"ignored": "not taken"}.get(kind, f"{kind}s"), shown)
    if view.ignored:
        lines += _block(
            "unused fields", [" ".join(view.ignored[:12]) + (" ..." if len(view.ignored) > 12 else "")]
        )
    text = "\n".join(lines) + "\n"
    # A file's texts must not drive the terminal they are shown on.
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _block(title: str, rows: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"  {row}" for row in rows)] if rows else []


def _claim_line(claim: Claim) -> str:
    text = str(render_value(claim.value)["text"])
    where = claim.place.pointer if not claim.place.line else f"line {claim.place.line}"
    return f"{claim.fact} = {text}  ({where}{'; ' if claim.note else ''}{claim.note})"
