"""The keys of a rule on exposure, actions, causes, records and chances."""

from __future__ import annotations

import pytest
from rule_texts import BASE_RULE, pack_of

from poc_gate.errors import InvalidPackError
from poc_gate.model.rule import Effect

EXTRA = """\
exposure:
  off: [{act: none}]
  blocker: [{act: irreversible}, {trifecta: yes, audience: [customers, public]}]
  advice: [{level: low, stage: [pilot, limited]}]
do: {fails: Make it faster before the next release., unknown: Measure it with a load test this week.}
cause: slowness
record: load-test
prior: {llm: 0.4, else: 0.1}
"""


def test_a_rule_says_under_which_exposure_it_blocks_and_what_to_do() -> None:
    (rule,) = pack_of(BASE_RULE + EXTRA).rules.values()
    assert [line.effect for line in rule.exposure] == [
        Effect.OFF,
        Effect.BLOCKER,
        Effect.BLOCKER,
        Effect.ADVICE,
    ]
    assert rule.exposure[2].facets == {"trifecta": ("yes",), "audience": ("customers", "public")}
    assert rule.exposure[3].facets["stage"] == ("pilot", "limited")
    assert (rule.cause, rule.record, rule.prior) == ("slowness", "load-test", {"llm": 0.4, "else": 0.1})
    assert rule.do_unknown == "Measure it with a load test this week."


def test_a_pack_names_its_records() -> None:
    pack = "id: base\nversion: 0.1.0\ntitle: Base\nrecords: {load-test: {title: Load test report, effort: days}}\n"
    (held,) = pack_of(BASE_RULE, pack=pack).packs
    assert held.records["load-test"].title == "Load test report"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("exposure: {off: [{acts: none}]}", "unknown facet 'acts'"),
        ("exposure: {off: [{act: noone}]}", "'noone' is not a value of act"),
        ("exposure: {off: [{act: [none, reversible, irreversible]}]}", "restricts nothing"),
        ("exposure: {high: [{stage: pilot}]}", "needs a facet"),
        ("exposure: {hihg: []}", "unknown key 'hihg'"),
        ("prior: 1.2", "is not a chance"),
        ("prior: {llm: -0.1}", "is not a chance"),
        ("cause: Slow Ness", "cause"),
        ("do: {fails: Mend it.}", "do.unknown is missing"),
        (f"do: {{fails: {'x' * 201}, unknown: Ask.}}", "do.fails"),
    ],
)
def test_what_a_rule_may_not_say_is_refused_with_its_place(line: str, said: str) -> None:
    with pytest.raises(InvalidPackError) as caught:
        pack_of(f"{BASE_RULE}{line}\n")
    (fault,) = caught.value.faults
    assert said in fault.what
    assert fault.line >= BASE_RULE.count("\n") + 1
