"""Text -> a cell that no spreadsheet takes for a formula."""

from __future__ import annotations

from poc_gate.text.inert_text import inert

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the full-width forms, which spreadsheets of some countries take for the plain ones."""


def cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe stands before such a start."""
    plain = inert(text)
    stripped = plain.lstrip()
    is_number = stripped.removeprefix("-").replace(".", "", 1).isdigit()
    if stripped.startswith(_STARTS_FORMULA) and not is_number:
        return f"'{plain}"
    return plain
