"""A page of Svelte or Vue -> the text of its scripts, each character where it stands in the file."""

from __future__ import annotations

import re

_SCRIPT = re.compile(r"(?is)<script\b[^>]{0,400}>(?P<code>.*?)</script\s*>")
_ANYTHING = re.compile(r"[^\n]")


def scripts_of(text: str) -> str:
    """Return a text with as many lines as the page has; all but its scripts is left empty."""
    made: list[str] = []
    at = 0
    for script in _SCRIPT.finditer(text):
        made += [_ANYTHING.sub(" ", text[at : script.start("code")]), script["code"]]
        at = script.end("code")
    return "".join(made) + _ANYTHING.sub(" ", text[at:])
