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
_OF_DEVELOPERS = re.compile(r"(?i)(?:^|/)(?:makefile|justfile|taskfile[\w.]*)$|\.mk$|^\.github/")


def unset_traces(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> list[Off]:
    """Return the lines that set up traces behind such a condition."""
    return [*_by_address(texts, environments), *_by_variable(texts, environments), *_by_parameter(texts)]


def _by_address(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> list[Off]:
    found = [one for path, text in texts if path.endswith(".go") and _SETS_UP in text for one in _branches(path, text)]  # fmt: skip
    return [] if not found or _is_given(texts, environments, ".go") else found


def _is_given(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]], code: str) -> bool:
    """Say whether a file beside the code gives the address, other than a template only where its chart's values hold one."""
    apart = [text for path, text in texts if not path.endswith(code) and not _OF_DEVELOPERS.search(path)]
    whole = "\n".join(text for path, text in texts if path.endswith((".yaml", ".yml")) and "{{" not in text)
    return any(
        _is_set(match, text, whole)
        for text in (*apart, *(text for _, text in environments))
        if "OTEL_EXPORTER" in text
        for match in _GIVEN.finditer(text)
    )


_ONLY_WHERE = re.compile(r"\{\{-?\s*if\s+[$.\w]*\.Values\.(?:\w+\.)*(?P<key>\w+)\s*-?\}\}\s*(?:-\s*)?\Z")


def _is_set(match: re.Match[str], text: str, values: str) -> bool:
    """Say whether a place that names the variable gives it a value."""
    only = _ONLY_WHERE.search(text, max(0, match.start() - _BEFORE), match.start())
    return only is None or re.search(rf"(?m)^\s*{only['key']}:\s*[\"']?[^\s\"'#]", values) is not None


_BEFORE = 200
"""Characters in which the condition of a line stands before it."""
_MAKES = re.compile(r"(?m)^(?P<by>[ \t]*)\S.*\bset_tracer_provider\(")
_LOOKS_UP = re.compile(
    r"(?:environ\.get|getenv)\(\s*[\"']?OTEL_EXPORTER_OTLP_(?:TRACES_)?ENDPOINT[\"']?\s*\)"
)
_STOPS = re.compile(r"(?m)^(?P<by>[ \t]+)if not (?:\w*(?:endpoint|otlp|otel)\w*|(?:os\.)?(?:environ\.get|getenv)\([^\n)]*\)):[ \t]*\n(?:(?P=by)[ \t]+\S[^\n]*\n){0,3}?(?P=by)[ \t]+return\b")  # fmt: skip
_STARTER = re.compile(r"\bopentelemetry-instrument(?![\w-])")
"""The program that sets traces up around another one, and listens to variables itself."""


def _by_variable(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> list[Off]:
    """Return where Python takes in OpenTelemetry, if each function that sets traces up stops where the address is not set."""
    code = [(path, text) for path, text in texts if path.endswith(".py") and "opentelemetry" in text]
    makers = [text for _, text in code if _MAKES.search(text)]
    if not makers or not all(map(_stops, makers)) or any(_STARTER.search(text) for _, text in texts):
        return []
    if _is_given(texts, environments, ".py"):
        return []
    return [
        Off(path, line, line, _WHY, asked=True, only=("techniques",))
        for path, text in code
        for line in (line_at(text, match.start()) for match in _IMPORTS.finditer(text))
    ]


def _stops(text: str) -> bool:
    """Say whether a file looks the address up and returns without it before it sets traces up."""
    made, stop = _MAKES.search(text), _STOPS.search(text)
    return _LOOKS_UP.search(text) is not None and made is not None and stop is not None and stop.start() < made.start()  # fmt: skip


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
