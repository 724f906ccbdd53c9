"""What a derived fact keeps of what it read: provenance, assumptions, what is missing behind it, bounds where something is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from poc_gate.errors import InternalError
from poc_gate.flow.derive_facts import Deriver, derived_facts
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView, Trace, as_fact
from poc_gate.flow.known_part import KnownPart, known_bounds
from poc_gate.flow.span import Span, as_span
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, FactSpec, FactTree, Kind
from poc_gate.model.quantity import Quantity

A, B = "slo.p50", "observed.p99"


def quantity(name: str, value: float, provenance: Provenance = Provenance.DECLARED, **more: object) -> Fact:
    return Fact(name, Quantity(value), provenance, **more)  # type: ignore[arg-type]


def view_of(*facts: Fact, **items: tuple[str, ...]) -> FactView:
    return Deriver(FactTree({fact.name: fact for fact in facts}, items)).view()


def reading(*names: str) -> Derivation:
    return Derivation(
        "flow.x", "sum", "sum", names, lambda view: DerivedValue(sum(view.need(*names), as_span(0.0)))
    )


@pytest.mark.parametrize(
    ("one", "other", "weakest"),
    [
        (Provenance.MEASURED, Provenance.DECLARED, Provenance.DECLARED),
        (Provenance.DECLARED, Provenance.MEASURED, Provenance.DECLARED),
        (Provenance.MEASURED, Provenance.MEASURED, Provenance.MEASURED),
        (Provenance.ASSUMED, Provenance.DECLARED, Provenance.ASSUMED),
    ],
)
def test_a_derived_fact_is_as_sure_as_the_weakest_observation(one, other, weakest):
    view = view_of(quantity(B, 1.0, one), quantity("observed.p50", 2.0, other))
    found = as_fact(reading(), "flow.x", reading(B, "observed.p50").compute(view), view.trace)
    assert (found.provenance, found.value, found.derived, found.inputs) == (
        weakest,
        Quantity(3.0, "1"),
        True,
        (B, "observed.p50"),
    )


def test_a_goal_weakens_nothing():
    view = view_of(
        quantity("demand.growth_12m", 1.0, Provenance.ASSUMED), quantity(B, 2.0, Provenance.MEASURED)
    )
    view.need("demand.growth_12m", B)
    assert view.trace.weakest is Provenance.MEASURED


def test_what_was_assumed_scattered_or_lies_outside_is_passed_on():
    assumed = quantity(B, 1.0, Provenance.ASSUMED, note="usual hardware")
    view = view_of(assumed, quantity("observed.p50", 1.0, Provenance.ASSUMED), quantity("observed.p95", 1.0, Provenance.MEASURED, stable=False),
                   quantity("flow.latency.p99", 1.0, Provenance.ASSUMED, derived=True, assumptions=("kept",), outside="beyond"))  # fmt: skip
    view.need(B, "observed.p50", "observed.p95", "flow.latency.p99")
    found = as_fact(reading(), "flow.x", DerivedValue(as_span(1.0), "f"), view.trace)
    assert found.assumptions == (
        f"{B} is assumed: usual hardware",
        "observed.p50 is assumed: data sheet or default",
        "kept",
    )
    assert (found.stable, found.note, found.outside, found.formula) == (
        False,
        "not stable: observed.p95",
        "beyond",
        "f",
    )
    plain = view_of(quantity(B, 1.0))
    plain.need(B)
    sure = as_fact(reading(), "flow.x", DerivedValue(as_span(1.0)), plain.trace)
    assert (sure.stable, sure.note, sure.assumptions, sure.outside) == (None, "", (), "")


def test_a_value_of_the_wrong_kind_is_an_error_of_ours():
    flag = Derivation("flow.y", "flag", "flag", (), lambda _: DerivedValue(value=True), kind=Kind.FLAG)
    assert as_fact(flag, "flow.y", DerivedValue(value=True), Trace()).value is True
    for derivation, value in ((flag, as_span(1.0)), (reading(), True)):
        with pytest.raises(InternalError):
            as_fact(derivation, "flow.x", DerivedValue(value), Trace())
    assert (flag.spec().unit, reading().spec().unit, reading().by_ends) == ("", "1", False)


def test_an_interval_holds_its_value_and_amounts_their_currency():
    view = view_of(
        quantity(A, 5.0, low=6.0, high=4.0), quantity(B, 5.0, low=1.0, high=9.0), Fact("cost.currency", "EUR")
    )
    assert (view.maybe(A), view.maybe(B)) == (Span(5.0, 5.0, 5.0), Span(5.0, 1.0, 9.0))
    assert (view.amount(3.0), view.currency, view_of().currency) == ("3 EUR", "EUR", "money")


def derived(name: str, *inputs: str, why: str = "") -> Fact:
    return Fact(name, None, derived=True, inputs=inputs, why_unknown=why)


@pytest.mark.parametrize(
    ("fact", "names", "why"),
    [
        (derived("flow.latency.p99", A, B), (A, B), f"missing: {A}, {B}"),
        (derived("flow.latency.p99", A), (A,), f"missing: {A}"),
        (
            derived("flow.latency.p99", *(f"sources[{n}].p99" for n in range(60))),
            tuple(f"sources[{n}].p99" for n in range(60)),
            None,
        ),
        (
            derived("flow.latency.p99", *(f"sources[{n}].p99" for n in range(61))),
            ("flow.latency.p99",),
            "missing: flow.latency.p99",
        ),
        (derived("flow.latency.p99", why="it overloads"), (), "flow.latency.p99: it overloads"),
        (Fact("slo.p99", None, inputs=(A,)), ("slo.p99",), "missing: slo.p99"),
    ],
)
def test_what_is_missing_is_traced_back_to_what_somebody_can_state(fact, names, why):
    error = FactView(
        FactTree({}), lambda name: (fact if name == fact.name else Fact(name, None), None)
    ).missing(fact.name)
    assert error.missing == names
    assert why in (None, error.why)


def test_what_cannot_be_derived_says_what_to_supply():
    found = Deriver(FactTree({})).find("flow.latency.tail_ratio")[0]
    assert found.derived
    assert found.resolve == f"supply {', '.join(found.inputs)}"
    closed = Deriver(FactTree({"model.hosting": Fact("model.hosting", "hosted")})).find(
        "flow.cold_start.time"
    )[0]
    assert (closed.inputs, closed.resolve) == ((), "")


def test_only_what_is_wanted_is_derived():
    tree = FactTree({}, {"sources": ("a", "b")})

    def names(*wanted: str) -> list[str]:
        return [fact.name for fact in derived_facts(tree, wanted=frozenset(wanted))]

    assert names("flow.latency.tail_ratio") == ["flow.latency.tail_ratio"]
    assert names("sources[].tail_ratio") == ["sources[a].tail_ratio", "sources[b].tail_ratio"]
    assert names("sources[b].tail_ratio", "flow.demand.peak_rate") == [
        "flow.demand.peak_rate",
        "sources[b].tail_ratio",
    ]
    assert names("slo.p99") == []
    assert len(list(derived_facts(tree))) > 100


def test_the_first_that_is_known_and_the_bounds_of_what_is_not():
    view = view_of(quantity(B, 5.0), Fact(A, None, low=1.0, high=2.0))
    assert view.first(A, B) == as_span(5.0)
    assert (view.bounds(A), view.bounds(B)) == ((1.0, 2.0), (None, None))
    with pytest.raises(CannotDeriveError) as raised:
        view.first(A, "slo.p95")
    assert raised.value.missing == (A, "slo.p95")
    tree = FactTree({B: quantity(B, 5.0)})
    part = KnownPart(tree, Deriver(tree).find, lambda _name: spec(2.0, 5.0))
    assert (part.first(A, B), part.first(A, "slo.p95")) == (as_span(5.0), Span(2.0, 2.0, 5.0))


def known(compute: Callable[[FactView], DerivedValue], *facts: Fact, spec: FactSpec | None = None):
    tree = FactTree({fact.name: fact for fact in facts})
    view = KnownPart(tree, Deriver(tree).find, lambda _name: spec)
    return known_bounds(Derivation("flow.x", "x", "x", (), compute), view)


def spec(
    low: float | None = None, high: float | None = None, origin: str = "manifest", kind: Kind = Kind.QUANTITY
) -> FactSpec:
    return FactSpec("slo.p50", kind, "x", low=low, high=high, origin=origin)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (spec(2.0, 5.0), Span(2.0, 2.0, 5.0)),
        (spec(0.2, 0.8), Span(0.8, 0.2, 0.8)),
        (spec(0.0, 5.0), Span(1.0, 0.0, 5.0)),
        (spec(), Span(1.0, float("-inf"), float("inf"))),
        (spec(origin="flow"), Span(1.0, 0.0, float("inf"))),
        (spec(kind=Kind.FLAG), None),
        (None, None),
    ],
)
def test_what_is_missing_may_be_anything_that_it_can_be(found, wanted):
    tree = FactTree({})
    assert KnownPart(tree, Deriver(tree).find, lambda _name: found).maybe(A) == wanted


def test_bounds_rest_on_what_somebody_stated():
    """Of a sum of a known 3 and something from 2 to 5, from 5 to 8; a data sheet was named by somebody, a default by nobody."""

    def total(*names: str) -> Callable[[FactView], DerivedValue]:
        return lambda view: DerivedValue(sum(view.need(*names), as_span(0.0)))

    known_one, default = quantity(B, 3.0), quantity(B, 3.0, Provenance.ASSUMED)
    sheet = quantity("machine.memory.total", 3.0, Provenance.ASSUMED)
    assert known(total(A, B), known_one, spec=spec(2.0, 5.0)) == (5.0, 8.0)
    assert known(total(A, B), default, spec=spec(2.0, 5.0)) == (None, None)
    assert known(
        total(A, B, "observed.p50"), default, quantity("observed.p50", 1.0), spec=spec(2.0, 5.0)
    ) == (None, None)
    assert known(total(A, "machine.memory.total"), sheet, spec=spec(2.0, 5.0)) == (5.0, 8.0)
    assert known(total(A, B), known_one, spec=spec(-3.0)) == (None, None)
    assert known(lambda view: DerivedValue(bool(view.need(A))), spec=spec(2.0, 5.0)) == (None, None)

    def never(view: FactView) -> DerivedValue:
        raise CannotDeriveError("never")

    assert known(never, spec=spec(2.0, 5.0)) == (None, None)
