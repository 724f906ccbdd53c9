"""How far a manifest and its repository agree -> lines for a terminal, or canonical JSON."""

from __future__ import annotations

from poc_gate.app.inspect.drift import Sync
from poc_gate.model.claim import Place
from poc_gate.text.documents.canonical_json import canonical_json

SCHEMA = "poc-gate.sync/1"
_MOST_SHOWN = 6


def sync_text(sync: Sync) -> str:
    """Return one line for each difference, and a last one that counts."""
    lines = [str(drift) for drift in sync.drifts]
    facts = f"{sync.compared} fact{'' if sync.compared == 1 else 's'}"
    if sync.drifts:
        count = len(sync.drifts)
        lines.append(f"{sync.manifest}: {count} difference{'' if count == 1 else 's'}, {facts} compared")
        lines.append("    -> correct the manifest, or the code, whichever is wrong")
    else:
        lines.append(f"{sync.manifest}: in step with the repository, {facts} compared")
    for one in sync.unsaid:
        entries = ", ".join(one.shown[:_MOST_SHOWN]) + (f" and {len(one.shown) - _MOST_SHOWN} more" if len(one.shown) > _MOST_SHOWN else "")  # fmt: skip
        lines.append(f"not compared: the manifest does not say {one.subject}; the repository shows {entries} ({one.place})")  # fmt: skip
    lines += [f"not compared: {one.why}" for one in sync.not_compared]
    text = "\n".join(lines) + "\n"
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def sync_json(sync: Sync) -> bytes:
    """Return the differences as canonical JSON."""
    return canonical_json(
        {
            "schema": SCHEMA,
            "manifest": sync.manifest,
            "compared": sync.compared,
            "not_compared": [
                {
                    "subject": one.subject,
                    "why": one.why,
                    "stated_at": _place(one.stated_at),
                    "place": _place(one.place),
                }
                for one in sync.not_compared
            ],
            "unsaid": [
                {"subject": one.subject, "shown": list(one.shown), "place": _place(one.place)}
                for one in sync.unsaid
            ],
            "differences": [
                {
                    "kind": drift.kind,
                    "subject": drift.subject,
                    "stated": drift.stated,
                    "stated_at": _place(drift.stated_at),
                    "found": drift.found,
                    "found_at": _place(drift.found_at),
                    "certainty": drift.certainty.value,
                }
                for drift in sync.drifts
            ],
        }
    )


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column}
