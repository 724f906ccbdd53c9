"""Packs that load -> advice on what makes a rule hard to use or easy to get around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from poc_gate.app.ground.packs.rule_packs import load_rule_packs, packs_under
from poc_gate.app.packs.scaffold_rule import PLACEHOLDERS
from poc_gate.model.claim import Place
from poc_gate.model.fact import Kind, Role
from poc_gate.model.rule import EvidenceClass, Rule, Severity, Stage

if TYPE_CHECKING:
    from poc_gate.judge.packs.pack_set import PackSet

_SHORTEST_WHY = 60
_QUANTITATIVE = {"at_most", "at_least", "between"}


class Advice(Struct, frozen=True):
    """One piece of advice; nothing of it stops a pack from loading."""

    rule: str
    place: Place
    text: str


def lint_packs(target: str = "", added: Sequence[str] = ()) -> tuple[Advice, ...]:
    """Return advice on the packs under `target`, or on all packs when it is empty."""
    from poc_gate.judge.packs.pack_digest import pack_digest

    sources = packs_under(target) if target else ()
    packs = load_rule_packs([*added, *(source.name for source in sources)])
    digests = {pack_digest(source.files) for source in sources}
    wanted = [pack for pack in packs.packs if not target or pack.sha256 in digests]
    advice = [found for pack in wanted for rule in pack.rules for found in _rule(rule, packs)]
    for pack in wanted:
        counts = Counter(rule.severity[Stage.PRODUCTION] for rule in pack.rules)
        if len(pack.rules) >= 5 and counts[Severity.BLOCKER] > len(pack.rules) / 2:
            text = f"{counts[Severity.BLOCKER]} of {len(pack.rules)} rules are blockers; keep them scarce"
            advice.append(Advice(pack.id, pack.place, text))
    return tuple(sorted(advice, key=lambda found: (found.place, found.text)))


def _rule(rule: Rule, packs: PackSet) -> Iterator[Advice]:
    for text in _texts(rule, packs):
        yield Advice(rule.id, rule.place, text)


def _movable(rule: Rule, packs: PackSet) -> list[str]:
    """Return the quantities of the manifest, wishes aside, that what the rule reads is computed from."""
    behind = packs.catalogue.behind(rule.given.values()) - set(rule.given.values())
    specs = [packs.catalogue.specs[name] for name in sorted(behind) if name in packs.catalogue.specs]
    return [
        spec.name
        for spec in specs
        if spec.origin == "manifest" and spec.kind is Kind.QUANTITY and spec.role is Role.OBSERVATION
    ]


def _texts(rule: Rule, packs: PackSet) -> Iterator[str]:
    for key, text in (("why", rule.why), ("fix", rule.fix), *((n, x.reason) for n, x in rule.limits.items())):
        if text.startswith(PLACEHOLDERS):
            yield f"`{key}` still holds the words that `rules new` wrote"
    if len(rule.why) < _SHORTEST_WHY:
        yield "`why` is short: say what happens to the pilot when the rule is broken"
    movable = _movable(rule, packs)
    if rule.expect.operator in _QUANTITATIVE and not rule.levers and movable:
        yield f"without `levers` the rule cannot say what to change, such as {' or '.join(movable[:2])}"
    if not rule.owner:
        yield "`owner` is missing: name the role that usually fixes it"
    sources = [rule.expect.value, *rule.expect.bounds]
    if any("!has(" in source.replace(" ", "") for source in sources):
        yield "`!has(x)` holds for a missing fact: leaving it out would pass"
    short = rule.id.split("-")[0]
    if any(other != rule.id and other.split("-")[0] == short for other in packs.rules):
        yield f"{short} is the short name of another rule as well, so neither can be called by it"
    for name, limit in rule.limits.items():
        if not limit.tighter:
            yield f"limit {name} has no `tighter`, so no other pack can move it"
    if rule.requires is not EvidenceClass.DECLARED and rule.evidence is None:
        facts = [packs.catalogue.find(fact) for fact in rule.given.values()]
        if all(spec is not None and spec.origin == "manifest" for spec in facts):
            yield f"it requires {rule.requires} evidence, but nothing except imports can supply it: add `evidence:`"
