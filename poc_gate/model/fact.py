"""Facts: catalogued names, and values with unit, provenance and place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct, field

from poc_gate.model.claim import Place, Provenance, Value
from poc_gate.model.fact_name import fact_name, item_of


class Kind(StrEnum):
    """What sort of value a fact has."""

    QUANTITY = "quantity"
    FLAG = "flag"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    """An ISO 8601 date, kept as text."""
    TEXTS = "texts"


class Role(StrEnum):
    """Whether a fact states what is wanted or what is so.

    An intent (an SLO, a planned load, a chosen limit) cannot be measured; it is true because the
    pilot's owner says so. Only observations weaken the provenance of what is derived from them.
    """

    INTENT = "intent"
    OBSERVATION = "observation"


class FactSpec(Struct, frozen=True):
    """The catalogue's entry of one fact."""

    name: str
    """Dotted; `sources[].p99` for a fact that each item of a list has."""
    kind: Kind
    meaning: str
    """One sentence; a flag's meaning is a statement that can be true or false."""
    unit: str = ""
    """SI unit of a quantity."""
    low: float | None = None
    high: float | None = None
    """Plausible range in SI units; a value outside is an error of the input."""
    choices: tuple[str, ...] = ()
    role: Role = Role.OBSERVATION
    tier: int = 2
    """1 = the first tier that a person fills in; 2 = optional."""
    resolve: str = ""
    """The line to add or the command to run when the fact is unknown."""
    origin: str = "manifest"
    """Room that can supply it: `manifest`, `machine`, `source`, `artifact`, `flow`."""
    formula: str = ""
    """For derived facts: the formula in words and symbols, with its number in the docs."""
    inputs: tuple[str, ...] = ()
    """For derived facts: the catalogued facts it is computed from."""
    reference: str = ""
    """For derived facts: the source of the formula and of its constants."""


class Fact(Struct, frozen=True):
    """One fact of one pilot on one machine; `value` None means unknown."""

    name: str
    """With the item's id: `sources[policy-db].p99`."""
    value: Value | None
    provenance: Provenance | None = None
    """For derived facts the weakest provenance of the observations used."""
    place: Place | None = None
    low: float | None = None
    high: float | None = None
    """Interval in SI units; for measured and derived quantities."""
    derived: bool = False
    inputs: tuple[str, ...] = ()
    """Names of the facts it was computed from, items resolved."""
    assumptions: tuple[str, ...] = ()
    formula: str = ""
    """For derived facts: the formula with the numbers put in."""
    why_unknown: str = ""
    resolve: str = ""
    stable: bool | None = None
    note: str = ""
    sha256: str = ""
    dated: str = ""
    outside: str = ""
    """For predictions: why it rests on ground that the model was not fitted on; only its whole interval decides."""


def intervals_meet(before: Fact, now: Fact) -> bool:
    """Say whether the intervals of two facts overlap: then they are the same within what was measured."""
    if before.low is None or before.high is None or now.low is None or now.high is None:
        return False
    return before.low <= now.high and now.low <= before.high


class Contradiction(Struct, frozen=True):
    """Two statements about one fact that differ by more than the tolerance."""

    fact: str
    stronger: Value
    stronger_provenance: Provenance
    stronger_place: Place
    weaker: Value
    weaker_provenance: Provenance
    weaker_place: Place
    difference: float | None = None
    """Relative difference of quantities."""


class Catalogue:
    """Every fact poc-gate knows by name; rooms hand in their own entries, none is kept twice."""

    def __init__(self, specs: tuple[FactSpec, ...]) -> None:
        """Index the entries; a name given twice is a bug of ours."""
        self.specs: Mapping[str, FactSpec] = {spec.name: spec for spec in specs}
        self._resting: dict[str, frozenset[str]] = {}
        if len(self.specs) != len(specs):
            names = [spec.name for spec in specs]
            twice = sorted({name for name in names if names.count(name) > 1})
            raise ValueError(f"catalogued twice: {', '.join(twice)}")

    def find(self, name: str) -> FactSpec | None:
        """Return the entry of a fact; item ids are ignored: `sources[a].p99` finds `sources[].p99`."""
        return self.specs.get(generic_name(name))

    def nearest(self, name: str) -> str:
        """Return the catalogued name closest to a misspelt one, or an empty text."""
        close = difflib.get_close_matches(generic_name(name), self.specs, n=1, cutoff=0.5)
        return close[0] if close else ""

    def behind(self, names: Iterable[str]) -> frozenset[str]:
        """Return these facts and all that they are computed from, directly or not."""
        found: set[str] = set()
        waiting = [generic_name(name) for name in names]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                spec = self.specs.get(name)
                waiting += spec.inputs if spec is not None else ()
        return frozenset(found)

    def resting_on(self, name: str) -> frozenset[str]:
        """Return this fact and all that are computed from it, directly or not."""
        if name not in self._resting:
            self._resting[name] = frozenset(one for one in self.specs if name in self.behind([one]))
        return self._resting[name]


@lru_cache(maxsize=8192)
def generic_name(name: str) -> str:
    """Return a fact's name without item ids: `sources[policy-db].p99` -> `sources[].p99`."""
    return fact_name(name).generic


def item_name(generic: str, item: str) -> str:
    """Return the name of one item's fact: `sources[].p99` and `policy-db` -> `sources[policy-db].p99`."""
    return generic.replace("[]", f"[{item}]", 1)


class FactTree(Struct, frozen=True):
    """All facts of one assessment, read-only, and the ids of the items of each list."""

    facts: Mapping[str, Fact]
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """`sources` -> the ids in file order; a list that the manifest leaves out is absent here."""
    item_places: Mapping[str, Place] = field(default_factory=dict)
    """`sources[policy-db]` -> where the item begins; `sources` -> where the list begins."""
    contradictions: tuple[Contradiction, ...] = ()
    catalogue: Catalogue | None = None
    """Tells of an absent fact how it could be learnt."""

    def get(self, name: str) -> Fact:
        """Return the fact of that full name; an absent one is unknown, with the way to learn it."""
        found = self.facts.get(name)
        if found is not None:
            return found
        spec = self.catalogue.find(name) if self.catalogue else None
        resolve = spec.resolve if spec else ""
        item = item_of(name)
        if item:
            resolve = resolve.replace("[ID]", f"[{item}]")
        return Fact(name, None, place=self.place_of(name), why_unknown="not stated", resolve=resolve)

    def place_of(self, name: str) -> Place | None:
        """Return where the nearest item, list or section that holds a fact begins."""
        head = name
        while head:
            if head in self.item_places:
                return self.item_places[head]
            head = head.partition("[")[0] if head.endswith("]") else head.rpartition(".")[0]
        return self.item_places.get("")

    def with_facts(self, more: tuple[Fact, ...]) -> FactTree:
        """Return a tree that also holds `more`; a fact already known is not replaced by an unknown."""
        merged = dict(self.facts)
        for fact in more:
            if fact.value is not None or fact.name not in merged:
                merged[fact.name] = fact
        return FactTree(merged, self.items, self.item_places, self.contradictions, self.catalogue)


_SHARE_WORDS = frozenset(
    [
        "share",
        "utilisation",
        "availability",
        "coverage",
        "duty",
        "success",
        "gap",
        "upper",
        "discount",
        "reliability",
        "pass",
        "hit",
        "error",
        "recall",
        "match",
        "parity",
        "triaged",
        "adoption",
        "quantile",
        "agreement",
        "precision",
    ]
)
_SHARE_NAMES = frozenset(
    {
        "monitoring.trace_sampling_rate",
        "serving.kv_use_p95",
        "sources[].retry_rate",
        "sources[].failed_through",
        "sources[].resent_rate",
        "sources[].timeout_rate",
        "evaluation.failure_max",
        "flow.availability.product",
        "flow.review.load",
        "flow.utilisation.peak",
        "flow.value.break_even",
    }
)


def is_share_name(name: str) -> bool:
    """Whether a dimensionless fact of this name is a share, which people read in per cent.

    By the name alone, since a result is also read where the catalogue that it was made with is not; a test holds
    it against the catalogue.
    """
    name = generic_name(name)
    return name in _SHARE_NAMES or not _SHARE_WORDS.isdisjoint(name.rpartition(".")[2].split("_"))
