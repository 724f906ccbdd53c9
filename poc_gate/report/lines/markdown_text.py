"""Text -> Markdown that shows it literally: no link, image, HTML, mention or table cell can come out of it."""

from __future__ import annotations

import re

from poc_gate.text.inert_text import inert

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#!|~$&])")
_LINE_START = re.compile(r"^(\s*)([-+=])|^(\s*\d+)([.)])(?=\s|$)")
_REFERENCE = re.compile(r"(@|\\#)(?=\w)")
_SCHEME = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp|www)([:.])")


def escape_markdown(text: str) -> str:
    """Return text for one Markdown paragraph or table cell.

    Every mark that Markdown or its dialects read is escaped, at the start of a line also what begins a
    list. Code hosts look for `@name` and `#1` after rendering, where no escape is left, so a word joiner
    (invisible, no width) parts them; addresses are linked before rendering, so an entity is enough.
    """
    escaped = _SPECIAL.sub(r"\\\1", inert(text))
    escaped = _LINE_START.sub(_escape_start, escaped)
    escaped = _REFERENCE.sub("\\1\N{WORD JOINER}", escaped)
    return _SCHEME.sub(lambda found: f"{found[1]}&#{ord(found[2])};", escaped)


def markdown_prose(text: str) -> str:
    """Return our own prose for Markdown: names in backticks as code spans, everything else literally."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape_markdown(text)
    return "".join(code_span(part) if odd % 2 else _inline(part) for odd, part in enumerate(parts))


def _inline(text: str) -> str:
    """Return a piece of a sentence: spaces at its ends stay."""
    return escape_markdown(text) if text.strip() else text


def _escape_start(found: re.Match[str]) -> str:
    if found[2]:
        return f"{found[1]}\\{found[2]}"
    return f"{found[3]}\\{found[4]}"


def code_span(text: str) -> str:
    """Return text as a code span; backticks inside get a longer fence, pipes stay safe in tables."""
    plain = inert(text).replace("|", "\N{BROKEN BAR}")
    longest = max((len(run) for run in re.findall(r"`+", plain)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if "`" in plain or not plain.strip() else ""
    return f"{fence}{pad}{plain}{pad}{fence}" if plain else ""
