"""A setting under a name such as `SIMILARITY_THRESHOLD` -> a remark, where no field of the manifest holds its number."""

from __future__ import annotations

import re
from typing import NamedTuple

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import Scalar
from poc_gate.inputs.repository.tables.marks.remarks import remark_of_setting
from poc_gate.inputs.repository.tables.settings import words_of
from poc_gate.text.quantities.plain_number import finite

_OF_SCRIPTS = frozenset(
    {"promotion threshold", "drift threshold", "learning", "retention", "backups", "retention of logs"}
)
"""Settings of which scripts and tooling speak as the service does; how long a script waits is its own affair."""
_COUNTERS = frozenset(
    {"retries", "history", "workers", "batch", "lifetime of records", "retention", "retention of logs"}
)
"""Settings that begin at nought where the program counts, or for which nought means that nothing is set."""
_LONGEST = 80
"""Characters of a setting's name."""


class Remarked(NamedTuple):
    """What is remarked of a setting."""

    kind: str
    says: str
    value: str


def remark_on(name: str, value: Scalar, standing: Standing) -> Remarked | None:
    """Return what is remarked of a setting; None where its name, its value or its place is of nothing to remark on."""
    if isinstance(value, bool) or name[:2] in {"X-", "x-"} or len(name) > _LONGEST or not _is_number(value):
        return None
    row = remark_of_setting(words_of(name))
    if row is None or (standing is Standing.SUPPORT and row.kind not in _OF_SCRIPTS):
        return None
    number = float(value)
    if number < 0 or (number == 0 and row.kind in _COUNTERS):
        return None
    return Remarked(row.kind, row.says, f"{name} {value}" if isinstance(value, str) else f"{name} {value:g}")


def _is_number(value: Scalar) -> bool:
    return (
        finite(value) is not None
        if not isinstance(value, str)
        else bool(re.fullmatch(r"\d{1,9}(?:\.\d{1,6})?", value.strip()))
    )
