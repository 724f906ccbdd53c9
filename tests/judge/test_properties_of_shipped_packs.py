"""On the shipped packs, with random pilots: losing a fact never helps, order does not matter, blockers decide."""

from __future__ import annotations

import random
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.flow.derive_facts import derive_facts
from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.judge.packs.read_example import RESERVED, example_value
from poc_gate.judge.verdict.decide import decide
from poc_gate.model.claim import Place, Provenance, Value
from poc_gate.model.fact import Fact, FactTree, Kind, generic_name, item_name
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.exposure import FACETS, facet_fact
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import CLASS_RANK, Severity, Stage
from poc_gate.model.verdict import Verdict, Word

PASSING = {Word.GO: 2, Word.CONDITIONAL: 1, Word.INSUFFICIENT: 0, Word.NO_GO: 0}
SEEDS = st.integers(0, 2**32 - 1)
ORIGINS = (Provenance.MEASURED, Provenance.MEASURED, Provenance.IMPORTED, Provenance.DECLARED)


@cache
def packs() -> PackSet:
    return load_rule_packs()


@cache
def values() -> dict[tuple[str, bool], list[Value]]:
    """Return for each fact the values that passing examples state, and those that failing ones do."""
    found: dict[tuple[str, bool], list[Value]] = {}
    for rule in packs().rules.values():
        for example in (e for e in rule.examples if e.state in {"pass", "fail", "short"}):
            for name, written in example.given.items():
                if name in RESERVED or written is None:
                    continue
                generic = rule.given[name]
                spec = packs().catalogue.specs[generic]
                nested = spec.kind is not Kind.TEXTS or any(isinstance(one, list) for one in written)
                many = isinstance(written, list) and "[]" in generic and nested
                for one in written if many else [written]:  # type: ignore[attr-defined]
                    if one is not None:
                        found.setdefault((generic, example.state == "pass"), []).append(
                            example_value(one, spec)
                        )
    return found


def pilot(seed: int) -> FactTree:
    """Return a random pilot.

    Odd seeds start from the first passing example of every fact, which fit together, and spoil a few;
    even seeds draw every fact from all examples.
    """
    rng = random.Random(seed)
    spoilt = rng.choice((0.0, 0.01, 0.1)) if seed % 2 else 1.0
    ids = tuple(f"item-{number}" for number in range(rng.randint(1, 3)))
    facts: dict[str, Fact] = {}
    # The exposure is derived from what is stated: taking it away would lose nothing.
    for generic in sorted({name for name, _ in values() if not name.startswith("exposure.")}):
        for full in [item_name(generic, one) for one in ids] if "[]" in generic else [generic]:
            good = values().get((generic, True), [])
            pool = values().get((generic, False), good) if rng.random() < spoilt / 2 else good
            if pool and rng.random() >= spoilt / 20:
                place = Place("pilot.yaml", 3, 3)
                value = rng.choice(pool) if rng.random() < spoilt else pool[0]
                origin = rng.choice(ORIGINS) if rng.random() < spoilt else Provenance.MEASURED
                facts[full] = Fact(full, value, origin, place, stable=True)
    facts["pilot.uses"] = Fact("pilot.uses", ("llm", "retrieval"), Provenance.MEASURED)
    facts["purpose.regimes"] = Fact("purpose.regimes", ("none",), Provenance.MEASURED)
    # What a gate has to watch depends on who hosts the model; the first example is of one kind alone.
    watched = ("model", "prompt", "data", "routing", "provider", "infrastructure")
    facts["operations.gate_triggers"] = Fact("operations.gate_triggers", watched, Provenance.MEASURED)
    exposure = {
        "purpose.audience": rng.choice(FACETS["audience"]),
        "purpose.decides": rng.choice(FACETS["decides"]),
        "purpose.acts": rng.choice(FACETS["act"]),
    }
    exposure["purpose.users"] = exposure["purpose.audience"].replace("-", " ")
    facts |= {name: Fact(name, value, Provenance.MEASURED) for name, value in exposure.items()}
    return FactTree(facts, {name.partition("[")[0]: ids for name in facts if "[" in name})


def judged(tree: FactTree, stage: Stage) -> tuple[tuple[Finding, ...], Verdict]:
    tree = derive_facts(tree, wanted=frozenset(map(facet_fact, FACETS)))
    findings = evaluate_rules(packs(), tree, stage=stage, today="2026-11-22", in_full=False)
    return findings, decide(findings, stage=stage)


def refutes_alone(rule: str, fact: str) -> bool:
    """Say whether a fact can only speak against what a rule wants: without what was seen, the claim counts again."""
    compiled = packs().compiled(packs().rules[rule])
    return generic_name(fact) in {compiled.rule.given[name] for name in compiled.only_seen}


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.sampled_from(list(Stage)))
def test_losing_a_fact_never_helps(seed: int, stage: Stage) -> None:
    tree = pilot(seed)
    before, verdict = judged(tree, stage)
    lost = random.Random(seed).choice(sorted(tree.facts))
    after, worse = judged(FactTree({n: f for n, f in tree.facts.items() if n != lost}, tree.items), stage)
    if not any(refutes_alone(rule, lost) for rule in packs().rules):
        assert PASSING[worse.word] <= PASSING[verdict.word], lost
    held = {(finding.rule, finding.subject): finding for finding in before}
    for finding in after:
        then = held.get((finding.rule, finding.subject))
        if finding.state is State.PASS and then is not None and not refutes_alone(finding.rule, lost):
            assert then.state in {State.PASS, State.NOT_APPLICABLE}, (lost, finding.rule)
            if then.held is not None and finding.held is not None:
                assert CLASS_RANK[finding.held] <= CLASS_RANK[then.held], (lost, finding.rule)


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_the_order_of_packs_does_not_matter(seed: int) -> None:
    tree = pilot(seed)
    shuffled = list(packs().packs)
    random.Random(seed).shuffle(shuffled)
    other = PackSet(tuple(shuffled), packs().catalogue, packs())  # the same rules, compiled once
    options = {"stage": Stage.PRODUCTION, "today": "2026-11-22"}
    assert evaluate_rules(other, tree, **options) == evaluate_rules(packs(), tree, **options)  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(list(Stage)))
def test_a_failed_blocker_decides(seed: int, stage: Stage) -> None:
    findings, verdict = judged(pilot(seed), stage)
    failed = [
        f
        for f in findings
        if f.severity is Severity.BLOCKER and f.state is State.FAIL and not f.due and not f.short
    ]
    assert not failed or verdict.word is Word.NO_GO


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_another_pack_never_loosens(seed: int) -> None:
    tree = pilot(seed)
    fewer = PackSet(tuple(pack for pack in packs().packs if pack.id != "rag"), packs().catalogue, packs())
    options = {"stage": Stage.PRODUCTION, "today": "2026-11-22", "in_full": False}
    few = {(f.rule, f.subject): f for f in evaluate_rules(fewer, tree, **options)}  # type: ignore[arg-type]
    for finding in evaluate_rules(packs(), tree, **options):  # type: ignore[arg-type]
        alone = few.get((finding.rule, finding.subject))
        if alone is not None and finding.state is State.PASS:
            assert alone.state is State.PASS


def with_people(tree: FactTree, *, share: float, override: bool) -> FactTree:
    """Return the pilot with another share of reviewed decisions, and a person who may or may not step in."""
    changed = {
        "oversight.review_share": Fact("oversight.review_share", Quantity(share, "1"), Provenance.MEASURED),
        "oversight.can_override": Fact("oversight.can_override", override, Provenance.MEASURED),
    }
    return FactTree({**tree.facts, **changed}, tree.items)


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(list(Stage)), st.sampled_from([1.0, 0.5, 0.01]))
def test_taking_people_out_of_the_loop_never_helps(seed: int, stage: Stage, share: float) -> None:
    tree = pilot(seed)
    _, watched = judged(with_people(tree, share=share, override=True), stage)
    _, alone = judged(with_people(tree, share=0.0, override=False), stage)
    assert PASSING[alone.word] <= PASSING[watched.word]


def test_random_pilots_reach_passing_and_other_words() -> None:
    """The properties above would say little if every random pilot were a NO-GO."""
    words = {judged(pilot(seed), stage)[1].word for seed in range(60) for stage in Stage}
    assert len(words) >= 3, words
