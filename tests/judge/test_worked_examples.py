"""Worked examples of rules: the facts that they stand for, what comes of them, and what is refused in them."""

from __future__ import annotations

import pytest
from rule_texts import BASE_PACK, catalogue, rule_text

from poc_gate.errors import InvalidPackError
from poc_gate.judge.packs.load_packs import load_packs
from poc_gate.judge.packs.read_example import EXAMPLE_DAY, example_tree
from poc_gate.judge.run_examples import run_examples
from poc_gate.model.claim import Provenance
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Example


def loaded(expect: str, given: str, examples: str, **more: str):
    rule = rule_text("Z07-shown", expect, given, **{**more, "examples": f"[{examples}]"})
    files = {"pack.yaml": BASE_PACK.encode(), "Z07-shown.yaml": rule.encode()}
    return load_packs({"base": files}, catalogue())


def outcomes(expect: str, given: str, examples: str, **more: str) -> list[tuple[str, str]]:
    return [(one.wanted, one.got) for one in run_examples(loaded(expect, given, examples, **more))]


LISTED = (
    "{that: 'slow.all(s, s <= 1 s) && size(slow) >= least'}",
    "{slow: 'sources[].p99', least: evaluation.n}",
)


def test_a_list_stands_for_its_items() -> None:
    found = outcomes(
        *LISTED,
        "{state: pass, given: {slow: [500 ms, 1 s], least: 2}}, {state: fail, given: {slow: [500 ms, 2 s], least: 2}}, "
        "{state: fail, given: {slow: [500 ms], least: 2}}, {state: unknown, given: {slow: [500 ms, null], least: 2}}, "
        "{state: unknown, given: {slow: [500 ms, 900 ms]}}, {state: unknown, given: {least: 2}}",
    )  # fmt: skip
    assert found == [(wanted, wanted) for wanted, _ in found]
    assert len(found) == 6


def test_an_item_of_the_list_that_a_rule_runs_over_is_called_example() -> None:
    packs = loaded(
        "{value: slow, at_most: 1 s}", "{slow: 'sources[].p99'}",
        "{state: pass, given: {slow: 1 s}}, {state: fail, given: {slow: 2 s}}, {state: unknown, given: {}}", for_each="sources",
    )  # fmt: skip
    assert all(one.passed for one in run_examples(packs))
    (rule,) = packs.rules.values()
    tree = example_tree(rule, Example("pass", {"slow": "1 s"}), packs.catalogue, EXAMPLE_DAY)
    assert tree.items == {"sources": ("example",)}
    held = tree.get("sources[example].p99")
    assert (held.value, held.provenance, held.stable) == (Quantity(1.0, "s"), Provenance.MEASURED, True)
    assert (held.place.file, held.place.line, held.place.column, held.place.pointer) == (
        "example",
        1,
        1,
        "sources[example].p99",
    )
    assert tree.get("assessment.today").value == EXAMPLE_DAY


def test_items_are_numbered_over_the_longest_list() -> None:
    packs = loaded(
        "{that: 'slow.all(s, s <= 1 s) && late.all(s, s <= 1 s)'}", "{slow: 'sources[].p99', late: 'sources[].p50'}",
        "{state: pass, given: {slow: [1 s, 1 s], late: [1 s, 1 s]}}, {state: fail, given: {slow: [2 s], late: []}}, {state: unknown, given: {}}",
    )  # fmt: skip
    (rule,) = packs.rules.values()
    tree = example_tree(
        rule, Example("pass", {"slow": ["1 s", None, "3 s"], "late": ["2 s"]}), packs.catalogue, EXAMPLE_DAY
    )
    assert tree.items == {"sources": ("item-1", "item-2", "item-3")}
    assert {name: fact.value for name, fact in tree.facts.items() if name.startswith("sources")} == {
        "sources[item-1].p99": Quantity(1.0, "s"), "sources[item-3].p99": Quantity(3.0, "s"), "sources[item-1].p50": Quantity(2.0, "s"),
    }  # fmt: skip


KINDS = "{flag: path.retry_jitter, uses: pilot.uses, hosting: model.hosting, day: security.impact_assessed_on, layers: path.retry_layers}"
THAT = '{that: \'flag && "llm" in uses && hosting == "self" && age(day) <= 30 d && layers <= 3\'}'
GOOD = "flag: true, uses: [llm], hosting: self, day: 2026-11-01, layers: 3"


def test_every_kind_of_fact_can_be_written() -> None:
    found = outcomes(
        THAT, KINDS,
        f"{{state: pass, given: {{{GOOD}}}}}, {{state: fail, given: {{{GOOD.replace('true', 'false')}}}}}, {{state: fail, given: {{{GOOD.replace('[llm]', '[agent]')}}}}}, "
        f"{{state: fail, given: {{{GOOD.replace('self', 'hosted')}}}}}, {{state: fail, given: {{{GOOD.replace('2026-11-01', '2026-10-01')}}}}}, "
        f"{{state: fail, given: {{{GOOD.replace('layers: 3', 'layers: 4')}}}}}, {{state: unknown, given: {{flag: null}}}}",
    )  # fmt: skip
    assert found == [(wanted, wanted) for wanted, _ in found]
    assert len(found) == 7


@pytest.mark.parametrize(
    ("given", "what", "step"),
    [
        ("flag: 1", "flag: 1 is neither true nor false", "write true or false"),
        ("uses: llm", "uses: 'llm' is not a list", "write [one, two]"),
        ("uses: [lm]", "uses: 'lm' is not one of the possible values", None),
        ("uses: [true]", "uses: True is not a text", "write a text"),
        ("hosting: [self]", "hosting: ['self'] is not a text", "write a text"),
        ("hosting: slef", "hosting: 'slef' is not one of the possible values", "one of self, hosted, none"),
        ("layers: [3]", "layers: [3] is not a quantity", "write a number and its unit"),
        ("layers: true", "layers: True is not a quantity", "write a number and its unit"),
        ("layers: 3 s", "layers: '3 s' is a time, not a plain number or a share such as 99.9 %", None),
        ("zz: 3", "zz: no name in given", "one of flag, uses, hosting, day, layers"),
    ],
)
def test_what_does_not_fit_a_fact_is_refused(given: str, what: str, step: str | None) -> None:
    with pytest.raises(InvalidPackError) as caught:
        loaded(
            THAT,
            KINDS,
            f"{{state: pass, given: {{{given}}}}}, {{state: fail, given: {{evidence: 1, {given}}}}}, {{state: unknown, given: {{}}}}",
        )
    assert [fault.what for fault in caught.value.faults] == [what, what]
    assert step is None or caught.value.faults[0].next_step == step


@pytest.mark.parametrize(
    ("for_each", "given", "what"),
    [("", "slow: 1 s", "slow: it means all items of a list"), ("sources", "slow: [1 s]", "slow: ['1 s'] is not a quantity"), ("", "slow: [1 s, 2 GB]", "slow: '2 GB' is a size in bytes, not a time")],
)  # fmt: skip
def test_a_list_is_written_as_one_and_an_item_is_not(for_each: str, given: str, what: str) -> None:
    more = {"for_each": for_each} if for_each else {}
    expect = "{value: slow, at_most: 1 s}" if for_each else "{that: 'slow.all(s, s <= 1 s)'}"
    with pytest.raises(InvalidPackError) as caught:
        loaded(
            expect,
            "{slow: 'sources[].p99'}",
            f"{{state: pass, given: {{{given}}}}}, {{state: fail, given: {{}}}}, {{state: unknown, given: {{}}}}",
            **more,
        )
    assert [fault.what for fault in caught.value.faults] == [what]


def test_evidence_of_an_example_is_a_file_of_its_own() -> None:
    """One that is too old passes as well: it counts as declared only."""
    proof = "evidence: {ok: true}, evidence_date: 2026-11-01"
    found = outcomes(
        "{evidence: true}", "{}",
        f"{{state: pass, {proof}, evidence_approver: head of risk}}, {{state: fail, {proof}}}, {{state: fail, evidence: {{ok: false}}, evidence_date: 2026-11-01, evidence_approver: head}}, "
        "{state: pass, evidence: {ok: true}, evidence_date: 2026-01-01, evidence_approver: head}, {state: unknown}",
        evidence="{where: content.ok, max_age: 90 d, approver: true}", requires="artifact",
    )  # fmt: skip
    assert found == [(wanted, wanted) for wanted, _ in found]


def test_examples_of_a_pack_are_run_in_order_and_alone_where_asked() -> None:
    packs = loaded(
        "{that: flag}", "{flag: path.retry_jitter}",
        "{state: pass, given: {flag: true}}, {state: pass, given: {flag: false}}, {state: fail, given: {flag: false}}, {state: unknown}",
    )  # fmt: skip
    found = run_examples(packs, frozenset({"base"}))
    assert [(one.number, one.wanted, one.got, one.passed) for one in found] == [
        (1, "pass", "pass", True), (2, "pass", "fail", False), (3, "fail", "fail", True), (4, "unknown", "unknown", True),
    ]  # fmt: skip
    assert {(one.rule, one.pack, one.place.line) for one in found} == {
        ("Z07-shown", "base", found[0].place.line)
    }
    assert found[1].message.startswith("Not met: ")
    assert run_examples(packs, frozenset({"other"})) == ()


def test_a_failure_that_falls_short_is_told_apart() -> None:
    found = outcomes(
        "{value: slow, at_most: 1 s}", "{slow: slo.p99}",
        "{state: pass, given: {slow: 1 s}}, {state: short, given: {slow: 1.1 s}}, {state: fail, given: {slow: 3 s}}, {state: unknown}", short="slow <= 2 s",
    )  # fmt: skip
    assert found == [(wanted, wanted) for wanted, _ in found]
