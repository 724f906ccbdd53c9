"""Result -> what each reader sees first: the same choices and the same order in every format."""

from __future__ import annotations

import shlex
from collections.abc import Collection

from msgspec import Struct

from poc_gate.model.fact import Fact
from poc_gate.model.finding import Finding, State, Waiver
from poc_gate.model.rule import DIMENSIONS, SEVERITY_RANK, EvidenceClass, Severity
from poc_gate.model.verdict import Result
from poc_gate.words.framework_names import framework_name
from poc_gate.words.shown_values import show_percent, show_value

OPEN_STATES = (State.FAIL, State.ERROR, State.UNKNOWN)
_STATE_ORDER = {
    State.FAIL: 0,
    State.ERROR: 1,
    State.UNKNOWN: 2,
    State.WAIVED: 3,
    State.PASS: 4,
    State.NOT_APPLICABLE: 5,
}


def worst_first(findings: tuple[Finding, ...]) -> list[Finding]:
    """Return findings with those first that a person must act on: binding, open, severe, proven."""
    return sorted(findings, key=_urgency)


def _urgency(finding: Finding) -> tuple[object, ...]:
    is_open = finding.state in OPEN_STATES
    return (
        not is_open,
        bool(finding.due),
        -SEVERITY_RANK[finding.severity] if is_open else 0,
        _STATE_ORDER[finding.state],
        -(finding.margin or 0) if finding.operator != "at_least" else finding.margin or 0,
        finding.rule,
        finding.subject,
    )


def stage_asked(result: Result) -> str:
    """Return the stage that was judged, and that the manifest is silent on it where it is."""
    return f"{result.stage} ({silence(result)})" if is_stage_silent(result) else result.stage


def silence(result: Result) -> str:
    """Return that a value was not stated; where there is no manifest yet, none is named."""
    return "not stated" if without_manifest(result) else "not stated in the manifest"


def without_manifest(result: Result) -> bool:
    """Whether this is a look at a folder in which nobody has written a manifest yet."""
    return result.first_look is not None and result.first_look.without_manifest


def is_stage_silent(result: Result) -> bool:
    """Whether nobody stated the stage, so that the strictest was judged."""
    return not any(fact.name == "pilot.stage" and fact.value is not None for fact in result.facts)


def open_findings(result: Result) -> list[Finding]:
    """Return every finding that keeps the verdict down today, worst first; duties not yet due are left out."""
    return [f for f in worst_first(result.findings) if f.state in OPEN_STATES and not f.due]


def open_blockers(result: Result) -> list[Finding]:
    """Return the open findings of the severity blocker, worst first."""
    return [finding for finding in open_findings(result) if finding.severity is Severity.BLOCKER]


def by_rule(findings: list[Finding]) -> list[list[Finding]]:
    """Return findings of one rule together, in the order in which the rules first appear."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    return list(groups.values())


def must_haves_first(result: Result, rules: Collection[str]) -> list[list[Finding]]:
    """Return the open findings of some rules, a group each: those that fail before those that nobody answered."""
    groups = by_rule([finding for finding in open_findings(result) if finding.rule in rules])
    return sorted(groups, key=lambda group: group[0].state is not State.FAIL)


def due_findings(result: Result) -> list[Finding]:
    """Return the findings whose duty binds at a later date, the nearest first."""
    return sorted((f for f in result.findings if f.due), key=lambda f: (f.due, f.rule, f.subject))


def count_states(result: Result) -> dict[State, int]:
    """Return how many findings are in each state, all six of them."""
    return {state: sum(finding.state is state for finding in result.findings) for state in State}


def fact_of(result: Result, name: str) -> Fact | None:
    """Return the fact of that name when its value is known."""
    return next((fact for fact in result.facts if fact.name == name and fact.value is not None), None)


def shown_fact(result: Result, name: str) -> str:
    """Return a fact's value as people write it, `unknown` when there is none."""
    fact = fact_of(result, name)
    return show_value(fact.value, result.currency, name) if fact else "unknown"


def unknown_facts(result: Result) -> list[Fact]:
    """Return the unknown facts that an open finding waits for, by name, each with how to resolve it."""
    wanted = {name for finding in open_findings(result) for name in finding.unknown}
    return sorted((f for f in result.facts if f.name in wanted and f.value is None), key=lambda f: f.name)


def machine_words(result: Result) -> str:
    """Return which machine the result holds for, and how that machine is known."""
    machine = result.machine
    if machine is None or machine.name in ("", "not probed"):
        return "no machine named"
    measured = (
        "measured here"
        if machine.source == "probed now"
        else "data sheet, not measured"
        if machine.kind == "datasheet"
        else machine.kind
    )
    return f"on {machine.name} ({measured})" if measured else f"on {machine.name}"


def same_case(result: Result) -> str:
    """Return the arguments that name this pilot on this machine again, for a shell."""
    manifest = shlex.quote(result.manifest)
    machine = result.machine
    if machine is None or machine.source == "probed now":
        return manifest
    return f"{manifest} --machine {shlex.quote(machine.source)}"


class Approval(Struct, frozen=True):
    """One approval that the pilot waits for."""

    name: str
    decider: str
    status: str
    lead_time: str


def pending_approvals(result: Result) -> list[Approval]:
    """Return the approvals that are not granted, with the time each still takes."""
    prefix, suffix = "people.approvals[", "].status"
    names = [
        fact.name[len(prefix) : -len(suffix)]
        for fact in result.facts
        if fact.name.startswith(prefix) and fact.name.endswith(suffix) and fact.value != "granted"
    ]
    return [
        Approval(
            name,
            *(shown_fact(result, f"{prefix}{name}].{key}") for key in ("decider", "status", "lead_time")),
        )
        for name in names
    ]


def no_ledger(result: Result) -> str:
    """Return what an empty list of waivers and approvals means: silence on approvals is not their absence."""
    told = any(
        fact.name.startswith("people.approvals[")
        or (fact.name == "flow.approvals.lead_time" and fact.value is not None)
        for fact in result.facts
    )
    waived = "Nothing is waived"
    return (
        f"{waived}, and no approval is outstanding."
        if told
        else f"{waived}. Nobody has said which approvals are needed."
    )


def listed_waivers(result: Result) -> list[Waiver]:
    """Return all waivers, those that stopped working first, then by expiry."""
    return sorted(result.waivers, key=lambda w: (w.status == "active", w.expires, w.id))


def honesty(result: Result) -> list[str]:
    """Return what the verdict rests on and what it does not, one sentence each."""
    verdict = result.verdict
    judged = [f for f in result.findings if f.state in (State.PASS, State.FAIL, State.WAIVED)]
    declared = sum(finding.held is EvidenceClass.DECLARED for finding in judged)
    states = count_states(result)
    open_questions = states[State.UNKNOWN] + states[State.ERROR]
    word = "rests" if declared == 1 else "rest"
    return [
        (
            f"Checked: {show_percent(verdict.coverage)} of what applies; {_counted(open_questions, 'finding')} "
            f"could not be judged."
        ),
        (
            f"Proven: {show_percent(verdict.confidence)} passed on a file or a measurement; {declared} of "
            f"{_counted(len(judged), 'judged finding')} {word} on the team's word."
        ),
        f"Not applicable: {show_percent(verdict.not_applicable_share)} of all rules by weight.",
    ]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class Regime(Struct, frozen=True):
    """One framework that rules cite: what is open under it and what binds later."""

    framework: str
    title: str
    edition: str
    clauses: tuple[str, ...]
    findings: int
    open: int
    due: str
    """The nearest later date, or empty."""
    unverified: int
    """References whose clause nobody checked against the issuing text."""


NO_CONFORMITY = (
    "Rules cite these clauses to show where a question comes from. poc-gate makes no statement of "
    "conformity with any law, standard or framework."
)


def pressing_first(regime: Regime) -> tuple[object, ...]:
    """Return the order for leadership: what binds from a date first, then by open findings."""
    return (regime.due or "9999", -regime.open, regime.title)


def regimes(result: Result) -> list[Regime]:
    """Return the cited frameworks by name, those with open findings first."""
    cited: dict[tuple[str, str], list[Finding]] = {}
    for finding in result.findings:
        for reference in {(r.framework, r.edition) for r in finding.references}:
            cited.setdefault(reference, []).append(finding)
    rows = [_regime(*key, found) for key, found in cited.items()]
    return sorted(rows, key=lambda row: (-row.open, row.framework, row.edition))


def _regime(framework: str, edition: str, findings: list[Finding]) -> Regime:
    references = [
        r
        for finding in findings
        for r in finding.references
        if (r.framework, r.edition) == (framework, edition)
    ]
    later = sorted({finding.due for finding in findings if finding.due})
    return Regime(
        framework=framework,
        title=framework_name(framework),
        edition=edition,
        clauses=tuple(sorted({reference.clause for reference in references})),
        findings=len(findings),
        open=sum(finding.state in OPEN_STATES and not finding.due for finding in findings),
        due=later[0] if later else "",
        unverified=len({r.clause for r in references if not r.verified or not r.verified_on}),
    )


def dimension_letter(key: str) -> str:
    """Return the letter A to J of a dimension."""
    return "ABCDEFGHIJ"[list(DIMENSIONS).index(key)] if key in DIMENSIONS else "?"
