"""What a derived fact is: its catalogue entry, and the function that computes it from other facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec import Struct, field

from poc_gate.errors import InternalError
from poc_gate.flow.intents import INTENTS, STRUCTURE
from poc_gate.flow.span import Span
from poc_gate.model.claim import STRENGTH, Provenance, Value
from poc_gate.model.fact import Fact, FactSpec, FactTree, Kind, Role, generic_name, item_name
from poc_gate.model.quantity import DIMENSIONLESS, Quantity, show_quantity

_TRACED_BACK = 60
"""Missing facts up to which a derived fact passes them on: a sum over thousands of sources would name them for each."""


class CannotDeriveError(Exception):
    """A derived fact cannot be computed: which facts are missing, or why the known ones do not allow it."""

    def __init__(
        self,
        why: str,
        missing: tuple[str, ...] = (),
        *,
        low: float | None = None,
        high: float | None = None,
    ) -> None:
        """Keep the names apart from the sentence; `low` and `high` are what the known part alone proves."""
        super().__init__(why)
        self.why = why
        self.missing = missing
        self.low = low
        self.high = high

    def bounded(self, *, low: float | None = None, high: float | None = None) -> CannotDeriveError:
        """Return the same error with bounds, in the unit of the fact: what is missing cannot move it past them."""
        return CannotDeriveError(self.why, self.missing, low=low, high=high)


class DerivedValue(NamedTuple):
    """A derived value with its interval, and the formula with the numbers put in."""

    value: Span | str | bool
    formula: str = ""


class Derivation(NamedTuple):
    """One derived fact: what it means, what it is computed from, and how."""

    name: str
    """Dotted; `sources[].x` is computed once per source."""
    meaning: str
    formula: str
    """In words and symbols; the Q numbers are those of `docs/models/README.md`."""
    inputs: tuple[str, ...]
    """Every fact the function may read, by generic name; held by a test."""
    compute: Callable[[FactView], DerivedValue]
    unit: str = DIMENSIONLESS
    """SI unit of a quantity."""
    kind: Kind = Kind.QUANTITY
    reference: str = ""
    choices: tuple[str, ...] = ()
    by_ends: bool = False
    """Whether the interval of the answer holds for any interval of the inputs: then what is known bounds it."""

    def spec(self) -> FactSpec:
        """Return the catalogue's entry of this fact."""
        return FactSpec(
            name=self.name,
            kind=self.kind,
            meaning=self.meaning,
            unit=self.unit if self.kind is Kind.QUANTITY else "",
            choices=self.choices,
            role=Role.OBSERVATION,
            resolve="computed: supply the facts it names as missing",
            origin="flow",
            formula=self.formula,
            inputs=self.inputs,
            reference=self.reference,
        )


class Trace(Struct):
    """What one computation read and assumed."""

    names: dict[str, None] = field(default_factory=dict)
    assumptions: dict[str, None] = field(default_factory=dict)
    weakest: Provenance | None = None
    """Of the observations read; None while only intents were read."""
    unstable: dict[str, None] = field(default_factory=dict)
    """Names of measurements read that scattered too much to rest on."""
    outside: dict[str, None] = field(default_factory=dict)
    """Why a prediction that was made or read lies outside the ground of its model."""

    def note(self, name: str, provenance: Provenance | None) -> None:
        """Remember a fact that was read and what it rests on."""
        self.names[name] = None
        if provenance is None:
            return
        if self.weakest is None or STRENGTH[provenance] < STRENGTH[self.weakest]:
            self.weakest = provenance


class FactView:
    """Read-only sight of the facts for one computation; remembers what was read and assumed.

    `find` hands out any fact, computing derived ones on the way. Names with `[]` mean the item the
    view stands on.
    """

    def __init__(self, tree: FactTree, find: Callable[[str], tuple[Fact, Provenance | None]]) -> None:
        """Look through `find`, which returns a fact and the weakest provenance of its observations."""
        self.tree = tree
        self.trace = Trace()
        self.item = ""
        self._find = find

    @property
    def currency(self) -> str:
        """The pilot's currency for texts that name amounts; `money` where it states none."""
        stated = self.tree.get("cost.currency").value
        return stated if isinstance(stated, str) else "money"

    def amount(self, value: float) -> str:
        """Return an amount of money as people write it."""
        return show_quantity(Quantity(value, "money"), money=self.currency)

    def each(self, items: str) -> Iterator[FactView]:
        """Yield a view standing on each item of a list such as `sources`; none when it is left out."""
        for item in self.tree.items.get(items, ()):
            yield self.standing_on(item)

    def standing_on(self, item: str) -> FactView:
        """Return a view of the same computation that reads `x[].y` of that item."""
        view = FactView(self.tree, self._find)
        view.trace = self.trace
        view.item = item
        return view

    def fact(self, name: str) -> Fact:
        """Return a fact, known or not, and remember that it was read when it is known."""
        full = item_name(name, self.item) if "[]" in name else name
        found, observed = self._find(full)
        if found.value is not None:
            generic = generic_name(full)
            self.trace.note(full, None if generic in INTENTS or generic in STRUCTURE else observed)
            if found.provenance is Provenance.ASSUMED and not found.derived:
                self.assume(f"{full} is assumed: {found.note or 'data sheet or default'}")
            self.trace.assumptions.update(dict.fromkeys(found.assumptions))
            if found.stable is False:
                self.trace.unstable[full] = None
            if found.outside:
                self.trace.outside[found.outside] = None
        return found

    def full_name(self, name: str) -> str:
        """Return the name with the current item put in."""
        return item_name(name, self.item) if "[]" in name else name

    def maybe(self, name: str) -> Span | None:
        """Return a quantity with its interval, or None when it is unknown."""
        found = self.fact(name)
        if not isinstance(found.value, Quantity):
            return None
        value = found.value.value
        low = value if found.low is None else min(found.low, value)
        high = value if found.high is None else max(found.high, value)
        return Span(value, low, high)

    def stated(self, name: str) -> Span | None:
        """Return a quantity that only a pilot which has the thing states, such as the hits of a cache; else None.

        Where bounds are sought, too, what is not stated of such a thing is not there.
        """
        return FactView.maybe(self, name)

    def need(self, *names: str) -> tuple[Span, ...]:
        """Return quantities; raises CannotDeriveError naming every one that is unknown."""
        spans = [self.maybe(name) for name in names]
        missing = tuple(self.full_name(n) for n, span in zip(names, spans, strict=True) if span is None)
        if missing:
            raise self.missing(*missing)
        return tuple(span for span in spans if span is not None)

    def bounds(self, name: str) -> tuple[float | None, float | None]:
        """Return the bounds that the known part proves of a fact without a value; None where there is none."""
        found, _ = self._find(self.full_name(name))
        return (found.low, found.high) if found.value is None else (None, None)

    def one(self, name: str) -> Span:
        """Return one quantity; raises CannotDeriveError when it is unknown."""
        return self.need(name)[0]

    def first(self, *names: str) -> Span:
        """Return the first of these quantities that is known; raises naming them all when none is."""
        for name in names:
            span = self.maybe(name)
            if span is not None:
                return span
        raise self.missing(*names)

    def text(self, name: str) -> str:
        """Return a text or choice; empty when it is unknown."""
        value = self.fact(name).value
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...] | None:
        """Return a list of texts, or None when it is unknown."""
        value = self.fact(name).value
        return value if isinstance(value, tuple) else None

    def flag(self, name: str) -> bool | None:
        """Return a statement, or None when it is unknown."""
        value = self.fact(name).value
        return value if isinstance(value, bool) else None

    def assume(self, text: str, *, weaken: bool = False) -> None:
        """Remember an assumption; `weaken` when a fact of the pilot is replaced, not a model constant."""
        self.trace.assumptions[text] = None
        if weaken:
            self.trace.weakest = Provenance.ASSUMED

    def outside(self, why: str) -> None:
        """Remember that the prediction lies outside the ground of its model: no likely value decides then."""
        self.trace.outside[why] = None
        self.assume(why)

    def missing(self, *names: str) -> CannotDeriveError:
        """Return the error that names missing facts, derived ones traced back to what they lack."""
        roots: dict[str, None] = {}
        reasons: list[str] = []
        for name in names:
            full = self.full_name(name)
            found, _ = self._find(full)
            if found.derived and 0 < len(found.inputs) <= _TRACED_BACK:
                roots.update(dict.fromkeys(found.inputs))
            elif (
                found.derived and found.inputs
            ):  # it names them itself, once, and not in all that rests on it
                roots[full] = None
            elif found.derived and found.why_unknown:
                reasons.append(f"{full}: {found.why_unknown}")
            else:
                roots[full] = None
        words = [f"missing: {', '.join(roots)}"] if roots else []
        return CannotDeriveError("; ".join([*reasons, *words]), tuple(roots))


def as_fact(derivation: Derivation, name: str, answer: DerivedValue, trace: Trace) -> Fact:
    """Return the derived fact of an answer; raises InternalError when kind and value disagree."""
    span = answer.value if isinstance(answer.value, Span) else None
    if (span is None) == (derivation.kind is Kind.QUANTITY):
        raise InternalError(f"{name} was derived as the wrong kind of value")
    value: Value = Quantity(span.likely, derivation.unit) if span else answer.value  # type: ignore[assignment]
    return Fact(
        name=name,
        value=value,
        provenance=trace.weakest or Provenance.DECLARED,
        low=span.low if span else None,
        high=span.high if span else None,
        derived=True,
        inputs=tuple(trace.names),
        assumptions=tuple(trace.assumptions),
        formula=answer.formula,
        # What rests on a measurement that is not stable is not stable either.
        stable=False if trace.unstable else None,
        note=f"not stable: {', '.join(trace.unstable)}" if trace.unstable else "",
        outside="; ".join(trace.outside),
    )


def unknown_fact(name: str, error: CannotDeriveError, resolve: str) -> Fact:
    """Return the derived fact that could not be computed; its inputs are the missing ones."""
    return Fact(
        name=name, value=None, derived=True, inputs=error.missing, low=error.low, high=error.high,
        why_unknown=error.why, resolve=resolve,
    )  # fmt: skip
