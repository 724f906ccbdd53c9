"""What a manifest says of rules by name -> a notice for each name that no loaded pack knows."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from poc_gate.model.claim import Notice, Place

if TYPE_CHECKING:
    from poc_gate.app.assess.reading.case import Case
    from poc_gate.inputs.manifest.reading.read_manifest import ManifestReading
    from poc_gate.judge.packs.pack_set import PackSet


def misnamed(case: Case) -> tuple[Notice, ...]:
    """Return the warnings for names of rules and regimes that no loaded pack knows, to be told beside the report."""
    from poc_gate.app.assess.reading.unknown_regimes import regimes_that_count

    return (
        *misnamed_rules(case.reading, case.packs),
        *regimes_that_count(case.reading.claims, case.packs)[1],
    )


def misnamed_rules(reading: ManifestReading, packs: PackSet) -> tuple[Notice, ...]:
    """Return one warning for each entry of `evidence` and `not_applicable` that names no rule.

    The entry has no effect, which its author must hear of. It is not a fault: the rule may lie in a pack
    that another run adds.
    """
    entries = [
        *((entry.rule, entry.place, "no file counts for it") for entry in reading.evidence),
        *((entry.rule, entry.place, "nothing is set aside") for entry in reading.not_applicable),
    ]
    return tuple(
        _notice(name, place, effect, packs) for name, place, effect in entries if packs.find(name) is None
    )


def _notice(name: str, place: Place, effect: str, packs: PackSet) -> Notice:
    near = difflib.get_close_matches(name, packs.rules, n=1, cutoff=0.4)
    step = f"did you mean {near[0]!r}?" if near else "list them with `poc-gate rules list`"
    step += " A rule of a pack of your own needs `--pack FOLDER`"
    return Notice("warning", f"no rule is called {name!r}, so {effect}", place, step)
