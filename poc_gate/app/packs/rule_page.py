"""One rule -> its page as Markdown: what it asks and why, what to do in each state, then how it is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from poc_gate.app.explore.explain_rule import assertion, clause, file_counts_when
from poc_gate.model.rule import DIMENSIONS, Example, Pack, Rule, Stage
from poc_gate.words.judged.gates import exposure_line, set_aside_words, short_words
from poc_gate.words.shown_values import show_limit

if TYPE_CHECKING:
    from poc_gate.judge.packs.pack_set import PackSet

NOTE = "<!-- Written by `poc-gate rules docs`; edit the rule files instead. -->"
_STATES = {
    "pass": "passes",
    "fail": "fails",
    "short": "falls short",
    "unknown": "unknown",
    "not-applicable": "not applicable",
    "error": "error",
}


def rule_page(rule: Rule, pack: Pack, packs: PackSet) -> Iterator[str]:
    """Yield the lines of a rule's page, which is stored as `PACK/ID.md`."""
    yield from (f"# {rule.id}", "", NOTE, "", f"**{rule.what}.**", "", rule.why, "")
    yield from _acts(rule)
    yield from ("", f"{rule.fix}", "", "## How it is judged", "")
    yield from _judged(rule, packs)
    yield from _raised(rule, packs)
    yield from _examples(rule)
    if rule.references:
        yield from ("", "## What it cites", "")
        yield from (f"- {clause(reference)}" for reference in rule.references)
    yield from ("", "## See also", "")
    yield f"- [{pack.title}](../{pack.id}.md), the pack of this rule, and [all packs](../index.md)"
    yield f"- `poc-gate explain {rule.id} PILOT` prints this rule with the numbers of a pilot"


def severity_words(rule: Rule) -> str:
    """Return the severity of a rule, stage by stage where it differs."""
    words = ", ".join(f"{rule.severity[stage]} at {stage}" for stage in Stage)
    same = {rule.severity[stage] for stage in Stage}
    return words if len(same) > 1 else str(next(iter(same)))


def _acts(rule: Rule) -> Iterator[str]:
    yield from ("## What to do", "")
    if rule.title_fails or rule.do_fails:
        yield f"- **{rule.title_fails or 'It fails'}**: {rule.do_fails or 'see below.'}"
    if rule.title_short:
        yield f"- **{rule.title_short}**: the same; a condition, not a reason to stop."
    if rule.title_unknown or rule.do_unknown:
        asked = f"Unanswered: {_lower(rule.title_unknown)}" if rule.title_unknown else "It is unknown"
        yield f"- **{asked}**: {rule.do_unknown or 'see below.'}"
    yield f"- **Takes** {rule.effort}, cost {rule.cost}; done by: {rule.owner or 'any role'}"


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _judged(rule: Rule, packs: PackSet) -> Iterator[str]:
    yield f"- **Dimension**: {DIMENSIONS[rule.dimension]}"
    yield f"- **Severity**: {severity_words(rule)}"
    yield from (f"- **Exposure**: {exposure_line(line)}" for line in rule.exposure)
    yield f"- **Evidence needed**: {rule.requires}"
    if rule.when:
        yield f"- **Applies when**: `{' '.join(rule.when.split())}`"
    if rule.set_aside:
        yield f"- **Set aside**: {set_aside_words(rule.set_aside, code='`')}"
    if rule.for_each:
        yield f"- **Judged for**: each of `{rule.for_each}`"
    expects = assertion(rule) if rule.expect.operator == "evidence" else f"`{assertion(rule)}`"
    yield f"- **Expects**: {expects}"
    for name, fact in rule.given.items():
        spec = packs.catalogue.find(fact)
        yield f"  - `{name}` = `{fact}`{': ' + spec.meaning if spec is not None else ''}"
    if rule.short:
        yield f"- **Falls short**: {short_words(rule.short, code='`')}"
    for limit in rule.limits.values():
        yield f"- **Limit** `{limit.name}` = {show_limit(limit)}: {limit.reason}"
    for part in rule.seen:
        when = f", where `{' '.join(part.when.split())}`" if part.when else ""
        yield f"- **Fails when seen otherwise**: `{' '.join(part.that.split())}`{when}"
    if rule.evidence is not None:
        yield f"- **A file counts when it** {file_counts_when(rule.evidence, '`')}"
    if rule.levers:
        yield f"- **Levers**: {', '.join(f'`{lever}`' for lever in rule.levers)}"


def _raised(rule: Rule, packs: PackSet) -> Iterator[str]:
    """Yield which packs ask for more than the rule itself does."""
    raised = [(pack, one) for pack in packs.packs for one in pack.adjust if one.rule == rule.id]
    for pack, one in raised:
        severity = [f"{severity} at {stage}" for stage, severity in (one.severity or {}).items()]
        limits = [f"`{limit.name}` = {show_limit(limit)}" for limit in one.limits.values()]
        since = f", from {one.applies_from}" if one.applies_from else ""
        yield f"- **Raised by** [{pack.id}](../{pack.id}.md): {', '.join([*severity, *limits])}{since}"


def _examples(rule: Rule) -> Iterator[str]:
    shown = [example for example in rule.examples if example.given and "evidence" not in example.given]
    if not shown:
        return
    yield from ("", "## Worked examples", "", "| given | comes out as |", "|---|---|")
    for example in shown:
        note = f" ({example.note})" if example.note else ""
        yield f"| {cell(_given(example))} | {_STATES.get(example.state, example.state)}{cell(note)} |"


def _given(example: Example) -> str:
    return ", ".join(f"`{name}` = {_value(value)}" for name, value in example.given.items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {_value(one)}' for name, one in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return str(value)


def cell(text: str) -> str:
    """Return a text that stays in one cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")
