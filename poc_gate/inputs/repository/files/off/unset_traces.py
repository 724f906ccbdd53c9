"""Traces that Go sets up only where an address is given which no file gives -> the lines of that branch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poc_gate.inputs.repository.files.off.off import Off, line_of

_SETS_UP = "otel.SetTracerProvider"
_BRANCH = re.compile(r"(?m)^(?P<by>[ \t]*)if (?:\w+ := )?[^\n{]*(?i:otlp|otel|traces?_?endpoint)[^\n{]*!= \"\" \{[ \t]*$")  # fmt: skip
_GIVEN = re.compile(r"(?m)^[^#\n]*\bOTEL_EXPORTER_OTLP_(?:TRACES_)?ENDPOINT\b[\"']?[ \t]*[:=][ \t]*[\"']?[^\s\"'#]|name:[ \t]*[\"']?OTEL_EXPORTER_OTLP_(?:TRACES_)?ENDPOINT\b")  # fmt: skip
_WHY = (
    "requests are traced only where OTEL_EXPORTER_OTLP_ENDPOINT is set, and nothing that is deployed sets it"
)
_OF_DEVELOPERS = re.compile(r"(?i)(?:^|/)(?:makefile|justfile|taskfile[\w.]*)$|\.mk$")


def unset_traces(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> list[Off]:
    """Return the lines that set up traces behind such a condition."""
    found = [one for path, text in texts if path.endswith(".go") and _SETS_UP in text for one in _branches(path, text)]  # fmt: skip
    if not found:
        return []
    apart = [text for path, text in texts if not path.endswith(".go") and not _OF_DEVELOPERS.search(path)]
    if any("OTEL_EXPORTER" in text and _GIVEN.search(text) for text in (*apart, *(text for _, text in environments))):  # fmt: skip
        return []
    return found


def _branches(path: str, text: str) -> Iterator[Off]:
    for match in _BRANCH.finditer(text):
        end = text.find(f"\n{match['by']}}}", match.end())
        if _SETS_UP in text[match.end() : end]:
            yield Off(path, line_of(text, match.start()), line_of(text, end) + 1, _WHY, asked=True, only=("techniques",))  # fmt: skip
