"""Lines of styled text for a terminal: wrapping, columns and bars, each text made inert on its way in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from msgspec import Struct

from poc_gate.text.inert_text import inert

MAX_TEXT = 110
"""Longer lines of prose are hard to read; only tables and bars use a wider terminal."""
_LONGEST_UNIT = 6
_NARROWEST = 8


class StyledText(Struct, frozen=True):
    """A piece of one line with its style, a name that the painter knows, and a link or none."""

    text: str
    style: str = ""
    link: str = ""


Line = tuple[StyledText, ...]


def span(text: str, style: str = "", link: str = "") -> StyledText:
    """Return a span whose text cannot steer a terminal."""
    return StyledText(inert(text), style, link)


def line(*parts: str | StyledText) -> Line:
    """Return one line; plain texts are made inert."""
    return tuple(part if isinstance(part, StyledText) else span(part) for part in parts)


def plain(row: Line) -> str:
    """Return the line without its styles."""
    return "".join(part.text for part in row).rstrip()


def cells(text: str) -> int:
    """Return how many columns a text takes: wide East Asian characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, width: int) -> str:
    """Return the text padded to `width` columns, or cut with an ellipsis."""
    text = inert(text)
    if cells(text) <= width:
        return text + " " * (width - cells(text))
    cut = text
    while cut and cells(cut) > width - 1:
        cut = cut[:-1]
    return cut + "…" + " " * (width - 1 - cells(cut)) if width > 0 else ""


def wrap(text: str, width: int) -> list[str]:
    """Return the text in lines of at most `width` columns, broken at spaces, long words cut."""
    width = max(width, 10)
    rows: list[str] = []
    current = ""
    for word in _words(inert(text), width):
        if current and cells(current) + 1 + cells(word) > width:
            rows.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*rows, current] if current or not rows else rows


def _words(text: str, width: int) -> Iterable[str]:
    for word in _bound(text.split()):
        rest = word
        while cells(rest) > width:
            cut = next(n for n in range(len(rest), 0, -1) if cells(rest[:n]) <= width)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _bound(words: list[str]) -> list[str]:
    """Keep a number and its unit together: `22.5 GiB` is one word to the eye."""
    bound: list[str] = []
    for word in words:
        is_unit = len(word) <= _LONGEST_UNIT and not word[0].isdigit()
        if bound and is_unit and bound[-1].replace(",", "").replace(".", "").isdigit():
            bound[-1] += f" {word}"
        else:
            bound.append(word)
    return bound


def paragraph(text: str, *, width: int, indent: int = 0, lead: str = "", style: str = "") -> list[Line]:
    """Return wrapped prose; `lead` stands before the first line and the rest hangs under its end."""
    lead = inert(lead)
    room = min(width, MAX_TEXT) - indent - cells(lead)
    rows = wrap(text, room)
    blank = " " * cells(lead)
    return [
        line(" " * indent, StyledText(lead if index == 0 else blank, "dim"), StyledText(row, style))
        for index, row in enumerate(rows)
    ]


def heading(text: str, note: str = "") -> list[Line]:
    """Return a blank line and a heading."""
    return [line(), line(span(text, "heading"), span(f"  {note}" if note else "", "dim"))]


def range_bar(low: float | None, high: float | None, width: int) -> list[StyledText]:
    """Return a bar of 0 to 100: proven full, unknown shaded, the rest dots."""
    if low is None or high is None:
        return [StyledText("no rule applies".ljust(width), "dim")]
    solid = round(low / 100 * width)
    shaded = max(round(high / 100 * width) - solid, 0)
    return [
        StyledText("█" * solid, "proven"),
        StyledText("▒" * shaded, "open"),
        StyledText("·" * (width - solid - shaded), "dim"),
    ]


def columns(rows: Sequence[Sequence[str]], *, width: int, indent: int = 2) -> list[Line]:
    """Return a table without rules, the first row its header.

    Where the terminal is narrow the widest columns give way and their cells are cut: what they say in
    full stands in the findings.
    """
    widths = [max(cells(inert(row[index])) for row in rows) for index in range(len(rows[0]))]
    room = width - indent - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    made = []
    for number, row in enumerate(rows):
        texts = [fit(cell, size) for cell, size in zip(row, widths, strict=True)]
        made.append(line(" " * indent, StyledText("  ".join(texts).rstrip(), "dim" if number == 0 else "")))
    return made
