"""Results of a running pilot, wherever they are named -> observations that fit the pilot and may count on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.app.ground.ages import age_fault
from poc_gate.app.imports.fitting_claims import fitting_claims
from poc_gate.model.claim import Claim, Notice, Place, Provenance, Value
from poc_gate.model.observation import Observation, Observed

if TYPE_CHECKING:
    from poc_gate.inputs.observe.named_file import NamedFile

MOST_DAYS = 180
"""Days for which what was seen of a running pilot counts as measured: loads, data and versions move within a quarter or two."""
Progress = Callable[[str, float], None]


class Declared(Struct, frozen=True):
    """What the manifest says, as far as results are held against it."""

    items: Mapping[str, tuple[str, ...]] | None = None
    """`sources` -> ids; None where there is no manifest."""
    values: Mapping[str, Value] = {}
    """Fact -> value that is typed or imported."""


class Runs(Struct, frozen=True):
    """How results of runs are read beside what a manifest names."""

    files: tuple[str, ...] = ()
    """Further results, named outside the manifest and wherever they are."""
    stated: tuple[Claim, ...] = ()
    """What the manifest says, for results to be held against."""
    today: str = ""
    """ISO 8601 day on which results must not be too old; empty leaves that open."""
    progress: Progress = lambda _what, _share: None
    """Told what is read."""


def declared_by(claims: Iterable[Claim], items: Mapping[str, tuple[str, ...]] | None) -> Declared:
    """Return what claims say, the first one of each fact."""
    values: dict[str, Value] = {}
    for claim in claims:
        values.setdefault(claim.fact, claim.value)
    return Declared(items, values)


def read_results(
    files: Iterable[NamedFile],
    declared: Declared,
    today: str,
    *,
    kind: str = "",
    progress: Progress = lambda _what, _share: None,
) -> tuple[Observed, ...]:
    """Return what files show of the pilot that `declared` describes, on the day `today` (ISO 8601).

    Observations that no fact of the catalogue fits, or of items that the manifest does not list, are dropped with a
    notice; those that are too old count as declared. An empty `today` leaves the age open. Raises InvalidInputError
    with the faults of every file.
    """  # fmt: skip
    from poc_gate.inputs.observe.read_observed import read_observed

    pilot = declared.items, declared.values
    read = read_observed(files, kind=kind, pilot=pilot, progress=progress)
    return tuple(_counting(_in_place(one, declared.items), today) for one in read)


def _in_place(observed: Observed, items: Mapping[str, tuple[str, ...]] | None) -> Observed:
    kept, notices = fitting_claims(observed.observations, items)
    return replace(observed, observations=tuple(kept), notices=(*observed.notices, *notices))


def _counting(observed: Observed, today: str) -> Observed:
    """Return observations of which those that are too old, or from the future, count as declared."""
    if not today or not observed.origin.observed_at:
        return observed
    late = age_fault(observed.origin.observed_at, today, MOST_DAYS)
    if not late:
        return observed
    step = "record it again on what runs today"
    notice = Notice("warning", f"{late}: what it shows counts as declared", Place(min(observed.files)), step)
    held, steps = (
        tuple(_declared(one, late) for one in several) for several in (observed.observations, observed.steps)
    )
    return replace(observed, observations=held, steps=steps, notices=(*observed.notices, notice))


def _declared(one: Observation, why: str) -> Observation:
    return replace(one, provenance=Provenance.DECLARED, reason=f"{one.reason}; {why}" if one.reason else why)
