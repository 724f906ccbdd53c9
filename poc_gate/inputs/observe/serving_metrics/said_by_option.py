"""What the user says about metrics where they are silent: `version=0.32.0`, `ended=2026-11-28`, `target=...`."""

from __future__ import annotations

import re

from msgspec.structs import replace

from poc_gate.inputs.observe.finds import Finds

_PAIR = re.compile(r"(version|ended|target)\s*=\s*([^,;]+)")
_FIELDS = {"version": "version", "ended": "observed_at", "target": "target"}


def completed(finds: Finds) -> None:
    """Complete the origin by what the option says; what the metrics themselves say is kept."""
    for name, value in _PAIR.findall(finds.option):
        field = _FIELDS[name]
        if not getattr(finds.origin, field):
            finds.origin = replace(finds.origin, **{field: value.strip()[:200]})
