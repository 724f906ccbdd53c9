"""A rule, and a pilot when one is named -> everything about it in words: inputs, formula, limit, and the value that would be enough."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.errors import UsageError
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact, is_share_name
from poc_gate.model.finding import Finding, Input, State
from poc_gate.model.parts.exposure import facet_fact
from poc_gate.model.quantity import DIMENSIONLESS, Quantity, show_number, show_share
from poc_gate.model.rule import DIMENSIONS, EvidencePredicate, Reference, Rule, Stage
from poc_gate.words.judged.gates import exposure_line, set_aside_words, short_words, why_severe
from poc_gate.words.shown_values import show_amount, show_limit, show_value

if TYPE_CHECKING:
    from poc_gate.app.assess.reading.case import CaseRequest
    from poc_gate.judge.packs.pack_set import PackSet

WIDTH = 80


def explain_rule(name: str, added: Sequence[str] = ()) -> str:
    """Return the text of a rule on its own; raises UsageError with the nearest id for an unknown one."""
    packs = load_rule_packs(added)
    return "\n".join(_rule_lines(find_rule(packs, name), packs)) + "\n"


def explain_for_pilot(name: str, request: CaseRequest) -> str:
    """Return the text of a rule with the numbers of a pilot put in.

    `request.path` is the pilot's folder or manifest, or a result that an earlier run wrote as JSON.
    """
    packs = load_rule_packs(request.packs)
    rule = find_rule(packs, name)
    found, facts = _judged(request)
    findings = [finding for finding in found if finding.rule == rule.id]
    lines = list(_rule_lines(rule, packs))
    if not findings:
        lines += ["", *_left_out(rule, packs, facts)]
    for finding in findings:
        lines += ["", *_finding_lines(finding, facts)]
    return "\n".join(lines) + "\n"


def _left_out(rule: Rule, packs: PackSet, facts: Mapping[str, Fact]) -> Iterator[str]:
    """Say by which statement the pack of a rule does not apply to the pilot."""
    (pack,) = (pack for pack in packs.packs if pack.id == rule.pack)
    yield f"Not judged: the pack {pack.id} does not apply to this pilot."
    yield from _wrapped("applies", f"when {pack.when}")
    for name, fact in pack.given.items():
        held = facts.get(fact)
        shown = _shown(held, facts) + _origin(held.provenance, held.place) if held is not None else "unknown"
        yield from _wrapped("input", f"{name} = {shown}; {fact}")


def find_rule(packs: PackSet, name: str) -> Rule:
    """Return the rule of an id, an alias or a short id such as C01."""
    import difflib

    rule = packs.find(name)
    if rule is None:
        short = f"{name[:1].upper()}{name[1:].zfill(2)}-" if name[1:].isdigit() else ""
        near = [rule_id for rule_id in packs.rules if short and rule_id.startswith(short)]
        near = near or difflib.get_close_matches(name, packs.rules, n=1, cutoff=0.4)
        step = f"did you mean {near[0]!r}? If not, list them" if near else "list them"
        step += " with `poc-gate rules list`; a rule of a pack of your own needs `--pack FOLDER`"
        raise UsageError(f"unknown rule {name!r}", next_step=step)
    return rule


def _judged(request: CaseRequest) -> tuple[tuple[Finding, ...], Mapping[str, Fact]]:
    """Return the findings and the facts of a pilot, or of a result that was written before."""
    if request.path.suffix == ".json" and request.path.is_file():
        from poc_gate.app.gate.baseline import read_baseline

        result = read_baseline(Path(request.path)).result
        return result.findings, {fact.name: fact for fact in result.facts}
    from poc_gate.app.assess.judge_case import judge_case
    from poc_gate.app.assess.reading.case import read_case

    judged = judge_case(read_case(request))
    return judged.findings, judged.tree.facts


def _rule_lines(rule: Rule, packs: PackSet) -> Iterator[str]:
    severity = dict.fromkeys(f"{rule.severity[stage]} at {stage}" for stage in Stage)
    if len(set(rule.severity.values())) == 1:
        severity = {str(rule.severity[Stage.PRODUCTION]): None}
    yield f"{rule.id}  ({rule.pack}, {DIMENSIONS[rule.dimension]})"
    yield from _wrapped("what", rule.what)
    yield from _wrapped("why", rule.why)
    yield from _wrapped("weight", f"{', '.join(severity)}; requires {rule.requires} evidence")
    for line in rule.exposure:
        yield from _wrapped("exposure", exposure_line(line))
    if rule.when:
        yield from _wrapped("applies", f"when {rule.when}")
    if rule.set_aside:
        yield from _wrapped("set aside", set_aside_words(rule.set_aside))
    if rule.for_each:
        yield from _wrapped("once for", f"each of {rule.for_each}")
    yield from _wrapped("expects", assertion(rule))
    if rule.short:
        yield from _wrapped("short", short_words(rule.short))
    for name, fact in rule.given.items():
        spec = packs.catalogue.find(fact)
        meaning = f": {spec.meaning}" if spec is not None else ""
        formula = f" = {spec.formula}" if spec is not None and spec.formula else ""
        yield from _wrapped("given", f"{name} = {fact}{meaning}{formula}")
    for part in rule.seen:
        when = f", where {' '.join(part.when.split())}" if part.when else ""
        yield from _wrapped(
            "seen", f"fails where observations show otherwise: {' '.join(part.that.split())}{when}"
        )
    for limit in rule.limits.values():
        yield from _wrapped("limit", f"{limit.name} = {show_limit(limit)} ({limit.set_by}): {limit.reason}")
    if rule.evidence is not None:
        yield from _wrapped("file", f"counts when it {file_counts_when(rule.evidence)}")
    for reference in rule.references:
        yield from _wrapped("clause", clause(reference))
    yield from _wrapped(
        "fix", f"{rule.fix} (effort {rule.effort}, cost {rule.cost}, {rule.owner or 'no role named'})"
    )


def clause(reference: Reference) -> str:
    """Return a clause with its edition, the day it was checked, and whom it binds from when."""
    checked = f"checked {reference.verified_on}" if reference.verified else "not read in the text itself"
    whom = who_is_bound(reference.role, reference.applies_from)
    return f"{reference.framework} {reference.edition} {reference.clause} ({checked}{whom})"


def who_is_bound(role: str, day: str) -> str:
    """Return whom a clause binds from when, to be put behind a comma; empty where neither is stated."""
    if not role and not day:
        return ""
    return f", applies to {role or 'everybody'}{f' from {day}' if day else ''}"


def file_counts_when(evidence: EvidencePredicate, code: str = "") -> str:
    """Return what a file must satisfy to count, as the end of a sentence; `code` marks names and sources."""
    parts = []
    if evidence.parses_as:
        parts.append(f"is {' or '.join(evidence.parses_as)}")
    if evidence.contains:
        parts.append(f"holds {', '.join(f'{code}{path}{code}' for path in evidence.contains)}")
    if evidence.where:
        parts.append(f"satisfies {code}{' '.join(evidence.where.split())}{code}")
    if evidence.max_age is not None:
        parts.append(f"is at most {evidence.max_age} old")
    if evidence.approver:
        parts.append("is signed off by a named role (`approver:` next to `file:`)")
    return ", ".join(parts)


def assertion(rule: Rule) -> str:
    """Return what a rule expects in one line of its own expressions."""
    expect = rule.expect
    if expect.operator == "evidence":
        return "a file that counts"
    bounds = " and ".join(" ".join(bound.split()) for bound in expect.bounds)
    if expect.operator == "that":
        return bounds
    words = {"one_of": f"one of {', '.join(expect.bounds)}", "between": f"between {bounds}"}
    operator = expect.operator.replace("_", " ")
    return f"{expect.value} {words.get(expect.operator, f'{operator} {bounds}')}"


def _finding_lines(finding: Finding, facts: Mapping[str, Fact]) -> Iterator[str]:
    subject = f" for {finding.subject}" if finding.subject else ""
    yield f"{str(finding.state).upper()}{subject} at {finding.place}"
    yield from _wrapped("message", finding.message)
    if finding.exposed_by:
        severe = why_severe(finding.severity, finding.exposed_by, finding.exposure_unknown)
        yield from _wrapped("severity", severe)
        for part in finding.exposed_by:
            fact = facts.get(facet_fact(part.partition(" ")[0]))
            yield from _behind(fact, facts) if fact is not None else ()
    for given in finding.inputs:
        origin = _origin(given.provenance, given.place)
        yield from _wrapped("input", f"{given.name} = {_shown(given, facts)}{origin}; {given.fact}")
        fact = facts.get(given.fact)
        yield from _behind(fact, facts) if fact is not None and fact.derived else ()
    if finding.formula:
        yield from _wrapped("formula", finding.formula)
    if finding.limit is not None:
        margin = f", margin {show_number(finding.margin)}" if finding.margin is not None else ""
        shares = any(is_share_name(one.fact) for one in finding.inputs)
        plain = finding.limit.unit == DIMENSIONLESS and shares
        shown = show_share(finding.limit.value) if plain else show_amount(finding.limit, _currency(facts))
        yield from _wrapped("limit", f"{shown} set by {finding.limit_set_by or finding.rule}{margin}")
    for point in (point for point in finding.breakpoints if point.settable):
        yield from _wrapped(
            "enough if",
            f"{point.fact} = {show_amount(point.value, _currency(facts), point.fact)} "
            f"(now {show_amount(point.current, _currency(facts), point.fact)})",
        )
    held = finding.held or "none"
    yield from _wrapped("evidence", f"has {held}; needs {finding.required}")
    for note in finding.evidence_notes:
        yield from _wrapped("file", note)
    if finding.due:
        yield from _wrapped("due", f"the duty applies from {finding.due}")
    if finding.state is not State.PASS or finding.resolve:
        for line in finding.resolve:
            yield from _wrapped("resolve", line)


def _shown(held: Input | Fact, facts: Mapping[str, Fact]) -> str:
    """Return a value with its interval, where it has one."""
    name, currency = held.fact if isinstance(held, Input) else held.name, _currency(facts)
    likely = show_value(held.value, currency, name)
    if not isinstance(held.value, Quantity) or held.low is None or held.high is None:
        return likely
    low, high = (show_amount(Quantity(end, held.value.unit), currency, name) for end in (held.low, held.high))
    return likely if low == high else f"{likely} [{low} to {high}]"


def _currency(facts: Mapping[str, Fact]) -> str:
    """Return the pilot's currency, empty where it states none."""
    held = facts.get("cost.currency")
    return held.value if held is not None and isinstance(held.value, str) else ""


def _origin(provenance: Provenance | None, place: Place | None) -> str:
    parts = [str(part) for part in (provenance, place) if part is not None]
    return f" ({', '.join(parts)})" if parts else ""


def _behind(fact: Fact, facts: Mapping[str, Fact]) -> Iterator[str]:
    """Return how a derived fact came about: its formula with numbers, its inputs, what was assumed."""
    if fact.formula:
        yield from _wrapped("", f"= {fact.formula}")
    for name in fact.inputs:
        held = facts.get(name)
        if held is not None and held.value is not None:
            yield from _wrapped(
                "", f"from {name} = {_shown(held, facts)}{_origin(held.provenance, held.place)}"
            )
    for assumption in fact.assumptions:
        yield from _wrapped("", f"assumes {assumption}")


def _wrapped(label: str, text: str) -> list[str]:
    """Return a labelled paragraph, its further lines indented under its text."""
    return textwrap.wrap(
        " ".join(text.split()), WIDTH, initial_indent=f"  {label:<9} ", subsequent_indent=" " * 12,
        break_long_words=False, break_on_hyphens=False,
    ) or [f"  {label:<9}"]  # fmt: skip
