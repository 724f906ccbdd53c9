"""Traces that are set up only where an address is given which no file gives, or where a parameter is on that nobody turns on -> their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poc_gate.inputs.repository.files.off.off import Off
from poc_gate.inputs.repository.files.text_file import line_at

_SETS_UP = "otel.SetTracerProvider"
_BRANCH = re.compile(r"(?m)^(?P<by>[ \t]*)if (?:\w+ := )?[^\n{]*(?i:otlp|otel|traces?_?endpoint)[^\n{]*!= \"\" \{[ \t]*$")  # fmt: skip
_GIVEN = re.compile(r"(?m)^[^#\n]*\bOTEL_EXPORTER_OTLP_(?:TRACES_)?ENDPOINT\b[\"']?[ \t]*[:=][ \t]*[\"']?[^\s\"'#]|name:[ \t]*[\"']?OTEL_EXPORTER_OTLP_(?:TRACES_)?ENDPOINT\b")  # fmt: skip
_WHY = (
    "requests are traced only where OTEL_EXPORTER_OTLP_ENDPOINT is set, and nothing that is deployed sets it"
)
_OF_DEVELOPERS = re.compile(r"(?i)(?:^|/)(?:makefile|justfile|taskfile[\w.]*)$|\.mk$")


def unset_traces(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> list[Off]:
    """Return the lines that set up traces behind such a condition."""
    return [*_by_address(texts, environments), *_by_parameter(texts)]


def _by_address(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> list[Off]:
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
            yield Off(path, line_at(text, match.start()), line_at(text, end) + 1, _WHY, asked=True, only=("techniques",))  # fmt: skip


_PARAMETER = re.compile(r"(?m)^[ \t]+(?P<name>trace_to_cloud|(?:enable|use|with)_trac(?:ing|es?)|tracing(?:_enabled)?)[ \t]*(?::[ \t]*bool[ \t]*)?=[ \t]*False[ \t]*,?[ \t]*$")  # fmt: skip
_IMPORTS = re.compile(r"(?m)^(?:from|import)[ \t]+opentelemetry\b")


def _by_parameter(texts: Sequence[tuple[str, str]]) -> list[Off]:
    """Return where files of Python take in OpenTelemetry that send traces only where a parameter of theirs is on."""
    code = [(path, text) for path, text in texts if path.endswith(".py") and "trac" in text]
    found: list[Off] = []
    for path, text in code:
        named = _PARAMETER.search(text) if "opentelemetry" in text else None
        if named is None or not re.search(rf"(?m)^[ \t]+if {named['name']}:", text):
            continue
        given = re.compile(rf"\b{named['name']}\b[ \t]*(?::[ \t]*bool[ \t]*)?=(?!=)(?![ \t]*False\b)")
        if any(given.search(other) for _, other in code):
            continue
        why = f"requests are traced only where {named['name']} is on, and nothing turns it on"
        lines = (line_at(text, match.start()) for match in _IMPORTS.finditer(text))
        found += [Off(path, line, line, why, asked=True, only=("techniques",)) for line in lines]
    return found
