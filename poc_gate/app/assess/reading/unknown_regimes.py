"""Regimes that no loaded pack judges: a misspelt one is no answer, another one is said to be judged by nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.model.claim import Claim, Notice

if TYPE_CHECKING:
    from poc_gate.judge.packs.pack_set import PackSet

REGIMES = "purpose.regimes"
_NEAR = 0.75
"""Likeness (difflib's ratio) from which a name is taken for a misspelt one: `eu-ai-ct` is 0.94 like `eu-ai-act`."""
_STEP = "a pack of your own that judges it needs `--pack FOLDER`"


class Regimes(Struct, frozen=True):
    """The regimes that the preconditions of the loaded packs ask for."""

    names: tuple[str, ...]
    """As the packs write them, sorted."""
    meant: Mapping[str, str]
    """What people write, in lower case with hyphens -> the regime that it means: `hipaa` is `healthcare-us`."""

    def __contains__(self, name: object) -> bool:
        """Return whether a pack asks for the regime by this very name."""
        return name in self.names

    def as_known(self, name: str) -> str:
        """Return the regime that a name means whatever its case and however its words are joined: `EU AI Act`.

        A name that means none is returned as it is.
        """
        plain = "-".join(name.casefold().replace("_", " ").replace("-", " ").split())
        return self.meant.get(plain, name)

    def near(self, name: str) -> str:
        """Return the regime whose name, or other name, is likely to be meant by a misspelt one; empty for none."""
        likely = difflib.get_close_matches(name[:60].casefold(), self.meant, n=1, cutoff=_NEAR)
        return self.meant[likely[0]] if likely else ""


def known_regimes(packs: PackSet) -> Regimes:
    """Return the regimes that the loaded packs judge, with the other names of a pack that asks for one alone."""
    meant: dict[str, str] = {}
    for pack in packs.packs:
        asked = re.findall(r'"([^"]+)"', pack.when) if REGIMES in pack.given.values() else []
        meant |= {name: name for name in asked}
        if len(set(asked)) == 1:
            meant = dict.fromkeys(pack.aliases, asked[0]) | meant
    return Regimes(tuple(sorted(set(meant.values()))), meant)


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
    for written in claims:
        claim = written
        names = written.value if written.fact == REGIMES and isinstance(written.value, tuple) else ()
        if names:
            names = tuple(dict.fromkeys(known.as_known(name) for name in names))
            claim = replace(written, value=names)
        strange = {name: known.near(name) for name in names if name not in known}
        for name, near in strange.items():
            effect = "which regimes apply counts as not stated" if near else "nothing is judged for it"
            step = f"did you mean {near!r}? {_STEP[0].upper()}{_STEP[1:]}" if near else _STEP
            notices.append(Notice("warning", f"no pack judges {name[:60]!r}, so {effect}", claim.place, step))
        if not any(strange.values()):
            kept.append(claim)
    return tuple(kept), tuple(notices)
