"""Packs together: what one may move in another, by which names rules are found, and how faults of a pack are told."""

from __future__ import annotations

import pytest
from fact_texts import fact, judged
from msgspec.structs import replace
from rule_texts import BASE_PACK, BASE_RULE, catalogue, pack_of, rule_text

from poc_gate.errors import InvalidPackError
from poc_gate.judge.packs.load_packs import load_packs
from poc_gate.judge.packs.pack_set import is_tighter
from poc_gate.model.finding import State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Limit, Severity, Stage

HEAD = "id: strict\nversion: 0.1.0\ntitle: Strict\nadjust:\n"
RAISED = "  - {rule: Z01-base, severity: blocker}\n"
LIMITED = "  - {rule: Z01-base, limits: {allowed: {value: %s, reason: Strict.}}}\n"
HIGHER = rule_text(
    "Z02-more",
    "{value: slow, at_least: least}",
    "{slow: slo.p99}",
    limits="{least: {value: 1 s, tighter: higher, reason: Enough.}}",
)


def strict(*adjusts: str) -> dict[str, dict[str, bytes]]:
    return {"strict": {"pack.yaml": f"{HEAD}{''.join(adjusts)}".encode()}}


def refused(
    *adjusts: str, rules: tuple[str, ...] = (BASE_RULE, HIGHER), **packs: dict[str, bytes]
) -> list[tuple[str, str, str]]:
    with pytest.raises(InvalidPackError) as caught:
        pack_of(*rules, **(packs or strict(*adjusts)))
    return [(f"{one.file}:{one.line}:{one.column}", one.what, one.next_step) for one in caught.value.faults]


@pytest.mark.parametrize(
    ("adjusts", "wanted"),
    [
        (("  - {rule: Z01, severity: blocker}\n",), [("5:12", "adjusts the unknown rule 'Z01'", "did you mean 'Z01-base'?")]),
        (("  - {rule: Z01-bose, severity: blocker}\n",), [("5:12", "adjusts the unknown rule 'Z01-bose'", "did you mean 'Z01-base'?")]),
        (
            (f"  - {{rule: Z01-base{14 * 'x'}, severity: blocker}}\n",),
            [("5:12", f"adjusts the unknown rule 'Z01-base{14 * 'x'}'", "did you mean 'Z01-base'?")],
        ),
        (("  - {rule: Q99-else, severity: blocker}\n",), [("5:12", "adjusts the unknown rule 'Q99-else'", "load the pack that holds it as well")]),
        (
            ("  - {rule: Q99-else, severity: blocker}\n", "  - {rule: Z01-base, severity: low}\n"),
            [
                ("5:12", "adjusts the unknown rule 'Q99-else'", "load the pack that holds it as well"),
                ("6:32", "Z01-base would fall from medium to low at pilot", "a pack may only raise a severity"),
            ],
        ),
        ((RAISED, RAISED), [("6:12", "adjusts Z01-base twice", "join the two entries")]),
        (
            ("  - {rule: Z01-base, limits: {zz: {value: 1 s, reason: x}}}\n",),
            [("5:35", "Z01-base has no limit 'zz'", "its limits: allowed, fixed")],
        ),
        ((LIMITED % "501 ms",), [("5:40", "allowed of Z01-base would be loosened from 500 ms to 501 ms", "a pack may only make it lower")]),
        (
            ("  - {rule: Z02-more, limits: {least: {value: 999 ms, reason: x}}}\n",),
            [("5:38", "least of Z02-more would be loosened from 1 s to 999 ms", "a pack may only make it higher")],
        ),
        ((LIMITED % "1 GB",), [("5:40", "1 GB does not measure what 500 ms measures", "")]),
        ((LIMITED % "much",), [("5:40", "'much' is not a quantity", "write a number and its unit, such as 80 GiB or 250 ms")]),
        (
            ("  - {rule: Z01-base, limits: {fixed: {value: 1, reason: x}}}\n",),
            [("5:38", "fixed of Z01-base cannot be changed", "it has no `tighter`")],
        ),
        (("  - {rule: Z01-base, severity: high, applies_from: 2026-02-30}\n",), [("5:52", "'2026-02-30' is not a calendar date", "write it as 2026-12-01")]),
    ],
)  # fmt: skip
def test_what_a_pack_may_not_move(adjusts: tuple[str, ...], wanted: list[tuple[str, str, str]]) -> None:
    assert refused(*adjusts) == [(f"strict/pack.yaml:{place}", what, step) for place, what, step in wanted]


def test_a_rule_without_limits_has_none_to_move() -> None:
    plain = rule_text("Z03-plain", "{that: j}", "{j: path.retry_jitter}")
    ((_, what, step),) = refused(
        "  - {rule: Z03-plain, limits: {zz: {value: 1 s, reason: x}}}\n", rules=(plain,)
    )
    assert (what, step) == ("Z03-plain has no limit 'zz'", "its limits: none")


@pytest.mark.parametrize(
    ("slow", "moved", "state", "limit", "by"),
    [
        (0.45, "400 ms", State.FAIL, 0.4, "strict/Z01-base, base/Z01-base"),
        (0.45, "500 ms", State.PASS, 0.5, "base/Z01-base"),
        (0.4, "400 ms", State.PASS, 0.4, "strict/Z01-base, base/Z01-base"),
    ],
)
def test_a_tighter_limit_holds_in_the_name_of_who_moved_it(
    slow: float, moved: str, state: State, limit: float, by: str
) -> None:
    (finding,) = judged(pack_of(BASE_RULE, **strict(LIMITED % moved)), fact("slo.p99", (slow, "s")))
    assert (finding.state, finding.limit, finding.limit_set_by) == (state, Quantity(limit, "s"), by)


@pytest.mark.parametrize(
    ("tighter", "now", "is_so"),
    [("lower", 0.9, True), ("lower", 1.0, False), ("lower", 1.1, False), ("higher", 1.1, True), ("higher", 1.0, False), ("higher", 0.9, False), ("", 0.9, False), ("", 1.1, False)],
)  # fmt: skip
def test_a_limit_tightens_in_its_own_direction(tighter: str, now: float, is_so: bool) -> None:
    limit = Limit("allowed", Quantity(1.0, "s"), tighter=tighter)
    assert is_tighter(replace(limit, value=Quantity(now, "s")), limit) is is_so


def test_a_rule_is_found_by_its_id_and_by_the_part_before_the_dash() -> None:
    twin = BASE_RULE.replace("Z01-base", "Z01-twin")
    packs = pack_of(BASE_RULE, HIGHER + "aliases: [Z77, old/1]\n")
    assert [packs.find(name) and packs.find(name).id for name in ("Z01-base", "Z01", "Z77", "Z02", "old/1", "base", "Z9")] == [
        "Z01-base", "Z01-base", "Z02-more", "Z02-more", None, None, None,
    ]  # fmt: skip
    assert pack_of(BASE_RULE, twin).find("Z01") is None, "two rules have that short name"


def test_rules_that_are_known_are_compiled_once_for_both() -> None:
    files = {"pack.yaml": BASE_PACK.encode(), "Z01-base.yaml": BASE_RULE.encode()}
    first = load_packs({"base": files}, catalogue())
    more = {
        "more": {"pack.yaml": b"id: more\nversion: 0.1.0\ntitle: More\n", "Z02-more.yaml": HIGHER.encode()}
    }
    both = load_packs({"base": files, **more}, catalogue(), known=first)
    rule = first.rules["Z01-base"]
    assert both.rules["Z01-base"] is rule
    assert both.compiled(rule) is first.compiled(rule)
    assert both.compiled(both.rules["Z02-more"]).rule is both.rules["Z02-more"]


def test_a_rule_as_packs_leave_it_is_made_once_and_made_anew_for_another() -> None:
    packs = pack_of(BASE_RULE, **strict(RAISED))
    rule, active = packs.rules["Z01-base"], frozenset({"base", "strict"})
    raised = packs.merged(rule, active)
    assert packs.merged(rule, active) is raised
    assert set(raised.severity.values()) == {Severity.BLOCKER}
    assert packs.merged(rule, frozenset({"base"})) is rule
    other = replace(rule, what="Another text")
    assert packs.merged(other, active).what == "Another text"
    assert packs.compiled(rule).rule is rule
    assert packs.compiled(raised).rule is raised
    assert packs.compiled(raised).bounds is packs.compiled(rule).bounds, (
        "no expression changes with a severity"
    )
    assert rule.severity[Stage.PILOT] is Severity.MEDIUM


@pytest.mark.parametrize(
    ("lines", "place", "what", "step"),
    [
        ("given: {a: slo.p9}\nwhen: a > 1 s\n", "4:12", "unknown fact 'slo.p9'", "did you mean 'slo.p99'?"),
        ("given: {a: zzzzzz}\n", "4:12", "unknown fact 'zzzzzz'", "see `poc-gate schema facts`"),
        ("given: {a: slo.p99}\nwhen: a > 1\n", "5:7", "when: units differ: a time and a plain number or a share such as 99.9 %", "write the limit or number with its unit, such as `30 s`"),
        ("given: {a: slo.p99}\nwhen: has( a )\n", "5:7", "a precondition over has() would make a missing fact not applicable", "drop has(): a missing fact already gives unknown"),
        ("titel: x\n", "4:1", "unknown key 'titel'", "did you mean 'title'?"),
    ],
)  # fmt: skip
def test_a_fault_of_a_pack_is_told_with_its_place(lines: str, place: str, what: str, step: str) -> None:
    more = {"more": {"pack.yaml": f"id: more\nversion: 0.1.0\ntitle: More\n{lines}".encode()}}
    assert refused(**more) == [(f"more/pack.yaml:{place}", what, step)]


def test_files_of_a_pack_are_counted_named_and_bounded() -> None:
    head = b"id: more\nversion: 0.1.0\ntitle: More\n"
    rule = {"Z06-more.yaml": BASE_RULE.replace("Z01-base", "Z06-more").encode()}
    notes = {**rule, **{f"note-{number}.txt": b"" for number in range(998)}}
    assert len(pack_of(BASE_RULE, more={"pack.yaml": head, **notes}).packs) == 2
    assert refused(more={"pack.yaml": head, **notes, "one-more.txt": b""}) == [
        ("more/pack.yaml:0:0", "more than 1000 files", "split the pack")
    ]
    assert refused(more=notes) == [("more/pack.yaml:0:0", "the pack has no pack.yaml", "see docs/packs.md")]
    named = {"pack.yaml": head, "Z05-named.v2.yaml": BASE_RULE.replace("Z01-base", "Z05-named").encode()}
    assert refused(more=named) == [
        ("more/Z05-named.v2.yaml:1:5", "the file is named 'Z05-named.v2'", "name it Z05-named.yaml")
    ]
    what = "the pack has no rules and adjusts none"
    step = "put its rules next to pack.yaml, one file each; folders inside the pack are not read"
    assert refused(more={"pack.yaml": head, "rules.txt": b""}) == [("more/pack.yaml:1:1", what, step)]
    long = {
        "pack.yaml": head,
        "Z05-long.yaml": f"{BASE_RULE.replace('Z01-base', 'Z05-long')}aliases: [{', '.join(['a'] * 21_000)}]\n".encode(),
    }
    assert refused(more=long)[0][1].startswith("the file contains more than 20,000 values")


@pytest.mark.parametrize(
    "broken", [BASE_PACK.replace("version: 0.1.0", "version: one"), BASE_PACK + "titel: x\n", "id: [base\n"]
)
def test_a_broken_pack_is_told_with_the_faults_of_its_rules_and_of_what_adjusts_them(broken):
    slip = HIGHER.replace("at_least: least", "at_least: leest")
    with pytest.raises(InvalidPackError) as caught:
        pack_of(
            BASE_RULE,
            slip,
            pack=broken,
            **strict(LIMITED % "2 s", "  - {rule: Z02-more, severity: blocker}\n"),
        )
    assert {fault.file for fault in caught.value.faults} == {
        "base/pack.yaml",
        "base/Z02-more.yaml",
        "strict/pack.yaml",
    }
    assert [fault.what for fault in caught.value.faults if fault.file == "strict/pack.yaml"] == [
        "allowed of Z01-base would be loosened from 500 ms to 2 s"
    ]


def test_a_rule_with_a_fault_is_not_called_unknown_where_it_is_adjusted():
    slip = BASE_RULE.replace("at_most: allowed", "at_most: alowed")
    found = refused(rules=(slip,), **strict(RAISED, "  - {rule: Q99-else, severity: blocker}\n"))
    assert [place.split(":")[0] for place, _, _ in found] == ["base/Z01-base.yaml", "strict/pack.yaml"]
    assert found[-1][1] == "adjusts the unknown rule 'Q99-else'"
