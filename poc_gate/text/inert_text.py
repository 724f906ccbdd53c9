"""Makes text from manifests, packs and artifacts inert: nothing in it can steer a terminal or hide."""

from __future__ import annotations


def inert(text: str) -> str:
    """Return text on one line with control, format and bidirectional characters made visible.

    Python calls every control, format, private, unassigned, surrogate and separator character but the
    space unprintable; those are what reorders, hides or executes. White space becomes a space, all
    others their escape, so a reader sees that something was there.
    """
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def inert_lines(text: str) -> list[str]:
    """Return the lines of a text, each inert; only a newline ends a line."""
    return [inert(line) for line in text.split("\n")]


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    if character in "\t\n\r\v\f" or character.isspace():
        return " "
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
