"""Findings as a whole: which pack took part, what is told in which state, files that decide, and the short form of searches."""

from __future__ import annotations

import pytest
from fact_texts import NAME, PLACE, TODAY, fact, judged, only
from rule_texts import BASE_RULE, catalogue, pack_of, rule_text

from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules, pack_uses
from poc_gate.judge.packs.compile_rule import compile_rule, split_and
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.claim import Evidence, Place, Provenance
from poc_gate.model.fact import Contradiction, Fact, FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import ReasonKind
from poc_gate.model.rule import EvidenceClass, Stage

JITTER = "path.retry_jitter"
YES, NO = fact(JITTER, value=True), fact(JITTER, value=False)
HOSTING = "model.hosting"
PACK = "id: base\nversion: 0.1.0\ntitle: Base\ngiven: {h: model.hosting}\nwhen: 'h == \"self\"'\n"
PLAIN = rule_text("Z08-plain", "{that: j}", f"{{j: {JITTER}}}")


def tree(*facts: Fact, about: tuple[str, ...] = (), **lists: tuple[str, ...]) -> FactTree:
    said = tuple(
        Contradiction(name, "self", Provenance.IMPORTED, PLACE, "none", Provenance.DECLARED, PLACE)
        for name in about
    )
    return FactTree({one.name: one for one in (NAME, *facts)}, lists, contradictions=said)


@pytest.mark.parametrize(
    ("facts", "applied", "note", "terms"),
    [
        ((fact(HOSTING, "self"),), True, "", 1),
        ((fact(HOSTING, "none"),), False, 'its precondition is false: h == "self"', 0),
        ((), True, 'its precondition cannot be decided: h == "self"', 1),
    ],
)  # fmt: skip
def test_a_pack_says_whether_it_took_part(
    facts: tuple[Fact, ...], applied: bool, note: str, terms: int
) -> None:
    (use,) = pack_uses(pack_of(PLAIN, pack=PACK), tree(*facts), stage=Stage.PILOT, today=TODAY)
    assert (use.applied, use.note, len(use.terms), use.rules) == (applied, note, terms, 1)
    (always,) = pack_uses(pack_of(PLAIN), tree(*facts), stage=Stage.PILOT, today=TODAY)
    assert (always.applied, always.note) == (True, "")


@pytest.mark.parametrize(
    ("facts", "about", "state", "kind"),
    [
        ((NO,), (), State.UNKNOWN, ReasonKind.PACK_OPEN),
        ((NO,), ("slo.p99",), State.UNKNOWN, ReasonKind.PACK_OPEN),
        ((NO, fact(HOSTING, "none")), (HOSTING,), State.FAIL, ReasonKind.BROKEN),
        ((YES, fact(HOSTING, "none")), (HOSTING,), State.UNKNOWN, ReasonKind.DISPUTED),
    ],
)
def test_a_rule_of_a_pack_that_may_apply(
    facts: tuple[Fact, ...], about: tuple[str, ...], state: State, kind: ReasonKind
) -> None:
    """It refutes only where two statements disagree on whether the pack applies; silence raises a question."""
    found = evaluate_rules(
        pack_of(PLAIN, pack=PACK), tree(*facts, about=about), stage=Stage.PILOT, today=TODAY
    )[0]
    assert (found.state, found.reason.kind) == (state, kind)
    assert found.unknown == ((HOSTING,) if state is State.UNKNOWN else ())


@pytest.mark.parametrize(
    ("when", "uses", "state"),
    [
        ('!("llm" in u)', ("llm",), State.NOT_APPLICABLE),
        ('!("llm" in u)', ("classic-ml",), State.UNKNOWN),
        ('!("llm" in u)', None, State.UNKNOWN),
    ],
)
def test_a_rule_of_a_pack_that_may_apply_asks_nothing_of_a_pilot_that_it_never_holds_for(
    when: str, uses: tuple[str, ...] | None, state: State
) -> None:
    rule = rule_text("Z08-plain", "{that: j}", f"{{j: {JITTER}, u: pilot.uses}}", when=f"'{when}'")
    facts = (NO, *([fact("pilot.uses", uses)] if uses else []))
    found = evaluate_rules(pack_of(rule, pack=PACK), tree(*facts), stage=Stage.PILOT, today=TODAY)[0]
    assert found.state is state


def test_terms_are_those_that_packs_left() -> None:
    strict = b"id: strict\nversion: 0.1.0\ntitle: S\nadjust:\n  - {rule: Z01-base, limits: {allowed: {value: 400 ms, reason: x}}}\n"
    uses = pack_uses(pack_of(BASE_RULE, strict={"pack.yaml": strict}), tree(), stage=Stage.PILOT, today=TODAY)
    (terms,) = next(use.terms for use in uses if use.id == "base")
    assert {limit.name: limit.value.value for limit in terms.limits} == {"allowed": 0.4, "fixed": 1.0}


EACH = "{slow: 'sources[].p99', h: model.hosting}"


@pytest.mark.parametrize(
    ("when", "facts", "subjects"),
    [
        ('h == "self"', (fact(HOSTING, "none"),), [("", State.NOT_APPLICABLE)]),
        ('h == "self"', (fact(HOSTING, "self"),), [("sources[a]", State.PASS), ("sources[b]", State.UNKNOWN)]),
        ('h == "self" && slow > 0', (fact(HOSTING, "none"),), [("sources[a]", State.NOT_APPLICABLE), ("sources[b]", State.NOT_APPLICABLE)]),
        ('h == "self" && slow > 0', (fact(HOSTING, "self"),), [("sources[a]", State.PASS), ("sources[b]", State.UNKNOWN)]),
    ],
)  # fmt: skip
def test_a_precondition_that_speaks_of_no_item_is_told_once(
    when: str, facts: tuple[Fact, ...], subjects: list[tuple[str, State]]
) -> None:
    rule = rule_text("Z08-each", "{value: slow, at_most: 1 s}", EACH, for_each="sources", when=f"'{when}'")
    found = judged(pack_of(rule), fact("sources[a].p99", (0.5, "s")), *facts, sources=("a", "b"))
    assert [(one.subject, one.state) for one in found] == subjects
    assert all(one.reason.terms for one in found if one.state is State.NOT_APPLICABLE)


def test_a_missing_fact_of_an_item_is_looked_for_at_the_item() -> None:
    rule = rule_text("Z08-each", "{value: slow, at_most: 1 s}", "{slow: 'sources[].p99'}", for_each="sources")
    places = {"sources": Place("pilot.yaml", 8, 1), "sources[b]": Place("pilot.yaml", 12, 3)}
    held = FactTree({NAME.name: NAME}, {"sources": ("b",)}, places)
    (found,) = evaluate_rules(pack_of(rule), held, stage=Stage.PILOT, today=TODAY)
    assert (found.state, found.place) == (State.UNKNOWN, places["sources[b]"])
    promised = rule_text(
        "Z08-each",
        "{value: slow, at_most: promise}",
        "{slow: 'sources[].p99', promise: slo.p99}",
        for_each="sources",
    )
    slow = fact("sources[b].p99", (0.5, "s"))
    held = FactTree({NAME.name: NAME, slow.name: slow}, {"sources": ("b",)}, places)
    (found,) = evaluate_rules(pack_of(promised), held, stage=Stage.PILOT, today=TODAY)
    assert (found.unknown, found.place) == (("slo.p99",), places["sources[b]"])


def test_what_scatters_is_named_as_what_is_missing() -> None:
    rule = rule_text(
        "Z08-each",
        "{value: slow, at_most: 1 s}",
        "{slow: 'sources[].p99'}",
        for_each="sources",
        requires="measured",
    )
    found = only(
        pack_of(rule), fact("sources[a].p99", (0.5, "s"), Provenance.MEASURED, stable=False), sources=("a",)
    )
    assert (found.state, found.unknown) == (State.UNKNOWN, ("sources[a].p99",))


def test_what_leaves_an_answer_open_is_looked_for_where_it_was_stated() -> None:
    rule = rule_text(
        "Z08-open", "{value: load, at_most: 50 %}", "{load: flow.utilisation.peak}", requires="measured"
    )
    load = fact(
        "flow.utilisation.peak",
        (0.5, "1"),
        Provenance.MEASURED,
        low=0.3,
        high=0.7,
        derived=True,
        inputs=("slo.p50", "slo.p95", "slo.p99"),
    )
    whole = Fact("slo.p95", YES.value, Provenance.IMPORTED, Place("run.json"))
    stated = Fact("slo.p99", YES.value, Provenance.DECLARED, Place("pilot.yaml", 9, 3))
    (found,) = evaluate_rules(pack_of(rule), tree(load, whole, stated), stage=Stage.PILOT, today=TODAY)
    assert (found.state, found.place, found.unknown) == (State.UNKNOWN, Place("pilot.yaml", 9, 3), ())


def test_a_precondition_that_cannot_be_computed_is_an_error() -> None:
    rule = rule_text("Z08-when", "{that: j}", f"{{j: {JITTER}, n: path.retry_layers}}", when="1 / n > 0")
    assert only(pack_of(rule), YES, fact("path.retry_layers", (0.0, "1"))).state is State.ERROR
    unknown = only(pack_of(rule), YES)
    assert (unknown.state, unknown.unknown) == (State.UNKNOWN, ("path.retry_layers",))
    assert unknown.reason.kind is not ReasonKind.DISPUTED


TITLED = (
    PLAIN.replace("Z08-plain", "Z08-titled")
    + "title: {fails: Retries come at once, unknown: How retries come}\ndo: {fails: Spread them., unknown: Look.}\n"
)


@pytest.mark.parametrize(
    ("more", "facts", "state", "title", "action"),
    [
        ("declared", (YES,), State.PASS, "", "Look."),
        ("artifact", (YES,), State.PASS, "How retries come", "Look."),
        ("artifact", (fact(JITTER, value=True, provenance=Provenance.IMPORTED),), State.PASS, "", "Look."),
        ("declared", (NO,), State.FAIL, "Retries come at once", "Spread them."),
        ("artifact", (NO,), State.FAIL, "Retries come at once", "Spread them."),
        ("declared", (), State.UNKNOWN, "How retries come", "Look."),
    ],
)
def test_a_title_goes_with_the_state(
    more: str, facts: tuple[Fact, ...], state: State, title: str, action: str
) -> None:
    packs = pack_of(TITLED.replace("requires: declared", f"requires: {more}"))
    (found,) = evaluate_rules(packs, tree(*facts), stage=Stage.PILOT, today=TODAY)
    assert (found.state, found.title, found.action, found.short) == (state, title, action, False)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("", "Not met: the slowest call stays under the limit"),
        ("title: {fails: Slow, unknown: How slow}\n", "Slow (a condition)"),
        ("title: {fails: Slow, short: A bit slow, unknown: How slow}\n", "A bit slow"),
    ],
)
def test_a_failure_that_falls_short_says_less(title: str, said: str) -> None:
    examples = "  - {state: short, given: {slow: 520 ms}}\nsince:"
    rule = BASE_RULE.replace("since:", examples) + "short: slow <= 550 ms\n" + title
    found = only(pack_of(rule), fact("slo.p99", (0.52, "s")))
    assert (found.state, found.short, found.title) == (State.FAIL, True, said)
    assert only(pack_of(rule), fact("slo.p99", (0.6, "s"))).short is False


@pytest.mark.parametrize(("day", "due"), [("2026-11-21", ""), (TODAY, ""), ("2026-11-23", "2026-11-23")])
def test_a_duty_is_due_until_the_day_before_it_binds(day: str, due: str) -> None:
    assert only(pack_of(PLAIN.replace("Z08-plain", "Z08-due") + f"applies_from: {day}\n"), NO).due == due


def test_a_limit_that_nobody_set_is_asked_for() -> None:
    rule = rule_text(
        "Z08-limit",
        "{value: slow, at_most: promise}",
        "{slow: 'sources[].p99', promise: slo.p99}",
        for_each="sources",
    )
    asked = only(pack_of(rule), fact("sources[a].p99", (0.5, "s")), sources=("a",))
    assert asked.title == "Which limit was agreed: 99th percentile of the end-to-end latency"
    assert asked.action.startswith(
        "Agree on this limit and write it down: 99th percentile of the end-to-end latency."
    )
    both, value = (
        only(pack_of(rule), sources=("a",)),
        only(pack_of(rule), fact("slo.p99", (0.5, "s")), sources=("a",)),
    )
    assert both.title == value.title == "Not answered: it is so"
    assert value.unknown == ("sources[a].p99",)
    spoken = rule_text(
        "Z08-limit",
        "{value: slow, at_most: most}",
        "{slow: 'sources[].p99', most: path.retry_layers}".replace("'sources[].p99'", "evaluation.n"),
    )
    told = only(pack_of(spoken), fact("evaluation.n", (3.0, "1")))
    meaning = catalogue().find("path.retry_layers").meaning
    assert told.title == f"Which limit was agreed: {meaning[0].lower()}{meaning[1:]}"


PROOF = rule_text("Z08-proof", "{evidence: true}", "{}", evidence="{where: content.ok}", requires="artifact")
SIGNED = rule_text(
    "Z08-proof", "{evidence: true}", "{}", evidence="{where: content.ok, approver: true}", requires="artifact"
)


def filed(rule: str, *facts: Fact, **file: object) -> Finding:
    held = (
        [Evidence("Z08-proof", "proof.yaml", PLACE, **{"parsed_as": "yaml", "content": {"ok": True}, **file})]
        if file
        else []
    )
    return evaluate_rules(pack_of(rule), tree(*facts), stage=Stage.PRODUCTION, today=TODAY, evidence=held)[0]


def test_files_alone_decide_a_rule_of_evidence() -> None:
    none = filed(PROOF)
    assert (none.state, none.reason.kind, none.unknown, none.evidence_files) == (
        State.UNKNOWN,
        ReasonKind.NO_FILE,
        ("evidence",),
        (),
    )
    assert none.resolve == ("add under `evidence:` in the manifest `- {rule: Z08-proof, file: ...}`",)
    shown = filed(PROOF, content={"ok": True})
    assert (shown.state, shown.held, shown.resolve, shown.evidence_files) == (
        State.PASS,
        EvidenceClass.ARTIFACT,
        (),
        ("proof.yaml",),
    )
    wrong = filed(PROOF, content={"ok": False})
    assert (wrong.state, wrong.reason.kind, wrong.held) == (
        State.FAIL,
        ReasonKind.NOT_SHOWN,
        EvidenceClass.DECLARED,
    )
    assert wrong.evidence_notes == ("proof.yaml does not count: content.ok does not hold",)
    broken = filed(PROOF, sha256="aa", declared_sha256="bb")
    assert (broken.state, broken.evidence_files) == (State.ERROR, ("proof.yaml",))


def test_who_signs_counts_where_somebody_can_be_hurt() -> None:
    typed = filed(SIGNED, approver="head of risk", approval="typed")
    assert (typed.state, typed.held) == (State.PASS, EvidenceClass.DECLARED)
    assert len(typed.resolve) == 1
    low = filed(SIGNED, fact("exposure.level", "low"), approver="head of risk", approval="typed")
    assert (low.held, low.resolve) == (EvidenceClass.ARTIFACT, ())
    high = filed(SIGNED, fact("exposure.level", "high"), approver="head of risk", approval="typed")
    assert high.held is EvidenceClass.DECLARED


ASIDE = rule_text(
    "Z08-proof", "{that: j}", f"{{j: {JITTER}, personal: security.prompts_personal}}", when="personal", severity="blocker",
    evidence="{where: content.ok}", set_aside="content.none",
)  # fmt: skip


def test_what_lifts_a_blocker_is_signed() -> None:
    denied = fact("security.prompts_personal", value=False)
    alone = filed(ASIDE, denied)
    assert (alone.state, alone.reason.kind) == (State.UNKNOWN, ReasonKind.ONLY_TYPED)
    assert [term.fact for term in alone.reason.terms] == ["security.prompts_personal"]
    unsigned = filed(ASIDE, denied, content={"none": True})
    assert (unsigned.state, unsigned.evidence_files) == (State.UNKNOWN, ("proof.yaml",))
    assert (
        filed(ASIDE, denied, content={"none": True}, approver="head of risk", approval="author").state
        is State.NOT_APPLICABLE
    )


SITUATIONS = [
    (BASE_RULE, ()), (BASE_RULE, (fact("slo.p99", (0.4, "s")),)), (BASE_RULE, (fact("slo.p99", (0.6, "s")),)),
    (PLAIN, ()), (PLAIN, (YES,)), (PLAIN, (NO,)), (PLAIN, (fact(JITTER, value=True, provenance=Provenance.ASSUMED),)),
    (rule_text("Z08-limit", "{value: slow, at_most: promise}", "{slow: slo.p95, promise: slo.p99}"), (fact("slo.p95", (0.5, "s")),)),
    (rule_text("Z08-wide", "{value: slow, at_least: promise}", "{slow: flow.utilisation.peak, promise: evaluation.failure_max}", requires="measured"),
     (fact("flow.utilisation.peak", (0.5, "1"), Provenance.MEASURED, low=0.3, high=0.7), fact("evaluation.failure_max", (0.4, "1")))),
    (ASIDE, (fact("security.prompts_personal", value=False),)), (ASIDE, (fact("security.prompts_personal", value=True), YES)),
    (rule_text("Z08-when", "{that: j}", f"{{j: {JITTER}, h: model.hosting}}", when="'h == \"self\"'"), (fact(HOSTING, "none"),)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "facts"), SITUATIONS)
def test_a_search_gets_the_same_states_without_the_words(rule: str, facts: tuple[Fact, ...]) -> None:
    full, short = (
        evaluate_rules(pack_of(rule), tree(*facts), stage=Stage.PILOT, today=TODAY, in_full=in_full)[0]
        for in_full in (True, False)
    )
    assert (short.state, short.held, short.margin, short.severity, short.short) == (
        full.state,
        full.held,
        full.margin,
        full.severity,
        full.short,
    )
    assert full.reason is not None
    assert (short.formula, short.breakpoints, short.resolve) == ("", (), ()) or short.unknown == ("evidence",)
    if "at_most" in rule or "at_least" in rule:
        assert short.unknown == full.unknown


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a && b", ("a", "b")),
        ("(a || b) && c", ("(a || b)", "c")),
        ("a && (b && c) && [d][0]", ("a", "(b && c)", "[d][0]")),
        ("a || b && c", ("a || b && c",)),
        ("a && b ? c : d", ("a && b ? c : d",)),
        ("a && (b ? c : d)", ("a", "(b ? c : d)")),
        ("x.all(y, y && z) && 'a && b' == c", ("x.all(y, y && z)", "'a && b' == c")),
        ("a", ("a",)),
        ("a && §", ("a && §",)),
    ],
)
def test_a_statement_is_cut_at_its_top(source: str, parts: tuple[str, ...]) -> None:
    assert split_and(source) == parts


def compiled(packs: PackSet):
    (rule,) = packs.rules.values()
    return compile_rule(rule, catalogue())


def test_what_a_compiled_rule_knows_of_its_names() -> None:
    given = "{slow: 'sources[].p99', promise: slo.p99, j: path.retry_jitter, layers: path.retry_layers, texts: observed.content_share, day: assessment.today}"
    rule = rule_text(
        "Z08-names", '{that: j && slow.all(s, s <= promise) && day > "2026-01-01"}', given,
        seen="[{that: texts < 10 %, says: Texts, when: layers > 3}]", evidence="{where: content.layers == layers}",
    )  # fmt: skip
    found = compiled(
        pack_of(
            rule.replace(
                '{that: j && slow.all(s, s <= promise) && day > "2026-01-01"}',
                "{that: 'j && slow.all(s, s <= promise) && day > \"2026-01-01\"'}",
            )
        )
    )
    assert (found.lists, found.single) == ({"slow"}, ("day", "j", "promise"))
    assert found.observed == {"slow", "j"}
    assert found.only_seen == {"texts"}, "layers are in what a file must show"
    spec = catalogue().find("slo.p99")
    assert found.ranges == {"promise": (spec.low, spec.high)}
    assert found.rule.evidence.where == "content.layers == layers"
