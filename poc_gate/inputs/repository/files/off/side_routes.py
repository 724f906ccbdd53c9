"""Routes that bound how long they may take, beside the one that streams answers to people and sets no bound -> their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.files.off.off import Off
from poc_gate.inputs.repository.files.text_file import line_at

_ROUTE = re.compile(r"(?:^|/)app/(?:[\w.()@\[\]-]+/)*route\.[cm]?[jt]s$")
_BOUND = re.compile(r"(?m)^export const maxDuration\b[^=\n]*=[ \t]*\d+")
_STREAMS = re.compile(
    r"\b(?:streamText|streamObject|createUIMessageStream(?:Response)?|createDataStream(?:Response)?)\("
)
_WHY = "it bounds one route, and the route that streams answers sets no bound"


def side_routes(texts: Sequence[tuple[str, str]]) -> list[Off]:
    """Return where routes say how long they may take that stream nothing, where another streams and says nothing of it."""
    routes = [(path, text) for path, text in texts if _ROUTE.search(path)]
    bounds = {path: match for path, text in routes if (match := _BOUND.search(text))}
    streams = {path for path, text in routes if _STREAMS.search(text)}
    if not bounds or not streams or streams & bounds.keys():
        return []
    return [
        Off(path, line, line, _WHY, asked=True, only=("facts",))
        for path, text in routes
        if path in bounds
        for line in [line_at(text, bounds[path].start())]
    ]
