"""The reading of a checkout -> text for a terminal, or canonical JSON."""

from __future__ import annotations

from collections.abc import Iterable

from poc_gate.app.inspect.no_field import has_a_field
from poc_gate.app.inspect.used_in_part import IN_PART
from poc_gate.inputs.repository.reading import Certainty, FoundFact, RepositoryReading
from poc_gate.model.claim import Claim, Notice, Place, Value
from poc_gate.model.quantity import Quantity
from poc_gate.text.documents.canonical_json import canonical_json

SCHEMA = "poc-gate.inspection/1"
_MOST_LINES = 40


def render_json(reading: RepositoryReading) -> bytes:
    """Return the reading as canonical JSON."""
    plain = {
        "schema": SCHEMA,
        "name": reading.name,
        "facts": [
            {**_claim(found.claim), "reader": found.reader, "certainty": found.certainty.value}
            for found in reading.facts
        ],
        "models": [
            {"role": one.role, "name": one.name, "provider": one.provider, "hosting": one.hosting, "place": _place(one.place), "reader": one.reader, "certainty": one.certainty.value, "note": one.note}
            for one in reading.models
        ],
        "sources": [
            {"id": one.id, "system": one.system, "interface": one.interface, "direction": one.direction, "region": one.region, "callers": [_place(place) for place in one.callers], "place": _place(one.place), "reader": one.reader, "certainty": one.certainty.value, "note": one.note}
            for one in reading.sources
        ],
        "tools": [
            {"name": one.name, "effect": one.effect, "why": one.why, "approved_by_person": one.approved_by_person, "place": _place(one.place), "reader": one.reader, "certainty": one.certainty.value}
            for one in reading.tools
        ],
        "hosts": [
            {"host": one.host, "name": one.name, "why": one.why, "place": _place(one.place), "reader": one.reader, "certainty": one.certainty.value}
            for one in reading.hosts
        ],
        "uses": [
            {"name": one.name, "why": one.why, "place": _place(one.place), "certainty": one.certainty.value}
            for one in reading.techniques
        ],
        "remarks": [
            {"kind": one.kind, "says": one.says, "place": _place(one.place), "reader": one.reader}
            for one in reading.remarks
        ],
        "services": [
            {"name": one.name, "folder": one.folder, "languages": list(one.languages), "place": _place(one.place), "uses_ai": one.uses_ai}
            for one in reading.services
        ],
        "questions": [_notice(notice) for notice in reading.questions],
        "files": [{"path": one.path, "reader": one.reader, "facts": one.facts} for one in reading.files],
        "left": [{"path": one.path, "why": one.why} for one in reading.left],
        "looked_at": reading.looked_at,
        "complete": reading.complete,
    }  # fmt: skip
    return canonical_json(plain)


def _claim(claim: Claim) -> dict[str, object]:
    return {"name": claim.fact, **_value(claim.value), "provenance": claim.provenance.value, "place": _place(claim.place), "note": claim.note}  # fmt: skip


def _value(value: Value) -> dict[str, object]:
    if isinstance(value, Quantity):
        whole = value.value == int(value.value) and abs(value.value) < 2**53
        return {"value": int(value.value) if whole else value.value, "unit": value.unit, "text": str(value)}
    if isinstance(value, tuple):
        return {"value": list(value), "unit": "", "text": ", ".join(value)}
    return {"value": value, "unit": "", "text": str(value).lower() if isinstance(value, bool) else value}


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column}


def _notice(notice: Notice) -> dict[str, object]:
    return {"kind": notice.kind, "message": notice.message, "place": _place(notice.place), "next_step": notice.next_step}  # fmt: skip


def render_text(reading: RepositoryReading) -> str:
    """Return the reading as lines for a terminal, what is inferred marked with a question mark."""
    lines = [f"{reading.name}: {reading.looked_at} files, {len(reading.files)} of them say something"]
    lines += _block("uses", [f"{one.name}: {one.why} ({one.place})" for one in reading.techniques])
    lines += _block("models", [f"{one.role}: {one.name}{f' by {one.provider}' if one.provider else ''} ({one.place})" for one in reading.models])  # fmt: skip
    lines += _block("sources", [f"{one.system}{f', {one.direction}' if one.direction else ''} ({one.place})" for one in reading.sources])  # fmt: skip
    lines += _block("tools", [f"{one.name}: {one.effect}, {one.why}{'; a person approves it' if one.approved_by_person else ''} ({one.place})" for one in reading.tools])  # fmt: skip
    lines += _block("talks to", [f"{one.shown}: {one.why} ({one.place})" for one in reading.hosts])
    shown = [found for found in reading.facts if not found.claim.fact.startswith(("sources[", "security.egress[", "agent.tools", "pilot.uses"))]  # fmt: skip
    fieldless = [found for found in shown if not has_a_field(found.claim.fact)]
    shown = [found for found in shown if has_a_field(found.claim.fact)]
    rows = [f"{'?' if found.certainty == 'inferred' else ' '} {found.claim.fact} = {_value(found.claim.value)['text']}  ({found.claim.place}{'; ' if found.claim.note else ''}{found.claim.note})" for found in shown]  # fmt: skip
    lines += _block("facts (? = inferred, to be confirmed)", rows, most=200)
    lines += _block("also found, with no field in the manifest", sorted([*map(_fieldless, fieldless), *(f"{one.kind}: {one.says} ({one.place})" for one in reading.remarks)]))  # fmt: skip
    lines += _block("to decide", [_with_place(one) + (f"\n    -> {one.next_step}" if one.next_step else "") for one in reading.questions if one.kind == "question"])  # fmt: skip
    if len(reading.services) > 1:
        lines += _block("services", [f"{one.folder or '.'}: {', '.join(one.languages)}{', uses models' if one.uses_ai else ''}" for one in reading.services])  # fmt: skip
    lines += _block("not used in part", [f"{one.path}: {one.why.removeprefix(IN_PART)}" for one in reading.left if one.why.startswith(IN_PART)], most=12)  # fmt: skip
    lines += _block("not used", [f"{one.path}: {one.why}" for one in reading.left if not one.why.startswith(IN_PART)], most=12)  # fmt: skip
    if not reading.complete:
        lines.append("the walk stopped at its limit; choose a smaller folder to see everything")
    text = "\n".join(lines) + "\n"
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _with_place(one: Notice) -> str:
    """Return a question with its place, unless the question names that itself."""
    return one.message if f"({one.place}" in one.message else f"{one.message} ({one.place})"


_UNSURE = {Certainty.INFERRED: ", inferred"}
_FIELDLESS = {
    "model.call_timeout": "timeout of a call to the model",
    "model.decision_threshold": "threshold of the decision",
    "model.region": "region of the model",
    "retrieval.candidates": "passages before ranking",
    "retrieval.chunk_overlap": "overlap of passages",
    "retrieval.chunk_size": "size of a passage",
}
"""Values that are found and that no field of the manifest takes, and what they are."""
_COUNTED = ("retrieval.chunk_size", "retrieval.chunk_overlap")
"""Of them lengths, in whatever a splitter counts."""


def _fieldless(found: FoundFact) -> str:
    """Return a value that no field takes; how long passages are is counted as the program counts where no unit is said."""
    claim, unsure = found.claim, _UNSURE.get(found.certainty, "")
    said = f"{_FIELDLESS.get(claim.fact, claim.fact)}: {_value(claim.value)['text']}"
    if claim.fact in _COUNTED:
        unit = claim.note or "in the splitter's own unit"
        return f"{said} {unit} ({claim.place}{unsure})"
    return f"{said} ({claim.place}{'; ' if claim.note else ''}{claim.note}{unsure})"


def _block(title: str, rows: Iterable[str], *, most: int = _MOST_LINES) -> list[str]:
    listed = list(rows)
    if not listed:
        return []
    more = [f"  ... and {len(listed) - most} more; --format json lists all"] if len(listed) > most else []
    return ["", f"{title}:", *(f"  {row}" for row in listed[:most]), *more]
