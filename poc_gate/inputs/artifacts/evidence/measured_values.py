"""What a file put forward as evidence has measured -> claims, so that a rule and its evidence speak of one number."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from msgspec import Struct

from poc_gate.model.claim import Claim, Evidence, Place, Provenance
from poc_gate.model.quantity import Quantity


class _Measured(Struct, frozen=True):
    """A number of an evidence file that is a fact of its own."""

    keys: tuple[str, ...]
    fact: str
    unit: str
    given: tuple[str, ...] = ()
    """A key beside it that has to be true: without it the number is of something else."""


_MEASURED = (
    _Measured(("scale_out", "seconds_to_ready"), "target.cold_start", "s", ("scale_out", "page_cache_cold")),
)


def measured_values(evidence: Iterable[Evidence]) -> tuple[Claim, ...]:
    """Return the claims of all usable files, once for each file and fact; a file that cannot be read says nothing."""
    found = {(claim.place, claim.fact): claim for one in evidence if not one.fault for claim in _of(one)}
    return tuple(found.values())


def _of(one: Evidence) -> Iterator[Claim]:
    for measured in _MEASURED:
        value = _at(one.content, measured.keys)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < math.inf:
            continue
        if measured.given and _at(one.content, measured.given) is not True:
            continue
        place = Place(one.file, pointer="/" + "/".join(measured.keys))
        quantity = Quantity(float(value), measured.unit)
        yield Claim(
            measured.fact,
            quantity,
            Provenance.EVIDENCED,
            place,
            sha256=one.sha256,
            dated=one.observed_at or one.committed_at,
        )


def _at(content: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        if not isinstance(content, dict):
            return None
        content = content.get(key)
    return content
