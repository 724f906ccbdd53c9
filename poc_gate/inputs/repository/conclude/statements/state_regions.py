"""Where a cloud runs the model, by a name that another file gives its value -> the region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from poc_gate.inputs.repository.conclude.ground import Ground, Resolved
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import REGION_ELSEWHERE
from poc_gate.inputs.repository.noting.signals import Ref, TechniqueSeen
from poc_gate.inputs.repository.reading import Certainty, FoundFact
from poc_gate.inputs.repository.tables.providers import is_region
from poc_gate.model.claim import Claim, Provenance


def state_region(ground: Ground, seen: Sequence[FoundFact]) -> Iterator[FoundFact]:
    """Yield the region that a client of models is told by a name of another file, where all such clients are told the same."""
    if any(found.claim.fact == "model.region" for found in seen):
        return
    told = [one for one in ground.signals.techniques if one.name == REGION_ELSEWHERE and one.standing is Standing.SERVICE]  # fmt: skip
    found = [value for one in told if (value := _resolved(ground, one)) is not None]
    if len(found) == len(told) and len({one.value for one in found}) == 1:
        claim = Claim("model.region", found[0].value, Provenance.IMPORTED, found[0].place, "the region of the client that asks the model")  # fmt: skip
        yield FoundFact(claim, "python", Certainty.INFERRED)


def _resolved(ground: Ground, one: TechniqueSeen) -> Resolved | None:
    """Return the region that a name stands for; an example of an environment shows none that is in effect."""
    kind, _, name = one.why.partition(" ")
    found = ground.resolve(Ref(kind, name), one.place, one.standing)
    usable = found is not None and is_region(found.value) and ".env" not in found.place.file
    return found if usable else None
