"""What a finding tells a person to look at and to do: the missing roots, the lines to add, the place, what would prove it."""

from __future__ import annotations

import pytest
from fact_texts import TODAY, fact, only
from rule_texts import pack_of, rule_text

from poc_gate.judge.evaluate.checking.gather_inputs import Context
from poc_gate.judge.evaluate.telling.find_missing import (
    missing_place,
    missing_roots,
    resolve_lines,
    root_place,
)
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Catalogue, Fact, FactSpec, FactTree, Kind
from poc_gate.model.finding import Finding, State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import EvidenceClass, Stage

MANIFEST = "pilot.yaml"


def flag(name: str, **more: str) -> FactSpec:
    return FactSpec(name, Kind.FLAG, "Time of Day", **more)


CATALOGUE = Catalogue((
    flag("slo.p99"), flag("slo.p95", resolve="add `p95: 1 s` under `slo` of the manifest"),
    flag("slo.p50", resolve="add `p50: 1 s` (or more) under `slo` of the manifest"), flag("cost.month", resolve="add `month: 1 EUR` under `cost` of the manifest"),
    flag("few[].id"), flag("few[].a"), flag("few[].deep.b"), flag("few[].deep[].c"),
    *(flag(f"six[].{key}") for key in ("name", "a", "b", "c", "d", "e")), *(flag(f"seven[].{key}") for key in ("id", "a", "b", "c", "d", "e", "f")),
    flag("alone[].name"), flag("bare[].a"), flag("bare[].b"),
))  # fmt: skip


def context(*facts: Fact, places: dict[str, Place] | None = None, **items: tuple[str, ...]) -> Context:
    tree = FactTree({one.name: one for one in facts}, items, places or {}, catalogue=CATALOGUE)
    return Context(PackSet((), CATALOGUE), tree, Stage.PRODUCTION, TODAY, root=Place(MANIFEST, 1, 1))


def unknown(name: str, *inputs: str, **more: object) -> Fact:
    return Fact(name, None, derived=bool(inputs), inputs=inputs, **more)


def known(name: str, place: Place | None = None, value: object = True, **more: object) -> Fact:
    return Fact(name, value, Provenance.DECLARED, place, **more)


@pytest.mark.parametrize(
    ("names", "roots"),
    [
        (["sum"], ("a", "b")),
        (["whole"], ("a", "b", "c")),
        (["whole", "sum", "sum"], ("a", "b", "c")),
        (["d", "sum", "sum"], ("a", "b", "d")),
        (["held"], ("held",)),
        (["full"], ("full",)),
        (["k"], ("k",)),
        ([], ()),
    ],
)
def test_behind_what_is_computed_the_missing_roots_are_named(
    names: list[str], roots: tuple[str, ...]
) -> None:
    tree = context(
        unknown("sum", "a", "b", "k"), unknown("whole", "sum", "c", "a"), known("k"), known("held", derived=True, inputs=("a",)),
        unknown("full", "k"),
    )  # fmt: skip
    assert missing_roots(names, tree) == roots


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        (["slo.p99"], ["state `slo.p99` in the manifest: time of Day"]),
        (["slo.p95"], ["add `p95: 1 s` under `slo` of the manifest"]),
        (["slo.p95", "slo.p50", "cost.month"], ["add under `slo`: `p95: 1 s`, `p50: 1 s` (or more)", "add `month: 1 EUR` under `cost` of the manifest"]),
        (["slo.p95", "slo.p95"], ["add `p95: 1 s` under `slo` of the manifest"]),
        (["learnt"], ["poc-gate probe"]),
        (["few[].id: x"], ["add `id: x` to the item under `few` that it belongs to"]),
        (["few"], ["list every item under `few:` in the manifest, each as `- id: ...` and state its `a`"]),
        (["six"], ["list every item under `six:` in the manifest, each as `- name: ...` and state its `a`, `b`, `c`, `d`, `e`"]),
        (["seven"], ["list every item under `seven:` in the manifest, each as `- id: ...`"]),
        (["alone"], ["list every item under `alone:` in the manifest, each as `- name: ...`"]),
        (["bare"], ["state `bare:` in the manifest"]),
        (["nothing"], ["state `nothing:` in the manifest"]),
    ],
)  # fmt: skip
def test_each_missing_fact_says_what_to_add(names: list[str], lines: list[str]) -> None:
    assert list(resolve_lines(names, context(unknown("learnt", resolve="poc-gate probe")))) == lines


def at(line: int, file: str = MANIFEST) -> Place:
    return Place(file, line, 1)


@pytest.mark.parametrize(
    ("names", "subject", "place"),
    [
        (["slo.p50"], "", at(4)),
        (["cost.month"], "", at(1)),
        (["few[x].a"], "few[x]", at(9)),
        (["few[y].a"], "few[y]", at(8)),
        (["few.deep.b"], "", at(8)),
        (["gone.a", "few.a"], "", at(8)),
        (["path.stages[a].timeout"], "", at(6)),
        (["data.a"], "", at(2, "other.yaml")),
        ([], "", at(1)),
    ],
)
def test_a_missing_key_is_looked_for_at_its_nearest_parent(
    names: list[str], subject: str, place: Place
) -> None:
    facts = (
        known("slo.p99", at(5)), known("slo.p95", at(4)), known("slo.p90", at(7)), known("path.retries", at(6)), known("whole.file", Place("m.json")),
        known("data.b", at(2, "other.yaml")), known("cost.day"),
    )  # fmt: skip
    held = context(*facts, places={"few": at(8), "few[x]": at(9)})
    assert missing_place(names, subject, held) == place
    assert missing_place(names, subject, held) == place, "the second time as well"


def test_the_manifest_is_where_the_pilot_is_named() -> None:
    assert root_place(FactTree({"pilot.name": known("pilot.name", Place("my/pilot.yaml", 3, 9))})) == Place(
        "my/pilot.yaml", 1, 1
    )
    assert root_place(FactTree({})) == Place("pilot.yaml")


def stated(name: str, line: int, value: object = True, file: str = MANIFEST, **more: object) -> Fact:
    return Fact(
        name,
        Quantity(*value) if isinstance(value, tuple) else value,
        Provenance.DECLARED,
        at(line, file),
        **more,
    )


GIVEN = {"jitter": "path.retry_jitter", "personal": "security.prompts_personal", "hosting": "model.hosting"}


@pytest.mark.parametrize(
    ("expect", "facts", "more", "line"),
    [
        ("jitter && personal", (stated("path.retry_jitter", 9, value=False), stated("security.prompts_personal", 5, value=True)), {}, 9),
        ("personal && jitter", (stated("path.retry_jitter", 9, value=False), stated("security.prompts_personal", 5, value=True)), {}, 9),
        ("jitter || personal", (stated("path.retry_jitter", 9, value=False), stated("security.prompts_personal", 5, value=False)), {}, 9),
        ("jitter || personal", (stated("path.retry_jitter", 9, value=False), stated("security.prompts_personal", 5, value=False)), {"levers": "[security.prompts_personal]"}, 5),
        ('hosting != "self" || !personal', (stated("model.hosting", 3, value="self"), stated("security.prompts_personal", 5, value=True)), {}, 5),
        ("jitter == personal", (stated("path.retry_jitter", 9, value=True), stated("security.prompts_personal", 5, value=False)), {}, 5),
        ("jitter", (stated("path.retry_jitter", 2, value=False, file="machine.json"),), {}, 2),
        ("jitter || personal", (stated("path.retry_jitter", 2, value=False, file="machine.json"), stated("security.prompts_personal", 5, value=False)), {}, 5),
        ("jitter || personal", (stated("path.retry_jitter", 0, value=False), stated("security.prompts_personal", 5, value=False)), {}, 5),
    ],
)  # fmt: skip
def test_a_failure_points_at_what_decides(
    expect: str, facts: tuple[Fact, ...], more: dict[str, str], line: int
) -> None:
    given = ", ".join(f"{name}: {fact}" for name, fact in GIVEN.items() if name in expect)
    finding = only(pack_of(rule_text("Z06-place", f"{{that: '{expect}'}}", f"{{{given}}}", **more)), *facts)
    assert (finding.state, finding.place.line) == (State.FAIL, line)


@pytest.mark.parametrize(("layers", "state", "line"), [(4.0, State.FAIL, 9), (2.0, State.PASS, 5)])
def test_the_part_of_a_statement_that_fails_is_pointed_at(layers: float, state: State, line: int) -> None:
    rule = rule_text(
        "Z06-parts", "{that: n >= 5 && layers <= 3}", "{n: evaluation.n, layers: path.retry_layers}"
    )
    facts = (stated("evaluation.n", 5, (9.0, "1")), stated("path.retry_layers", 9, (layers, "1")))
    finding = only(pack_of(rule), *facts)
    assert (finding.state, finding.place.line) == (state, line)


def test_behind_a_computed_value_the_nearest_statement_decides() -> None:
    rule = rule_text("Z06-flow", "{value: load, at_most: 0.7}", "{load: flow.utilisation.peak}")
    load = fact("flow.utilisation.peak", (0.9, "1"), derived=True, inputs=("flow.a", "slo.p95", "slo.p95"))
    load = Fact(load.name, load.value, Provenance.DECLARED, derived=True, inputs=load.inputs)
    middle = Fact(
        "flow.a", Quantity(1.0, "1"), Provenance.DECLARED, derived=True, inputs=("slo.p95", "slo.p99")
    )
    finding = only(
        pack_of(rule), load, middle, stated("slo.p99", 8, (1.0, "s")), stated("slo.p95", 6, (1.0, "s"))
    )
    assert (finding.state, finding.place.line) == (State.FAIL, 6)


MEASURED = {"requires": "measured"}


@pytest.mark.parametrize(
    ("more", "resolve"),
    [
        (
            {"requires": "measured"},
            "it rests on declared values; measure them on the target machine or the live source",
        ),
        ({"requires": "artifact"}, "import the facts from the team's own files instead of typing them"),
        (
            {"requires": "artifact", "evidence": "{where: content.ok}"},
            "show it: add under `evidence:` in the manifest `- {rule: Z06-prove, file: ...}`",
        ),
        ({"requires": "declared"}, None),
    ],
)
def test_a_claim_says_what_would_prove_it(more: dict[str, str], resolve: str | None) -> None:
    rule = rule_text("Z06-prove", "{that: jitter}", "{jitter: path.retry_jitter}", **more)
    finding = only(pack_of(rule), fact("path.retry_jitter", value=True))
    assert (finding.state, finding.held) == (State.PASS, EvidenceClass.DECLARED)
    assert finding.resolve == (() if resolve is None else (resolve,))


def test_what_was_imported_is_not_yet_measured() -> None:
    rule = rule_text("Z06-prove", "{that: jitter}", "{jitter: path.retry_jitter}", requires="measured")
    finding = only(pack_of(rule), fact("path.retry_jitter", value=True, provenance=Provenance.IMPORTED))
    assert finding.resolve[0].startswith("it rests on artifact values;")


@pytest.mark.parametrize(
    ("low", "high", "wide"),
    [(0.008, 0.012, True), (0.008, None, True), (None, 0.012, True)],
)
def test_what_leaves_the_answer_open_is_to_be_measured(
    low: float | None, high: float | None, wide: bool
) -> None:
    rule = rule_text(
        "Z06-wide",
        "{value: slow, at_most: promise}",
        "{slow: 'sources[].p99', promise: slo.p99}",
        for_each="sources",
        requires="measured",
    )
    held = fact(
        "sources[a].p99", (0.011 if low is not None else 0.009, "s"), Provenance.MEASURED, low=low, high=high
    )
    finding = only(pack_of(rule), held, fact("slo.p99", (0.01, "s")), sources=("a",))
    assert finding.state is State.UNKNOWN
    assert any("sources[a].p99" in line or "p99" in line for line in finding.resolve) is wide
    assert not any("`slo`" in line for line in finding.resolve)


def points(finding: Finding) -> list[tuple[str, bool]]:
    return [(point.fact, point.settable) for point in finding.breakpoints]


def test_what_is_so_should_give_way_before_what_is_wanted() -> None:
    """Flip points of what can be stated come first, and of those the observations before the goals."""
    rule = rule_text(
        "Z06-flip", "{value: slow * load, at_most: promise * share}",
        "{promise: slo.p99, slow: 'sources[].p99', load: flow.utilisation.peak, share: evaluation.failure_max}", for_each="sources",
    )  # fmt: skip
    load = Fact("flow.utilisation.peak", Quantity(0.5, "1"), Provenance.DECLARED, derived=True)
    finding = only(
        pack_of(rule), load, stated("slo.p99", 4, (1.0, "s")), stated("sources[a].p99", 5, (4.0, "s")), stated("evaluation.failure_max", 6, (0.5, "1")),
        sources=("a",),
    )  # fmt: skip
    assert finding.state is State.FAIL
    assert points(finding)[0] == ("sources[a].p99", True)
    assert points(finding)[-1] == ("flow.utilisation.peak", False)
    assert ("slo.p99", True) in points(finding)[1:-1]
