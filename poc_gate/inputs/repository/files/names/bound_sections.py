"""Sections of the settings of .NET -> those that code names: others are left over from a template."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.files.walk import WalkedFile

_CODE = (".cs", ".fs", ".vb", ".razor", ".cshtml")
_LARGEST = 512 << 10
_READS = re.compile(
    r"\bGetSection\(|\b\w*[cC]onfig\w*\[|\bBindConfiguration\(|\bGetValue<|\bGetRequiredSection\("
)
"""How code reads settings by their names."""
_BY_LIBRARIES = frozenset({"azuread", "azureadb2c", "entra", "entraid", "serilog", "nlog", "kestrel", "logging", "connectionstrings", "applicationinsights", "opentelemetry", "aspire", "orleans", "reverseproxy", "identityserver", "healthchecksui", "downstreamapi", "dapr", "masstransit", "quartz", "hangfire"})  # fmt: skip
"""Sections that libraries read by themselves, whatever code says."""


def unbound_sections(files: Sequence[WalkedFile], sections: Collection[str]) -> frozenset[str]:
    """Return those of some sections that no code of .NET names, where some code reads settings by their names."""
    asked = {name for name in sections if name.lower() not in _BY_LIBRARIES}
    texts = _texts(files) if asked else []
    if not any(map(_READS.search, texts)):
        return frozenset()
    small = [text.lower() for text in texts]
    return frozenset(name for name in asked if not any(name.lower() in text for text in small))


def _texts(files: Sequence[WalkedFile]) -> list[str]:
    """Return the code of .NET; nothing where a part of it cannot be read."""
    wanted = [file for file in files if file.path.lower().endswith(_CODE) and file.size <= _LARGEST]
    try:
        return [TextFile(file.path, file.full, largest=_LARGEST).text for file in wanted]
    except OSError:
        return []
