"""Names in TypeScript, Java, Go and C# -> what each of them means, by the packages that its file names."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.other_calls.row import OtherCall
from poc_gate.inputs.repository.tables.other_calls.script_rows import SCRIPT_ROWS
from poc_gate.inputs.repository.tables.other_calls.typed_rows import TYPED_ROWS


def _merged(*parts: dict[str, OtherCall]) -> dict[str, tuple[OtherCall, ...]]:
    """Return the rows of each name in their order: which of them is meant, the file's packages decide."""
    found: dict[str, tuple[OtherCall, ...]] = {}
    for part in parts:
        for name, row in part.items():
            found[name] = (*found.get(name, ()), row)
    return found


OTHER_CALLS = _merged(*SCRIPT_ROWS, *TYPED_ROWS)
