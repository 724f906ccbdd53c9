"""Derived facts on people and proof: sample sizes, review load, lead times, contracts, alerts, agents."""

from __future__ import annotations

from datetime import date

from poc_gate.flow.formulas.proportions import trials_needed
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.tried_cases import upper_of
from poc_gate.flow.span import Span, as_span, largest, total
from poc_gate.model.fact import Kind

_DAY = 86400.0
NO_CONTRACT = "none"
"""What a manifest says of a source without a data contract."""
_OBJECTIVES = ("slo.p50", "slo.p95", "slo.p99", "slo.ttft", "slo.availability")


FEWEST_WORDS = 3
"""Words from which on a purpose says what is done; poc-gate's own choice: `AI assistant` names a product."""


def _purpose_described(view: FactView) -> DerivedValue:
    """Return that the stated use says what is done; a shorter text names a product and leaves the question open."""
    words = view.text("purpose.intended_use").split()
    if not words:
        raise view.missing("purpose.intended_use")
    if len(words) < FEWEST_WORDS:
        why = f"{' '.join(words)!r} names a product, not what it does and for whom"
        raise CannotDeriveError(why)
    return DerivedValue(value=True, formula=f"{len(words)} words say what it does")


def _n_needed(view: FactView) -> DerivedValue:
    rate = view.one("evaluation.failure_max")
    needed = trials_needed(rate.likely)
    return DerivedValue(
        as_span(needed), f"ln(0.05) / ln(1 - {rate.likely:g}) = {needed:g} cases without failure"
    )


def _failure_upper(view: FactView) -> DerivedValue:
    return upper_of(view, "evaluation.n", "evaluation.failures", "failures", "cases")


def _review_load(view: FactView) -> DerivedValue:
    rate, share, time, people, shift = view.need(
        "demand.requests_per_day", "oversight.review_share", "oversight.review_time", "oversight.reviewers",
        "oversight.shift",
    )  # fmt: skip
    load = rate * _DAY * share * time / (people * shift)
    return DerivedValue(
        load,
        f"requests/day x share x time / (reviewers x shift) = {rate.likely * _DAY:,.0f} x {share.likely:g} x "
        f"{time.shown('s')} / ({people.likely:g} x {shift.shown('s')}) = {load.likely:.3g}",
    )


def _approval_time(view: FactView) -> DerivedValue:
    if "people.approvals" not in view.tree.items:
        raise view.missing("people.approvals")
    waiting: list[tuple[str, Span]] = []
    missing: list[str] = []
    for approval in view.each("people.approvals"):
        status = approval.text("people.approvals[].status")
        if status == "granted":
            continue
        if status == "refused":
            raise CannotDeriveError(f"{approval.item} was refused: no lead time leads to a launch")
        time = approval.maybe("people.approvals[].lead_time")
        if not status or time is None:
            name = "status" if not status else "lead_time"
            missing.append(approval.full_name(f"people.approvals[].{name}"))
        else:
            waiting.append((approval.item, time))
    if missing:
        raise view.missing(*missing)
    needed = total(span for _, span in waiting)
    shown = " + ".join(f"{name} {span.shown('s')}" for name, span in waiting) or "no approval is outstanding"
    return DerivedValue(needed, f"{shown} = {needed.shown('s')}")


def _access_time(view: FactView) -> DerivedValue:
    if "sources" not in view.tree.items:
        raise view.missing("sources")
    times: list[Span] = [as_span(0.0)]
    missing: list[str] = []
    for source in view.each("sources"):
        access = source.text("sources[].prod_access")
        if access == "granted":
            continue
        time = source.maybe("sources[].access_lead_time")
        if not access or time is None:
            name = "prod_access" if not access else "access_lead_time"
            missing.append(source.full_name(f"sources[].{name}"))
        else:
            times.append(time)
    if missing:
        raise view.missing(*missing)
    longest = largest(times)
    return DerivedValue(longest, f"longest of {len(times) - 1} outstanding accesses = {longest.shown('s')}")


def _to_launch(view: FactView) -> DerivedValue:
    today, launch = view.text("assessment.today"), view.text("pilot.go_live")
    if not today or not launch:
        raise view.missing(*(n for n, v in (("assessment.today", today), ("pilot.go_live", launch)) if not v))
    left = (date.fromisoformat(launch[:10]) - date.fromisoformat(today[:10])).days * _DAY
    return DerivedValue(as_span(left), f"{launch} - {today} = {left / _DAY:g} d")


def _chain(view: FactView) -> DerivedValue:
    step, steps = view.need("agent.step_success", "agent.steps_typical")
    chain = Span(step.likely**steps.likely, step.low**steps.high, step.high**steps.low)
    return DerivedValue(
        chain, f"step success ^ steps = {step.likely:g} ^ {steps.likely:g} = {chain.likely:.4g}"
    )


def _coverage(view: FactView, *, critical_only: bool) -> DerivedValue:
    if "sources" not in view.tree.items:
        raise view.missing("sources")
    chosen = [
        source
        for source in view.each("sources")
        # A source that nobody called uncritical counts as critical.
        if not critical_only or source.flag("sources[].critical") is not False
    ]
    if not chosen:
        raise CannotDeriveError("no critical source is listed" if critical_only else "no source is listed")
    stated = {source.item: source.text("sources[].contract") for source in chosen}
    if not all(stated.values()):
        silent = [source for source in chosen if not stated[source.item]]
        have = sum(1 for contract in stated.values() if contract and contract.casefold() != NO_CONTRACT)
        raise view.missing(*(source.full_name("sources[].contract") for source in silent)).bounded(
            low=have / len(chosen) or None, high=(have + len(silent)) / len(chosen)
        )
    held = [item for item, contract in stated.items() if contract.casefold() != NO_CONTRACT]
    share = len(held) / len(chosen)
    return DerivedValue(as_span(share), f"{len(held)} of {len(chosen)} sources have a contract = {share:.3g}")


def _coverage_all(view: FactView) -> DerivedValue:
    return _coverage(view, critical_only=False)


def _coverage_critical(view: FactView) -> DerivedValue:
    return _coverage(view, critical_only=True)


def _systems(view: FactView) -> DerivedValue:
    if "sources" not in view.tree.items:
        raise view.missing("sources")
    names, missing = set(), []
    for source in view.each("sources"):
        system = source.text("sources[].system")
        names.add((system, source.text("sources[].region")))
        if not system:
            missing.append(source.full_name("sources[].system"))
    if missing:
        raise view.missing(*missing)
    return DerivedValue(
        as_span(float(len(names))), f"different systems and regions among the sources = {len(names)}"
    )


def _alert_coverage(view: FactView) -> DerivedValue:
    stated = [name for name in _OBJECTIVES if view.maybe(name) is not None]
    if not stated:
        raise view.missing("slo.p99", "slo.availability")
    burn = view.flag("monitoring.burn_alerts")
    if burn is None:
        raise view.missing("monitoring.burn_alerts")
    share = 1.0 if burn else 0.0
    return DerivedValue(
        as_span(share), f"burn alerts on {len(stated) if burn else 0} of {len(stated)} objectives"
    )


DERIVATIONS = (
    Derivation(
        "flow.purpose.described", "The intended use says what is done, not only what the product is called",
        f"at least {FEWEST_WORDS} words", ("purpose.intended_use",), _purpose_described, kind=Kind.FLAG,
    ),
    Derivation(
        "flow.evaluation.n_needed", "Cases without failure that would show the accepted failure rate",
        "Q21: ln(0.05) / ln(1 - p)", ("evaluation.failure_max",), _n_needed, reference="rule of three",
    ),
    Derivation(
        "flow.evaluation.failure_upper", "95 % upper bound of the failure rate that the evaluation shows",
        "Q21: exact binomial", ("evaluation.n", "evaluation.failures"), _failure_upper,
        reference="Clopper and Pearson 1934",
    ),
    Derivation(
        "flow.review.load", "Share of the reviewers' working time that reviews take", "Q27: decisions x share x time / time",
        ("demand.requests_per_day", "oversight.review_share", "oversight.review_time", "oversight.reviewers",
         "oversight.shift"),
        _review_load, by_ends=True,
    ),
    Derivation(
        "flow.approvals.lead_time", "Time until every outstanding approval is given, one after the other",
        "sum of outstanding lead times", ("people.approvals[].status", "people.approvals[].lead_time"), _approval_time, "s", by_ends=True,
    ),
    Derivation(
        "flow.access.lead_time", "Time until the last production access is granted",
        "largest outstanding lead time", ("sources[].prod_access", "sources[].access_lead_time"), _access_time, "s",
    ),
    Derivation(
        "flow.time_to_launch", "Time from the assessment to the planned launch", "go live - today",
        ("assessment.today", "pilot.go_live"), _to_launch, "s",
    ),
    Derivation(
        "flow.agent.chain_success", "Share of typical tasks in which every step succeeds", "Q22: p ^ steps",
        ("agent.step_success", "agent.steps_typical"), _chain,
    ),
    Derivation(
        "flow.contracts.coverage", "Share of the sources with a data contract", "sources with contract / sources",
        ("sources[].contract",), _coverage_all,
    ),
    Derivation(
        "flow.contracts.coverage_critical", "Share of the critical sources with a data contract",
        "critical sources with contract / critical sources", ("sources[].contract", "sources[].critical"),
        _coverage_critical,
    ),
    Derivation(
        "flow.sources.systems", "Different systems and regions that the pilot reads from", "count",
        ("sources[].system", "sources[].region"), _systems,
    ),
    Derivation(
        "flow.alerts.slo_coverage", "Share of the stated objectives with burn-rate alerts", "Q24: alerts / objectives",
        ("slo.p50", "slo.p95", "slo.p99", "slo.ttft", "slo.availability", "monitoring.burn_alerts"), _alert_coverage,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
