"""A file of reviewed places -> which findings of a scan somebody has looked at, with the reason.

The manifest names it (`security: {secrets_reviewed: FILE}`), so that it stands in plain sight; every place that it
sets aside is shown with its reason in each report. It holds no secret and no digest of one: a file, how many places
of it were looked at, why they are none, who looked, and when. A place more than that counts again.
"""

from __future__ import annotations

import fnmatch
from pathlib import Path

from msgspec import Struct, field

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.artifacts.opening.inside_folder import find_inside, read_bounded
from poc_gate.inputs.artifacts.opening.read_document import read_document

_KEYS = {"file", "places", "reason", "by", "on"}
_SHORTEST_REASON = 10
_LONGEST_DAYS = 365


class Entry(Struct):
    """One reviewed file."""

    file: str
    """Relative to the repository; `*` stands for any characters."""
    places: int
    reason: str
    used: set[tuple[str, int]] = field(default_factory=set)


class Reviewed(Struct):
    """What was reviewed."""

    entries: list[Entry] = field(default_factory=list)

    def reason(self, file: str, line: int) -> str:
        """Return why a place is set aside, or an empty text; each entry covers as many places as it says."""
        for entry in self.entries:
            if fnmatch.fnmatchcase(file, entry.file) and (
                len(entry.used) < entry.places or (file, line) in entry.used
            ):
                entry.used.add((file, line))
                return entry.reason
        return ""


def read_reviewed(root: Path, name: str, today: str) -> Reviewed:
    """Return the reviewed places of a file in the pilot's folder; entries over a year old are left out.

    Raises InvalidInputError with the place of each entry that lacks a file, a number of places, a reason,
    a name or a date.
    """
    shown = (root / name).as_posix()
    document = read_document(read_bounded(find_inside(root, name), shown), shown)
    listed = document.parts[0].data if document.parts else None
    rows = listed.get("reviewed") if isinstance(listed, dict) else listed
    if not isinstance(rows, list):
        raise InvalidInputError(
            [
                Fault(
                    shown,
                    1,
                    1,
                    "the file does not contain a list",
                    "write `- {file: ..., places: 1, reason: ..., by: ..., on: ...}`",
                )
            ]
        )
    faults, entries = list[Fault](), list[Entry]()
    base: tuple[str | int, ...] = ("reviewed",) if isinstance(listed, dict) else ()
    for at, row in enumerate(rows[:10_000]):
        what = _lacking(row)
        if what:
            place = document.parts[0].locate((*base, at))
            faults.append(
                Fault(
                    shown,
                    place.line if place else 0,
                    place.column if place else 0,
                    what,
                    "say who looked, when, and why it is not a secret",
                )
            )
        elif isinstance(row, dict) and _days_between(str(row["on"]), today) <= _LONGEST_DAYS:
            entries.append(
                Entry(str(row["file"]), int(row["places"]), f"{row['reason']}; {row['by']}, {row['on']}")
            )
    if faults:
        raise InvalidInputError(faults)
    return Reviewed(entries)


def _lacking(row: object) -> str:
    if not isinstance(row, dict) or not set(row) >= _KEYS:
        return f"an entry needs {', '.join(sorted(_KEYS))}"
    if not isinstance(row["places"], int) or not 0 < row["places"] <= 10_000:
        return "`places` is not a count"
    if len(str(row["reason"]).strip()) < _SHORTEST_REASON or not str(row["by"]).strip():
        return "the reason is too short, or nobody is named"
    return (
        ""
        if len(str(row["on"])) >= 10 and _days_between(str(row["on"]), "9999-12-31") >= 0
        else "`on` is not a date"
    )


def _days_between(earlier: str, later: str) -> int:
    from datetime import date

    try:
        return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days
    except ValueError:
        return -1 if later.startswith("9999") else _LONGEST_DAYS + 1
