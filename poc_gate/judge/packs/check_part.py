"""What a rule file states beside its expressions -> faults: days that no calendar has, levers that move nothing."""

from __future__ import annotations

import difflib
from collections.abc import Callable

from poc_gate.base.days import exact_day
from poc_gate.judge.packs.rule_schema import RulePart
from poc_gate.model.fact import Catalogue

Tell = Callable[[tuple[str | int, ...], str, str], None]
"""Notes a fault: path in the file, what is wrong, what to do."""


def check_days(part: RulePart, tell: Tell) -> None:
    """Refuse days that no calendar has."""
    days: dict[tuple[str | int, ...], str | None] = {("applies_from",): part.applies_from}
    for index, reference in enumerate(part.references):
        days["references", index, "verified_on"] = reference.verified_on
        days["references", index, "applies_from"] = reference.applies_from
    for path, day in days.items():
        if day and exact_day(day) is None:
            tell(path, f"{day!r} is not a calendar date", "write it as 2026-12-01")


def check_levers(part: RulePart, catalogue: Catalogue, tell: Tell) -> None:
    """Refuse levers that are not facts of the manifest, and those that change nothing which the rule reads."""
    read = catalogue.behind(part.given.values()) if part.levers else frozenset()
    stated = [spec.name for spec in catalogue.specs.values() if spec.origin == "manifest"]
    for index, lever in enumerate(part.levers):
        spec = catalogue.find(lever)
        if spec is None or spec.origin in {"flow", "machine"}:
            near = difflib.get_close_matches(lever, stated, n=1, cutoff=0.5)
            step = f"did you mean {near[0]!r}?" if near else "name a fact of the manifest"
            tell(("levers", index), f"{lever!r} is not something that a team can set", step)
        elif lever not in read:
            near = difflib.get_close_matches(lever, read & set(stated), n=1, cutoff=0.5)
            step = f"did you mean {near[0]!r}?" if near else "drop it, and say in `fix` what it does"
            tell(("levers", index), f"{lever!r} changes nothing that this rule reads", step)
