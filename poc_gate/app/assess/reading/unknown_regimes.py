"""Regimes that no loaded pack judges: a misspelt one is no answer, another one is said to be judged by nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from poc_gate.model.claim import Claim, Notice

if TYPE_CHECKING:
    from poc_gate.judge.packs.pack_set import PackSet

REGIMES = "purpose.regimes"
_NEAR = 0.75
"""Likeness (difflib's ratio) from which a name is taken for a misspelt one: `eu-ai-ct` is 0.94 like `eu-ai-act`."""
_STEP = "a pack of your own that judges it needs `--pack FOLDER`"


def known_regimes(packs: PackSet) -> tuple[str, ...]:
    """Return the regimes that the preconditions of the loaded packs ask for, sorted."""
    asking = (pack for pack in packs.packs if REGIMES in pack.given.values())
    return tuple(sorted({name for pack in asking for name in re.findall(r'"([^"]+)"', pack.when)}))


def regimes_that_count(
    claims: Iterable[Claim], packs: PackSet
) -> tuple[tuple[Claim, ...], tuple[Notice, ...]]:
    """Return the claims without those that misspell a regime, and a warning for each regime that no pack knows.

    A pack that a misspelt name leaves out would judge nothing, and nobody would hear of it; which regimes apply
    counts as not answered then.
    """
    known = known_regimes(packs)
    kept: list[Claim] = []
    notices: list[Notice] = []
    for claim in claims:
        names = claim.value if claim.fact == REGIMES and isinstance(claim.value, tuple) else ()
        strange = {name: _near(name, known) for name in names if name not in known}
        for name, near in strange.items():
            effect = "which regimes apply counts as not stated" if near else "nothing is judged for it"
            step = f"did you mean {near!r}? {_STEP[0].upper()}{_STEP[1:]}" if near else _STEP
            notices.append(Notice("warning", f"no pack judges {name[:60]!r}, so {effect}", claim.place, step))
        if not any(strange.values()):
            kept.append(claim)
    return tuple(kept), tuple(notices)


def _near(name: str, known: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(name[:60].lower(), known, n=1, cutoff=_NEAR)), "")
