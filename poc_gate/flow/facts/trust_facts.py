"""Derived facts on trust: injections by kind, leaks, the model's remaining life, cost per result, scope."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from poc_gate.base.days import day_of
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.tried_cases import upper_of
from poc_gate.flow.span import Span, as_span
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Kind
from poc_gate.model.quantity import show_share

_DAY = 86400.0
_SECTIONS = {
    "agent": ("agent.tools", "agent.max_steps", "agent.high_impact_tools", "agent.tool_servers"),
    "retrieval": ("retrieval.vectors", "retrieval.index", "retrieval.recall_at_k", "retrieval.acl_mode"),
    "training": ("training.batch_size", "training.accelerators", "training.step_time"),
}
"""Technique -> facts that only a pilot with this technique states."""


def _direct(view: FactView) -> DerivedValue:
    return upper_of(
        view, "evaluation.injection_direct_attempts", "evaluation.injection_direct_successes", "successes"
    )


def _indirect(view: FactView) -> DerivedValue:
    return upper_of(
        view, "evaluation.injection_indirect_attempts", "evaluation.injection_indirect_successes", "successes"
    )


def _worst(view: FactView) -> DerivedValue:
    """Return the larger of the two kinds' bounds; a stated rate over both kinds leaves the worse one no lower."""
    kinds = ("flow.injection.direct_upper", "flow.injection.indirect_upper")
    spans, pooled = {kind: view.maybe(kind) for kind in kinds}, view.maybe("evaluation.injection_success")
    missing = [kind for kind, span in spans.items() if span is None]
    if missing:
        known = [span.low for span in (*spans.values(), pooled) if span is not None]
        raise view.missing(*missing).bounded(low=max(known, default=0.0) or None)
    named = {"direct": spans[kinds[0]], "indirect": spans[kinds[1]], "stated over both": pooled}
    known_spans = [(kind, span) for kind, span in named.items() if span is not None]
    name, largest_one = max(known_spans, key=lambda pair: pair[1].likely)
    seen = max(span.low for _, span in known_spans)
    worst = Span(largest_one.likely, min(seen, largest_one.likely), largest_one.high)
    return DerivedValue(
        worst, f"largest of both kinds and of what is stated over both, {name}: {worst.share()}"
    )


def _authority(view: FactView) -> DerivedValue:
    return upper_of(
        view, "evaluation.authority_checked", "evaluation.authority_contradictions", "contradictions"
    )


def _has_authority(view: FactView) -> DerivedValue:
    """Return whether there is a text that answers must agree with: as stated, else the critical sources are it.

    Text that outsiders write is not counted, such as listings that are translated or tickets that are answered.
    """
    stated = view.text("purpose.authority")
    if stated:
        return DerivedValue(stated.casefold() != "none", f"the authoritative text is {stated}")
    critical = [
        source.item
        for source in view.each("sources")
        if source.flag("sources[].critical") is True and source.flag("sources[].untrusted") is not True
    ]
    if not critical:
        raise view.missing("purpose.authority")
    return DerivedValue(value=True, formula=f"answers rest on {', '.join(critical)}, the critical sources")


def _denied(view: FactView) -> DerivedValue:
    return upper_of(view, "agent.tool_denied_tests", "agent.tool_denied_leaks", "calls that went through")


def _tenants(view: FactView) -> DerivedValue:
    return upper_of(view, "security.tenant_tests", "security.tenant_leaks", "leaks")


def _day(view: FactView, name: str) -> date | None:
    return day_of(view.text(name))


def _served_for(view: FactView) -> DerivedValue:
    """Return the time from launch, or from today when it is launched, to the last day that is certain."""
    today, launch = _day(view, "assessment.today"), _day(view, "pilot.go_live")
    if today is None:
        raise view.missing("assessment.today")
    start = max(today, launch) if launch else today
    end, checked = _day(view, "model.retires_on"), _day(view, "model.retirement_checked_on")
    if end is not None:
        left = (end - start).days * _DAY
        return DerivedValue(as_span(left), f"{end} - {start} = {left / _DAY:g} d")
    if checked is None:
        raise view.missing("model.retires_on")
    notice = view.one("model.change_notice")
    left = (checked - start).days * _DAY + notice.likely
    return DerivedValue(
        as_span(left),
        f"no end announced on {checked}, notice {notice.shown('s')}: served for {left / _DAY:g} d from {start}",
    )


def _per_accepted(view: FactView) -> DerivedValue:
    each, share = view.need("flow.cost.per_request", "cost.accepted_share")
    if share.likely <= 0:
        raise CannotDeriveError("cost.accepted_share is 0: no result is accepted at any cost")
    cost = each / share
    return DerivedValue(
        cost, f"{view.amount(each.likely)} / {show_share(share.likely)} accepted = {view.amount(cost.likely)}"
    )


def _unlisted(view: FactView) -> DerivedValue:
    """Return how many techniques the manifest describes without listing them in `pilot.uses`."""
    uses = view.texts("pilot.uses")
    if uses is None:
        raise view.missing("pilot.uses")
    found = [
        technique
        for technique, facts in _SECTIONS.items()
        if technique not in uses and any(view.fact(name).value not in (None, ()) for name in facts)
    ]
    if view.text("model.kind") == "llm" and "llm" not in uses:
        found.append("llm")
    return DerivedValue(as_span(float(len(found))), f"described but not listed: {', '.join(found) or 'none'}")


def _scanned(view: FactView) -> DerivedValue:
    """Return whether a scan of packages was read; one that failed or recognised nothing states no counts, one of code is none.

    Where a file shows what ships (a lock, an image, a dump of the cluster), the question is open without a scan.
    """
    held = view.flag("scan.of_packages") is True
    if not held and any(_was_read(view, name) for name in _SHIPS):
        raise CannotDeriveError(
            "what ships was read, and no scan of it for known vulnerabilities", ("scan.findings_critical",)
        )
    return DerivedValue(value=held, formula=f"read: {(view.text('scan.tool') if held else '') or 'none'}")


def _was_read(view: FactView, name: str) -> bool:
    fact = view.tree.get(name)
    return fact.value is not None and fact.provenance in (
        Provenance.MEASURED, Provenance.EVIDENCED, Provenance.IMPORTED,
    )  # fmt: skip


_SHIPS = (
    "security.dependencies_pinned",
    "security.dependencies_hashed",
    "target.image_pinned",
    "cluster.images",
)
"""Facts that a file of what ships shows; typed ones are promises about it."""


def _rate(
    name: str, meaning: str, inputs: tuple[str, str], compute: Callable[[FactView], DerivedValue]
) -> Derivation:
    return Derivation(
        name, meaning, "Q21: exact binomial", inputs, compute, reference="Clopper and Pearson 1934"
    )


DERIVATIONS = (
    _rate(
        "flow.injection.direct_upper", "95 % upper bound of the success of injections in the user's input",
        ("evaluation.injection_direct_attempts", "evaluation.injection_direct_successes"), _direct,
    ),
    _rate(
        "flow.injection.indirect_upper", "95 % upper bound of the success of injections in content that is read",
        ("evaluation.injection_indirect_attempts", "evaluation.injection_indirect_successes"), _indirect,
    ),
    Derivation(
        "flow.injection.worst_upper", "95 % upper bound of the success of the kind of injection that succeeds more often",
        "max(direct, indirect, rate stated over both)",
        ("flow.injection.direct_upper", "flow.injection.indirect_upper", "evaluation.injection_success"), _worst,
    ),
    _rate(
        "flow.authority.contradiction_upper", "95 % upper bound of the share of answers that contradict the authoritative text",
        ("evaluation.authority_checked", "evaluation.authority_contradictions"), _authority,
    ),
    Derivation(
        "flow.authority.exists", "There is a text that answers must agree with",
        "purpose.authority as stated, else any critical source that outsiders do not write",
        ("purpose.authority", "sources[].critical", "sources[].untrusted"), _has_authority, kind=Kind.FLAG,
    ),
    _rate(
        "flow.tools.denied_upper", "95 % upper bound of the share of forbidden tool calls that go through",
        ("agent.tool_denied_tests", "agent.tool_denied_leaks"), _denied,
    ),
    _rate(
        "flow.tenants.leak_upper", "95 % upper bound of the share of requests that reach another tenant's data",
        ("security.tenant_tests", "security.tenant_leaks"), _tenants,
    ),
    Derivation(
        "flow.model.served_for", "Time for which the provider serves this model after the launch, as far as it is known",
        "end date - max(launch, today); without one, day of the last look + notice owed",
        ("assessment.today", "pilot.go_live", "model.retires_on", "model.retirement_checked_on", "model.change_notice"),
        _served_for, "s",
    ),
    Derivation(
        "flow.cost.per_accepted", "Cost of one result that is accepted", "cost per request / accepted share",
        ("flow.cost.per_request", "cost.accepted_share"), _per_accepted, "money", by_ends=True,
    ),
    Derivation(
        "flow.scope.unlisted", "Techniques that the manifest describes without listing them in `pilot.uses`", "count",
        ("pilot.uses", "model.kind", *(name for facts in _SECTIONS.values() for name in facts)), _unlisted,
    ),
    Derivation(
        "flow.scan.read", "A scan of packages for known vulnerabilities was read", "`scan.of_packages`", ("scan.of_packages", "scan.tool", *_SHIPS), _scanned,
        kind=Kind.FLAG,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
