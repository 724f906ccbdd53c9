"""Parts of one portfolio -> the whole; a pilot of which no part says anything is a row that failed, never left out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from poc_gate.errors import UsageError
from poc_gate.many.portfolio.rows import Ground, Judged, assemble, failed, naming
from poc_gate.model.many.portfolio import Cause, Portfolio, Row

_SAME = "judge all parts on one day (--on), with one version, the same packs and options"


def parts_of(paths: Sequence[str], shard: int, shards: int) -> tuple[str, ...]:
    """Return the paths of one part, 1-based; which part a path is in depends on its name alone."""
    return tuple(path for path in sorted(paths) if _place(path, shards) == shard)


def _place(path: str, shards: int) -> int:
    return int.from_bytes(hashlib.sha256(path.encode(errors="surrogateescape")).digest()[:8]) % shards + 1


def merge(parts: Sequence[Portfolio]) -> Portfolio:
    """Return the whole of all parts, the same bytes as one run over all pilots gives.

    Raises UsageError for parts that do not belong together or give two answers for one pilot.
    """
    first = parts[0]
    for part in parts[1:]:
        for what in ("day", "tool", "packs", "options", "asked"):
            if getattr(part, what) != getattr(first, what):
                named = (
                    "asked for other pilots" if what == "asked" else f"have another {what.removesuffix('s')}"
                )
                raise UsageError(
                    f"the parts {first.shard or 'whole'} and {part.shard or 'whole'} {named}", next_step=_SAME
                )
    rows: dict[str, Row] = {}
    causes: dict[str, Cause] = {}
    for part in parts:
        for row in part.rows:
            if rows.get(row.path, row) != row:
                raise UsageError(
                    f"two parts have different answers for {row.path}", next_step="judge it once"
                )
            rows[row.path] = row
        for key, cause in part.causes.items():
            causes[key] = naming(causes.get(key, cause), cause)
    judged = [Judged(row, {hold.cause: causes[hold.cause] for hold in row.holds}) for row in rows.values()]
    judged += [
        failed(path, "no part of the portfolio says anything about it")
        for path in first.asked
        if path not in rows
    ]
    return assemble(judged, Ground(first.day, first.tool, first.packs, first.options, first.asked))
