"""Result -> its slim record: states, numbers, owners and demands; the words of the findings stay behind."""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.finding import Finding, State
from poc_gate.model.many.record import Area, Figure, FigureRange, Machine, Open, Record, Waived
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Severity
from poc_gate.model.verdict import Result
from poc_gate.report.result.demands import demands, identities

_GRAVE = (Severity.BLOCKER, Severity.HIGH)
_COUNTED = "security.secrets_found"
"""A count that a rule decides on; no measurement of how well anything works."""


def record_of(result: Result) -> Record:
    """Return the record; the same result gives the same one."""
    facts = {fact.name: fact for fact in result.facts}
    resources = identities(facts)
    verdict = result.verdict
    machine = result.machine
    return Record(
        pilot=result.pilot,
        stage=result.stage,
        word=verdict.word.value,
        label=verdict.label,
        sentence=result.sentence,
        tool=result.tool_version,
        packs={use.id: use.sha256 for use in result.packs if use.applied},
        areas=tuple(Area(d.key, _tenth(d.low), _tenth(d.high), d.failed + d.unknown) for d in verdict.dimensions),
        states=_states(result.findings),
        day=result.assessed_on,
        reasons=verdict.reasons,
        index=_tenth(verdict.index),
        index_area=verdict.index_dimension,
        coverage=verdict.coverage,
        confidence=verdict.confidence,
        open=tuple(_open(result.findings, resources)),
        bounds=verdict.bounds,
        holds_until=verdict.holds_until,
        owner=_text(facts, "people.business_owner") or _text(facts, "people.service_owner"),
        go_live=_text(facts, "pilot.go_live"),
        currency=result.currency,
        cost_month=span_of(facts.get("flow.cost.month")),
        cost_request=span_of(facts.get("flow.cost.per_request")),
        budget_year=_number(facts.get("cost.budget_12m")),
        value_ratio=span_of(facts.get("flow.value.ratio")),
        demands=tuple(demands(facts, resources)),
        waivers=tuple(Waived(w.rule, w.owner, w.expires, w.status, w.subject) for w in result.waivers),
        figures=tuple(_figures(result.facts)),
        machine=Machine() if machine is None else Machine(machine.name, machine.kind, machine.fingerprint, machine.sha256),
        manifest=result.manifest,
        inputs=_inputs(result),
    )  # fmt: skip


def span_of(fact: Fact | None) -> FigureRange:
    """Return a fact's figure with its interval; what is unknown may still have a bound."""
    if fact is None:
        return FigureRange()
    value = fact.value if isinstance(fact.value, Quantity) else None
    unit = value.unit if value is not None else "1"
    return FigureRange(fact.low, value.value if value is not None else None, fact.high, unit)


def _states(findings: tuple[Finding, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for finding in findings:
        found.setdefault(state_word(finding), []).append(f"{finding.rule} {finding.subject}".strip())
    return {state: tuple(sorted(rules)) for state, rules in sorted(found.items())}


def state_word(finding: Finding) -> str:
    """Return the state as records keep it: a blocker that passes on too little is `unproven`."""
    unproven = finding.state is State.PASS and not finding.proven and finding.severity is Severity.BLOCKER
    return "unproven" if unproven else finding.state.value


def _open(findings: tuple[Finding, ...], resources: dict[str, str]) -> Iterator[Open]:
    for finding in findings:
        word = state_word(finding)
        if (
            finding.severity not in _GRAVE
            or finding.due
            or word not in ("fail", "unknown", "unproven", "error")
        ):
            continue
        yield Open(
            rule=finding.rule,
            state="unknown" if word == "error" else word,
            severity=finding.severity.value,
            title=finding.title,
            subject=finding.subject,
            owner=finding.owner,
            effort=finding.effort,
            cause=finding.cause,
            resource=resources.get(finding.subject, ""),
        )  # fmt: skip


def _figures(facts: tuple[Fact, ...]) -> Iterator[Figure]:
    """Yield what was measured; a count of what was looked at is not a measurement of how well it works."""
    for fact in facts:
        measured = fact.provenance is Provenance.MEASURED and not fact.derived
        if not measured or not isinstance(fact.value, Quantity) or fact.name == _COUNTED:
            continue
        yield Figure(fact.name, fact.value.value, fact.value.unit, fact.low, fact.high)


def _inputs(result: Result) -> dict[str, str]:
    folder = result.manifest.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    return {name.removeprefix(prefix): digest for name, digest in sorted(result.inputs.items())}


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _text(facts: dict[str, Fact], name: str) -> str:
    value = facts[name].value if name in facts else None
    return value if isinstance(value, str) else ""


def _number(fact: Fact | None) -> float | None:
    return fact.value.value if fact is not None and isinstance(fact.value, Quantity) else None
