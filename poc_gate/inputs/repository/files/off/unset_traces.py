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
    return [*_by_address(texts, environments), *_by_early_return(texts, environments), *_by_parameter(texts)]


def _by_address(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> list[Off]:
    found = [one for path, text in texts if path.endswith(".go") and _SETS_UP in text for one in _branches(path, text)]  # fmt: skip
    return [] if found and _is_given(texts, environments) else found


def _is_given(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> bool:
    """Say whether any file but code and what developers start says where traces go; a template does where its chart has a value for it."""
    apart = [text for path, text in texts if not path.endswith((".go", ".py")) and not _OF_DEVELOPERS.search(path)]  # fmt: skip
    values = "\n".join(text for path, text in texts if path.endswith((".yaml", ".yml")) and "{{" not in text)
    given = [text for text in (*apart, *(text for _, text in environments)) if "OTEL_EXPORTER" in text]
    return any(_is_set(match, text, values) for text in given for match in _GIVEN.finditer(text))


_ONLY_WHERE = re.compile(r"\{\{-?\s*if\s+[$.\w]*\.Values\.(?:\w+\.)*(?P<key>\w+)\s*-?\}\}\s*(?:-\s*)?\Z")
_BEFORE = 200
"""Characters in which the condition of a line stands before it."""


def _is_set(match: re.Match[str], text: str, values: str) -> bool:
    """Say whether a place that names the variable gives it a value."""
    only = _ONLY_WHERE.search(text, max(0, match.start() - _BEFORE), match.start())
    return only is None or re.search(rf"(?m)^[ \t]*{only['key']}:\s*[\"']?[^\s\"'#]", values) is not None


_LOOKED_UP = r"os\.(?:getenv|environ\.get)\([ \t]*[\"']?OTEL_EXPORTER_OTLP_(?:TRACES_)?ENDPOINT[\"']?[ \t]*(?:,[ \t]*(?:None|\"\"|''))?[ \t]*\)"
_RETURNS = re.compile(rf"(?m)^(?P<by>[ \t]+)(?:(?P<name>\w+)[ \t]*=[ \t]*{_LOOKED_UP}[^\n]*\n(?:[^\n]*\n){{0,4}}?(?P=by))?if not (?:{_LOOKED_UP}|(?P=name)):[ \t]*\n(?:(?P=by)[ \t]+[^\n]*\n){{0,4}}?(?P=by)[ \t]+return\b")  # fmt: skip
"""A function that ends at once where nobody says where traces go; the name is missing where the condition looks it up itself."""
_IMPORTED = re.compile(r"(?m)^[ \t]*(?:from|import)[ \t]+opentelemetry\b")


def _by_early_return(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> list[Off]:
    """Return where files of Python take in OpenTelemetry whose only function that sets it up ends without an address."""
    code = [(path, text) for path, text in texts if path.endswith(".py")]
    waits = {path for path, text in code if "OTEL_EXPORTER" in text and _RETURNS.search(text)}
    whole = waits >= {path for path, text in code if "set_tracer_provider(" in text}
    found = [
        Off(path, line, line, _WHY, asked=True, only=("techniques",))
        for path, text in code
        if path in waits or (whole and waits)
        for line in (line_at(text, match.start()) for match in _IMPORTED.finditer(text))
    ]
    return [] if found and _is_given(texts, environments) else found


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
