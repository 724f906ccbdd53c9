"""Texts of Python with gaps (`f"{name}"`) as a newer Python reads them -> the same with gaps that an older one can read."""

from __future__ import annotations

import re

_STARTS = re.compile(r"(?i)#[^\n]*|(?<!\w)(?P<kind>[rbuf]{0,2})(?P<quote>'''|\"\"\"|'|\")")
_DEEPEST = 20


def with_plain_gaps(text: str) -> str:
    """Return a text of the same length, each gap that holds its text's own quotes or a backslash replaced by a name.

    Python reads both in gaps from 3.12 on (PEP 701).
    """
    made: list[str] = []
    at = 0
    while found := _STARTS.search(text, at):
        made.append(text[at : found.end()])
        at = found.end()
        quote = found["quote"]
        if quote is None:
            continue
        end, gaps = _end_of(text, at, quote, filled="f" in found["kind"].lower())
        for start, stop in gaps:
            made += [text[at:start], _plain(text[start:stop], quote)]
            at = stop
        made.append(text[at:end])
        at = end
    return "".join(made) + text[at:]


def _end_of(
    text: str, at: int, quote: str, *, filled: bool, depth: int = 0
) -> tuple[int, list[tuple[int, int]]]:
    """Return where a text ends, behind its closing quote, and where its gaps begin and end."""
    gaps: list[tuple[int, int]] = []
    while at < len(text):
        if text.startswith(quote, at):
            return at + len(quote), gaps
        if text[at] == "\n" and len(quote) == 1:
            return at, gaps
        if text[at] == "\\" or (filled and text.startswith(("{{", "}}"), at)):
            at += 2
        elif filled and text[at] == "{" and depth < _DEEPEST:
            stop = _end_of_gap(text, at + 1, depth)
            gaps.append((at + 1, stop))
            at = stop + 1
        else:
            at += 1
    return at, gaps


def _end_of_gap(text: str, at: int, depth: int) -> int:
    """Return where a gap ends: at the bracket that closes it, which none in a text within it does."""
    opened = 0
    while at < len(text):
        found = _STARTS.match(text, at)
        if found is not None and found["quote"]:
            filled = "f" in found["kind"].lower()
            at, _ = _end_of(text, found.end(), found["quote"], filled=filled, depth=depth + 1)
            continue
        if text[at] in "([{":
            opened += 1
        elif text[at] in ")]}":
            if opened == 0:
                return at
            opened -= 1
        at += 1
    return at


def _plain(gap: str, quote: str) -> str:
    """Return a gap as it is where an older Python reads it, and a name in its place otherwise."""
    if quote not in gap and "\\" not in gap and not (len(quote) == 1 and "\n" in gap):
        return gap
    return "_" + re.sub(r"[^\n]", " ", gap[1:]) if len(quote) > 1 else "_" + " " * (len(gap) - 1)
