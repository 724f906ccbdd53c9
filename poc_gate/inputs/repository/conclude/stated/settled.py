"""Values of equal rank that disagree -> the one that the program's settings hold, beside what single calls are given."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.signals import FactSeen
from poc_gate.inputs.repository.reading import Certainty

_SETTINGS = re.compile(r"(?i)(?:^|[/_-])(?:settings|config|configuration)\.(?:py|ts|js|mjs)$")
_OF_SETTINGS = ("retrieval.", "security.output_cap", "security.input_cap")


def settled_beside_calls(best: Sequence[FactSeen], ground: Ground) -> FactSeen | None:
    """Return the value of a constant in the settings, where all the others are written out where something is called."""
    if not best[0].fact.startswith(_OF_SETTINGS):
        return None
    constants = {place for _, _, place in ground.signals.constants}
    held = [one for one in best if one.place in constants and _SETTINGS.search(one.place.file)]
    others = [one for one in best if one not in held]
    if len({str(one.value) for one in held}) != 1 or any(one.place in constants for one in others):
        return None
    return held[0]._replace(
        certainty=Certainty.INFERRED, note="the settings hold it; some calls are given another value"
    )
