"""A template of Helm or Jinja -> YAML that can be read: what its values decide is left out, nothing is run."""

from __future__ import annotations

import re

_ONLY = re.compile(r"^\s*\{\{-?.*?-?\}\}\s*$|^\s*\{%-?.*?-?%\}\s*$")
_INLINE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_UNFINISHED = re.compile(r"^\s*\{\{-?(?!.*\}\})")


def is_template(text: str) -> bool:
    """Say whether a text has marks of a template outside quotes that matter."""
    return "{{" in text or "{%" in text


def read_around(text: str) -> str:
    """Return the text with lines of control left out and values of the template left empty; lines keep their numbers."""
    lines: list[str] = []
    open_mark = False
    for line in text.split("\n"):
        if open_mark:
            open_mark = "}}" not in line
            lines.append("")
        elif _UNFINISHED.match(line):
            open_mark = True
            lines.append("")
        elif _ONLY.match(line):
            lines.append("")
        else:
            lines.append(_INLINE.sub("", line) if "{" in line else line)
    return "\n".join(lines)
