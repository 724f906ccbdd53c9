"""One result of a running pilot -> what it shows, as text or canonical JSON: facts, certainty, limits, questions."""

from __future__ import annotations

import json
from pathlib import Path

from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.app.imports.show_import import render_notice, render_place, render_value
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.model.claim import Provenance
from poc_gate.model.observation import Observation, Observed
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.text.inert_text import inert_lines

_TITLES = (
    ("limit", "cannot be concluded"),
    ("question", "questions"),
    ("secret", "secrets"),
    ("warning", "warnings"),
    ("ignored", "not taken"),
)


def view_observed(path: Path, *, kind: str = "", option: str = "") -> Observed:
    """Return what one file shows, held against no manifest; raises InvalidInputError when it cannot be read."""
    return read_results([NamedFile(path, path.as_posix(), option)], Declared(), "", kind=kind)[0]


def observed_json(observed: Observed) -> str:
    """Return what was observed as canonical JSON: sorted keys, newline at the end."""
    return json.dumps(observed_data(observed), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def observed_data(observed: Observed) -> dict[str, object]:
    """Return what was observed as plain data; `must_not_be_concluded` and `questions` are lists of their own."""
    origin = observed.origin
    return {
        "schema": "poc-gate.import/1",
        "kind": observed.kind,
        "group": observed.group,
        "files": dict(observed.files),
        "file": min(observed.files, default=""),
        "sha256": next(iter(observed.files.values())) if len(observed.files) == 1 else "",
        "tool": origin.tool,
        "tool_version": origin.version,
        "observed_at": origin.observed_at,
        "target": origin.target,
        "samples": observed.samples,
        "facts": [_fact(one) for one in observed.observations],
        "must_not_be_concluded": [render_notice(one) for one in observed.notices if one.kind == "limit"],
        "questions": [render_notice(one) for one in observed.notices if one.kind == "question"],
        "notices": [render_notice(one) for one in observed.notices if one.kind not in ("limit", "question")],
        "details": dict(observed.details),
    }


def observed_text(observed: Observed) -> str:
    """Return what was observed as lines for a terminal."""
    origin = observed.origin
    names = ", ".join(f"{file} (sha256 {digest[:16]})" for file, digest in observed.files.items())
    tool = " ".join(part for part in (origin.tool or "an unnamed tool", origin.version) if part)
    head = f"{names}: read as {observed.kind}, written by {tool}"
    known = [f"of {origin.observed_at}" if origin.observed_at else "", f"target {origin.target}" if origin.target else ""]  # fmt: skip
    lines = [", ".join([head, *(part for part in known if part)]), f"{observed.samples:,} samples"]
    lines += _block("facts", [_line(one) for one in observed.observations])
    for kind, title in _TITLES:
        rows = [
            f"{one.message} ({one.place})" + (f"\n    -> {one.next_step}" if one.next_step else "")
            for one in observed.notices
            if one.kind == kind
        ]
        lines += _block(title, rows)
    return "\n".join(inert_lines("\n".join(lines))) + "\n"


def _block(title: str, rows: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"  {row}" for row in rows)] if rows else []


def _line(one: Observation) -> str:
    text = str(render_value(one.value)["text"])
    notes = [_between(one), f"n = {one.samples:,}" if one.samples is not None else "", one.method]
    if one.provenance is not Provenance.MEASURED:
        notes.append(f"{one.provenance.value}: {one.reason}")
    elif one.reason or one.stable is False:
        notes.append(one.reason or "too few samples for both ends of the interval")
    return f"{one.fact} = {text}  ({'; '.join(note for note in notes if note)})"


def _between(one: Observation) -> str:
    if not isinstance(one.value, Quantity) or (one.low is None and one.high is None):
        return ""
    unit = one.value.unit
    if one.low is None or one.high is None:
        end = one.low if one.low is not None else one.high
        assert end is not None
        return (
            f"95 %: {'at least' if one.low is not None else 'at most'} {show_quantity(Quantity(end, unit))}"
        )
    return f"95 %: {show_quantity(Quantity(one.low, unit))} to {show_quantity(Quantity(one.high, unit))}"


def _fact(one: Observation) -> dict[str, object]:
    return {
        "name": one.fact,
        **render_value(one.value),
        "low": one.low,
        "high": one.high,
        "interval": one.interval,
        "samples": one.samples,
        "method": one.method,
        "stable": one.stable,
        "provenance": one.provenance.value,
        "reason": one.reason,
        **render_place(one.place),
        "dated": one.dated,
        "sha256": one.sha256,
    }
