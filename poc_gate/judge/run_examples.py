"""Rules + their worked examples -> which came out as written; examples are tests that ship with the rule."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.judge.evaluate.checking.gather_inputs import Context
from poc_gate.judge.evaluate.evaluate_rules import rule_findings
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.judge.packs.read_example import EXAMPLE_DAY, example_tree
from poc_gate.model.claim import Evidence, Place
from poc_gate.model.rule import Example, Rule, Stage
from poc_gate.words.judged.findings import worded


class ExampleOutcome(Struct, frozen=True):
    """One example and what came of it."""

    rule: str
    pack: str
    dimension: str
    number: int
    """1-based, in the order of the file."""
    wanted: str
    got: str
    message: str
    place: Place

    @property
    def passed(self) -> bool:
        """Whether the state came out that the example names."""
        return self.wanted == self.got


def run_examples(packs: PackSet, only: frozenset[str] | None = None) -> tuple[ExampleOutcome, ...]:
    """Return the outcome of every example of every rule, or of the packs named in `only`.

    Examples are judged at stage production on a fixed day, every observation counted as measured.
    """
    rules = [rule for rule in packs.rules.values() if only is None or rule.pack in only]
    return tuple(
        _run(packs, rule, example, number)
        for rule in sorted(rules, key=lambda rule: rule.id)
        for number, example in enumerate(rule.examples, start=1)
    )


def _run(packs: PackSet, rule: Rule, example: Example, number: int) -> ExampleOutcome:
    tree = example_tree(rule, example, packs.catalogue, EXAMPLE_DAY)
    place = example.place or rule.place
    evidence = {rule.id: (_evidence(rule, example, place),)} if "evidence" in example.given else {}
    context = Context(packs, tree, Stage.PRODUCTION, EXAMPLE_DAY, evidence)
    finding = rule_findings(rule, context)[0]
    return ExampleOutcome(
        rule.id,
        rule.pack,
        rule.dimension,
        number,
        example.state,
        "short" if finding.short else str(finding.state),
        worded(finding).message,
        place,
    )


def _evidence(rule: Rule, example: Example, place: Place) -> Evidence:
    parses = rule.evidence.parses_as if rule.evidence is not None else ()
    return Evidence(
        rule.id,
        "example",
        place,
        observed_at=str(example.given.get("evidence_date", "")),
        approver=str(example.given.get("evidence_approver", "")),
        approval="author" if example.given.get("evidence_approver") else "",
        parsed_as=parses[0] if parses else "yaml",
        content=example.given["evidence"],
    )
