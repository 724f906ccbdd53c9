"""The evidence class a finding holds: what would still pass with everything weaker taken away; and lists with nothing in them."""

from __future__ import annotations

import pytest
from fact_texts import fact, judged, only
from rule_texts import pack_of, rule_text

from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import ReasonKind
from poc_gate.model.rule import EvidenceClass

DECLARED, ARTIFACT, MEASURED = EvidenceClass.DECLARED, EvidenceClass.ARTIFACT, EvidenceClass.MEASURED
OF = {DECLARED: Provenance.DECLARED, ARTIFACT: Provenance.IMPORTED, MEASURED: Provenance.MEASURED}
NAMES = {
    "a": "path.retry_jitter", "b": "security.prompts_personal", "c": "path.retry_layers", "goal": "slo.p99", "other": "slo.p95",
}  # fmt: skip
GIVEN = f"{{{', '.join(f'{name}: {fact}' for name, fact in NAMES.items())}}}"


def told(expect: str, **facts: tuple[object, EvidenceClass]) -> Finding:
    used = {
        name: fact
        for name, fact in NAMES.items()
        if name in expect.replace("(", " ").replace(")", " ").replace("!", " ").split()
    }
    given = f"{{{', '.join(f'{name}: {fact}' for name, fact in used.items())}}}"
    held = [fact(NAMES[name], value, OF[of]) for name, (value, of) in facts.items()]
    return only(pack_of(rule_text("Z05-held", f"{{that: '{expect}'}}", given)), *held)


@pytest.mark.parametrize(
    ("expect", "classes", "held"),
    [
        ("a && b", (MEASURED, DECLARED), DECLARED),
        ("a && b", (MEASURED, ARTIFACT), ARTIFACT),
        ("a && b", (MEASURED, MEASURED), MEASURED),
        ("a || b", (MEASURED, DECLARED), MEASURED),
        ("a || b", (DECLARED, ARTIFACT), ARTIFACT),
        ("( a || b ) && c <= 3", (DECLARED, ARTIFACT, MEASURED), ARTIFACT),
        ("( a && b ) || c <= 3", (DECLARED, ARTIFACT, MEASURED), MEASURED),
        ("( a || b ) && c <= 3", (MEASURED, ARTIFACT, DECLARED), DECLARED),
        ("a || b || c > 3", (DECLARED, ARTIFACT, MEASURED), ARTIFACT),
    ],
)  # fmt: skip
def test_a_pass_holds_what_proves_it_alone(
    expect: str, classes: tuple[EvidenceClass, ...], held: EvidenceClass
) -> None:
    values = {"a": True, "b": True, "c": (2.0, "1")}
    finding = told(expect, **{name: (values[name], of) for name, of in zip(values, classes, strict=False)})
    assert (finding.state, finding.held) == (State.PASS, held)


def test_a_failure_holds_the_class_of_its_weakest_observation() -> None:
    finding = told("a || b", a=(False, MEASURED), b=(False, ARTIFACT))
    assert (finding.state, finding.held) == (State.FAIL, ARTIFACT)


@pytest.mark.parametrize(
    ("facts", "state", "held"),
    [
        ({"goal": ((0.5, "s"), DECLARED), "other": ((0.5, "s"), DECLARED)}, State.PASS, DECLARED),
        ({"goal": ((0.5, "s"), MEASURED)}, State.PASS, DECLARED),
        ({"other": ((0.5, "s"), DECLARED)}, State.PASS, DECLARED),
        ({"goal": ((2.0, "s"), DECLARED), "other": ((2.0, "s"), DECLARED)}, State.FAIL, DECLARED),
    ],
)
def test_intents_are_true_because_their_owner_says_so(
    facts: dict[str, tuple[object, EvidenceClass]], state: State, held: EvidenceClass
) -> None:
    finding = told("goal <= 1 s || other <= 1 s", **facts)
    assert (finding.state, finding.held) == (state, held)


def test_where_nothing_is_known_nothing_is_held() -> None:
    assert told("!has(goal)").held is None
    assert told("!has(a)").held is None


@pytest.mark.parametrize(
    ("expect", "second", "held"),
    [
        ("slow.all(s, s <= 1 s)", 0.5, DECLARED),
        ("max(slow) <= 1 s", 0.5, DECLARED),
        ("slow.exists(s, s <= 1 s)", 0.5, MEASURED),
        ("slow.exists(s, s <= 1 s)", 2.0, MEASURED),
        ("slow.exists(s, s > 1 s)", 2.0, DECLARED),
    ],
)
def test_over_a_list_each_item_counts(expect: str, second: float, held: EvidenceClass) -> None:
    rule = rule_text("Z05-list", f"{{that: '{expect}'}}", "{slow: 'sources[].p99'}")
    facts = [fact("sources[a].p99", (0.5, "s"), Provenance.MEASURED), fact("sources[b].p99", (second, "s"))]
    finding = only(pack_of(rule), *facts, sources=("a", "b"))
    assert (finding.state, finding.held) == (State.PASS, held)


LISTS = "{slow: 'sources[].p99', late: 'path.stages[].p99'}"
BOTH = "{that: 'slow.all(s, s <= 1 s) && late.all(s, s <= 1 s)'}"


def empty(finding: Finding) -> tuple[str, ...]:
    assert finding.reason is not None
    return finding.reason.names if finding.reason.kind is ReasonKind.EMPTY_LIST else ()


@pytest.mark.parametrize(
    ("lists", "state", "names"),
    [
        ({"sources": (), "path.stages": ()}, State.NOT_APPLICABLE, ("path.stages", "sources")),
        ({"sources": (), "path.stages": ("a",)}, State.UNKNOWN, ()),
        ({"sources": ("a",), "path.stages": ()}, State.UNKNOWN, ()),
        ({"sources": ()}, State.UNKNOWN, ()),
        ({}, State.UNKNOWN, ()),
    ],
)
def test_lists_that_are_stated_to_be_empty_leave_nothing_to_judge(
    lists: dict[str, tuple[str, ...]], state: State, names: tuple[str, ...]
) -> None:
    finding = only(pack_of(rule_text("Z05-both", BOTH, LISTS)), **lists)
    assert (finding.state, empty(finding)) == (state, names)


def test_an_intent_over_an_empty_list_is_met() -> None:
    rule = rule_text("Z05-intent", "{that: 'again.all(n, n <= 3)'}", "{again: 'sources[].retries'}")
    assert only(pack_of(rule), sources=()).state is State.PASS


def test_a_fact_beside_an_empty_list_is_judged() -> None:
    rule = rule_text(
        "Z05-beside", "{that: 'a && slow.all(s, s <= 1 s)'}", "{a: path.retry_jitter, slow: 'sources[].p99'}"
    )
    assert only(pack_of(rule), fact(NAMES["a"], value=True), sources=()).state is State.PASS
    assert only(pack_of(rule), fact(NAMES["a"], value=False), sources=()).state is State.FAIL
    assert only(pack_of(rule), sources=()).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("value", "derived", "inputs", "items", "state"),
    [
        (None, True, (), (), State.NOT_APPLICABLE),
        (None, True, ("slo.p99",), (), State.NOT_APPLICABLE),
        (None, True, ("slo.p99", "slo.p95"), (), State.UNKNOWN),
        (None, False, (), (), State.UNKNOWN),
        ((0.5, "1"), True, (), (), State.PASS),
        (None, True, (), ("a",), State.UNKNOWN),
    ],
)  # fmt: skip
def test_what_is_computed_over_empty_lists_alone(
    value: object, derived: bool, inputs: tuple[str, ...], items: tuple[str, ...], state: State
) -> None:
    rule = rule_text("Z05-flow", "{value: load, at_most: 0.7}", "{load: flow.utilisation.peak}")
    held = Fact("flow.utilisation.peak", None, derived=derived, inputs=inputs)
    if value is not None:
        held = fact("flow.utilisation.peak", value, Provenance.MEASURED, derived=derived, inputs=inputs)
    finding = only(pack_of(rule), held, fact("slo.p99", (0.5, "s")), sources=items)
    assert finding.state is state
    assert empty(finding) == (("sources",) if state is State.NOT_APPLICABLE else ())


def test_what_was_computed_from_another_machine_counts_as_declared() -> None:
    rule = rule_text(
        "Z05-load", "{value: load, at_most: 0.7}", "{load: flow.utilisation.peak}", requires="measured"
    )
    for inputs, held in ((("machine.cpu.cores", "slo.p99"), DECLARED), (("slo.p95", "slo.p99"), MEASURED)):
        load = fact("flow.utilisation.peak", (0.5, "1"), Provenance.MEASURED, derived=True, inputs=inputs)
        assert only(pack_of(rule), load).held is held


TYPED = {
    "given": "{kept: 'sources[].personal_data', ok: path.retry_jitter}", "severity": "blocker", "evidence": "{where: content.ok}",
    "set_aside": "content.none",
}  # fmt: skip


@pytest.mark.parametrize(
    ("when", "classes", "state"),
    [
        ("kept.exists(k, k)", (DECLARED,), State.UNKNOWN),
        ("kept.exists(k, k)", (ARTIFACT,), State.NOT_APPLICABLE),
        ("kept.exists(k, k)", (DECLARED, ARTIFACT), State.UNKNOWN),
        ("kept.all(k, k)", (DECLARED, ARTIFACT), State.NOT_APPLICABLE),
        ("kept.all(k, k)", (DECLARED, DECLARED), State.UNKNOWN),
    ],
)
def test_what_only_the_author_denies_lifts_no_blocker(
    when: str, classes: tuple[EvidenceClass, ...], state: State
) -> None:
    rule = rule_text("Z05-typed", "{that: ok}", when=when, **TYPED)
    items = tuple("ab"[: len(classes)])
    facts = [
        fact(f"sources[{item}].personal_data", value=False, provenance=OF[of])
        for item, of in zip(items, classes, strict=True)
    ]
    finding = only(pack_of(rule), *facts, sources=items)
    assert finding.state is state
    assert finding.unknown == (("evidence",) if state is State.UNKNOWN else ())


WATCHED = rule_text(
    "Z05-watched", "{that: ok}",
    "{ok: path.retry_jitter, texts: observed.content_share, errors: observed.error_rate, layers: path.retry_layers, personal: security.prompts_personal}",
    seen="[{that: layers <= 3, says: Layers, when: texts > 0}, {that: personal || errors < 10 %, says: Errors}, {that: personal, says: Personal, when: texts > 50 %}]",
)  # fmt: skip
OK = fact(NAMES["a"], value=True)
TEXTS, ERRORS, LAYERS, PERSONAL = "observed.content_share", "observed.error_rate", NAMES["c"], NAMES["b"]


def first(packs: PackSet, *facts: Fact) -> Finding:
    """Return the finding of the one rule; that texts are kept in traces is a finding of its own after it."""
    return judged(packs, *facts)[0]


def seen(name: str, value: float, provenance: Provenance = Provenance.MEASURED, **more: object) -> Fact:
    return fact(name, (value, "1"), provenance, **more)


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ((), ()),
        ((seen(TEXTS, 0.0),), ()),
        ((seen(TEXTS, 0.1),), (LAYERS,)),
        ((seen(TEXTS, 0.6),), (LAYERS, PERSONAL)),
        ((seen(TEXTS, 0.6), seen(LAYERS, 2.0)), (PERSONAL,)),
        ((seen(ERRORS, 0.5),), (PERSONAL,)),
        ((seen(ERRORS, 0.01),), ()),
    ],
)
def test_what_was_seen_makes_facts_necessary(facts: tuple[Fact, ...], asked: tuple[str, ...]) -> None:
    """A statement asks once its condition holds, and nothing while an observation is missing in it as well."""
    finding = first(pack_of(WATCHED), OK, *facts)
    assert finding.unknown == tuple(sorted(asked))
    assert finding.state is (State.UNKNOWN if asked else State.PASS)


@pytest.mark.parametrize(
    ("facts", "said", "held"),
    [
        ((seen(ERRORS, 0.5), fact(PERSONAL, value=False)), "Errors", MEASURED),
        ((seen(ERRORS, 0.5, Provenance.IMPORTED), fact(PERSONAL, value=False)), "Errors", ARTIFACT),
        ((seen(ERRORS, 0.5, Provenance.DECLARED), fact(PERSONAL, value=False), seen(TEXTS, 0.0)), "Errors", DECLARED),
        ((seen(TEXTS, 0.1, Provenance.IMPORTED), seen(LAYERS, 4.0), seen(ERRORS, 0.0)), "Layers", MEASURED),
        ((seen(TEXTS, 0.1), seen(LAYERS, 4.0, Provenance.DECLARED)), "Layers", DECLARED),
    ],
)  # fmt: skip
def test_what_proves_a_statement_false_gives_its_class(
    facts: tuple[Fact, ...], said: str, held: EvidenceClass
) -> None:
    finding = first(pack_of(WATCHED), OK, *facts)
    assert (finding.state, finding.held) == (State.FAIL, held)
    assert finding.message.startswith(said)


@pytest.mark.parametrize(
    ("likely", "low", "high", "state"),
    [
        (0.3, 0.2, 0.4, State.FAIL),
        (0.3, 0.09, 0.4, State.PASS),
        (0.3, 0.1, 0.4, State.FAIL),
        (0.3, None, 0.4, State.FAIL),
        (0.05, 0.01, 0.4, State.PASS),
        (0.05, 0.01, None, State.PASS),
    ],
)
def test_all_of_an_interval_must_prove_it(
    likely: float, low: float | None, high: float | None, state: State
) -> None:
    facts = (fact(PERSONAL, value=False), seen(ERRORS, likely, low=low, high=high))
    assert first(pack_of(WATCHED), OK, *facts).state is state


@pytest.mark.parametrize(
    ("likely", "low", "high", "state"),
    [
        (0.3, 0.2, 0.4, State.FAIL),
        (0.3, 0.2, 0.6, State.PASS),
        (0.3, None, 0.5, State.PASS),
        (0.3, 0.2, None, State.FAIL),
    ],
)
def test_the_high_end_counts_where_more_is_better(
    likely: float, low: float | None, high: float | None, state: State
) -> None:
    rule = rule_text(
        "Z05-more",
        "{that: ok}",
        "{ok: path.retry_jitter, share: observed.content_share}",
        seen="[{that: share >= least, says: Share}]",
        limits="{least: {value: 50 %, reason: Half is enough.}}",
    )
    assert first(pack_of(rule), OK, seen(TEXTS, likely, low=low, high=high)).state is state


def test_a_statement_about_several_pilots_facts_points_at_the_one_that_decides() -> None:
    place = Place("pilot.yaml", 40, 2)
    layers = Fact(LAYERS, fact(LAYERS, (4.0, "1")).value, Provenance.DECLARED, place)
    finding = first(pack_of(WATCHED), OK, layers, seen(TEXTS, 0.1))
    assert finding.place == place
