"""What is refused in a rule file: the place of each fault, what is wrong and what to write instead."""

from __future__ import annotations

import pytest
from rule_texts import BASE_PACK, BASE_RULE, pack_of

from poc_gate.errors import InvalidPackError

EXPECT = "expect: {value: slow, at_most: allowed * fixed}"
GIVEN = "given: {slow: slo.p99}"
SEVERITY = "severity: {pilot: medium, limited: high, production: high}"
UNITS = "units differ: a time and"
WITH_UNIT = "write the limit or number with its unit, such as `30 s`"
NUMBER = "a plain number or a share such as 99.9 %"
NO_HAS = "a precondition over has() would make a missing fact not applicable"
NO_DEFAULT = "drop has(): a missing fact already gives unknown"
KNOWN = "known names: allowed, fixed, slow; put texts in quotes"
KEYS = "write keys with single dots between: exercise.date"
KINDS = (
    "one of llm, retrieval, agent, classic-ml, batch, training, interactive, assistive, pilot, limited, production, self, hosted, "
    "none, reversible, irreversible, named-colleagues, employees, customers, public, nothing, assists, decides, reviewed, "
    "sampled, unreviewed, eu-ai-act, eu-dora, us-bank-mrm, healthcare-us, large-volume, large-hosted, load-stated, "
    "latency-promised, availability-promised, freshness-promised, long-context, large-index, many-accelerators, scales, extract, "
    "personal-data, scores-people, affects-people, high-risk, else"
)
SOME = "name some of its values, not all"


def faults(rule: str, pack: str = BASE_PACK, **others: dict[str, bytes]) -> list[tuple[str, str, str]]:
    with pytest.raises(InvalidPackError) as caught:
        pack_of(rule, pack=pack, **others)
    return [(f"{fault.line}:{fault.column}", fault.what, fault.next_step) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("levers: [slo.p9]", [("18:10", "'slo.p9' is not something that a team can set", "did you mean 'slo.p99'?")]),
        (
            "levers: [slo.p99xxxxxxxxxxxx, slo.ttft]",
            [
                ("18:10", "'slo.p99xxxxxxxxxxxx' is not something that a team can set", "did you mean 'slo.p99'?"),
                ("18:31", "'slo.ttft' changes nothing that this rule reads", "did you mean 'slo.p99'?"),
            ],
        ),
        ("exposure: {off: [{actzzzzz: none}]}", [("18:29", "unknown facet 'actzzzzz'", "did you mean 'act'?")]),
        ("sincezzzzzzzzz: 1", [("18:1", "unknown key 'sincezzzzzzzzz'", "did you mean 'since'?")]),
        (
            "levers: [slo.p99, zzzzz, machine.cpu.cores]",
            [
                ("18:19", "'zzzzz' is not something that a team can set", "name a fact of the manifest"),
                ("18:26", "'machine.cpu.cores' is not something that a team can set", "name a fact of the manifest"),
            ],
        ),
        (
            "levers: [model.hosting, slo.p95]",
            [
                ("18:10", "'model.hosting' changes nothing that this rule reads", "drop it, and say in `fix` what it does"),
                ("18:25", "'slo.p95' changes nothing that this rule reads", "did you mean 'slo.p99'?"),
            ],
        ),
        ("applies_from: 2026-02-30", [("18:15", "'2026-02-30' is not a calendar date", "write it as 2026-12-01")]),
        (
            "references: [{framework: X, verified_on: 2026-02-28, applies_from: 2026-13-01}, {framework: Y}, {framework: Z, verified: false}]",
            [
                ("18:68", "'2026-13-01' is not a calendar date", "write it as 2026-12-01"),
                ("18:81", "the clause lacks the day it was checked", "add `verified_on: <day>`, or `verified: false`"),
            ],
        ),
        ("references: [{framework: X, verified_on: 2026-2-3}]", [("18:29", "references[0].verified_on: the text does not have the required form", "write it as 2026-12-01")]),
        ("cause: Slow Ness", [("18:1", "cause: the text does not have the required form", "write lower-case letters, digits and dashes: house-rules")]),
        ("when: has( slow )", [("18:7", NO_HAS, NO_DEFAULT)]),
        ("when: slow > 1", [("18:12", f"when: {UNITS} {NUMBER}", WITH_UNIT)]),
        ("short: '!has( slow)'", [("18:9", "a missing fact must not make a failure milder", "drop !has(): a missing fact makes the rule unknown")]),
        ("short: slow", [("18:8", "short: true or false is needed here, not a time", "")]),
        ("for_each: source", [("18:11", "'source' is not a list of items", "one of load_test.steps, models, path.stages, people.approvals, security.egress, sources")]),
        ("exposure: {off: [{acts: none}]}", [("18:25", "unknown facet 'acts'", "did you mean 'act'?")]),
        ("exposure: {off: [{zzzz: none}]}", [("18:25", "unknown facet 'zzzz'", "one of act, trifecta, decides, audience, reliance, level, stage")]),
        (
            "exposure: {off: [{act: noone, level: zzz}]}",
            [
                ("18:24", "'noone' is not a value of act", "did you mean 'none'?"),
                ("18:38", "'zzz' is not a value of level", "one of low, medium, high"),
            ],
        ),
        (
            "exposure: {off: [{act: [none, reversible, irreversible]}], high: [{act: []}]}",
            [("18:24", "act restricts nothing here", SOME), ("18:73", "act restricts nothing here", SOME)],
        ),
        ("exposure: {high: [{level: low, stage: [pilot, limited, production]}]}", [("18:39", "stage restricts nothing here", SOME)]),
        ("exposure: {high: [{stage: pilot}]}", [("18:19", "an exposure line needs a facet", "one of act, trifecta, decides, audience, reliance, level")]),
        ("prior: 1.01", [("18:8", "1.01 is not a chance", "write a number from 0 to 1")]),
        ("prior: {llm: -0.01, else: 1}", [("18:14", "-0.01 is not a chance", "write a number from 0 to 1")]),
        ("prior: {zzz: 0.5}", [("18:14", "no kind of pilot is called 'zzz'", KINDS)]),
        ("prior: {agents: 0.5, else: 0.1}", [("18:17", "no kind of pilot is called 'agents'", "did you mean 'agent'?")]),
        ("prior: {costumers: 2}", [
            ("18:20", "2.0 is not a chance", "write a number from 0 to 1"),
            ("18:20", "no kind of pilot is called 'costumers'", "did you mean 'customers'?"),
        ]),
        ("evidence: {parses_as: [yaml]}", [("18:11", "a file's existence proves nothing", "add `contains:` or `where:`")]),
        (
            "evidence: {contains: [a..b, .c, a.b], max_age: 0 d}",
            [
                ("18:23", "'a..b' is not a dotted path", KEYS),
                ("18:29", "'.c' is not a dotted path", KEYS),
                ("18:48", "no file is that young", "write an age such as 90 d"),
            ],
        ),
        ("evidence: {where: content.a, max_age: 5 GB}", [("18:39", "'5 GB' is a size in bytes, not a time", "write a time, such as 250 ms")]),
        ("evidence: {where: 'content.a >'}", [("18:31", "evidence.where: expected a value, found the end", "")]),
        ("seen: [{that: slow, says: Too slow}]", [("18:15", "seen.0.that: true or false is needed here, not a time", "")]),
        (
            "seen: [{that: slow > 1 s, says: Too slow, when: slow}, {that: 'zz > 1', says: x}]",
            [("18:49", "seen.0.when: true or false is needed here, not a time", ""), ("18:64", "seen.1.that: unknown name 'zz'", KNOWN)],
        ),
        ("set_aside: content.a", [("18:12", "set_aside says what shows that `when` is not met", "give the rule `when` and `evidence`, or drop it")]),
        ("evidence: {where: content.a}\nset_aside: content.a\nwhen: slow > 1 s", [("13:1", "no example of not-applicable", "add `- {state: not-applicable, given: {...}}`")]),
        ("short: slow < 1 s", [("13:1", "no example of short", "add `- {state: short, given: {...}}`")]),
        ("do: {fails: Mend it.}", [("18:1", "do.unknown is missing", "add `unknown:`")]),
        ("owner: [a]", [("18:1", "owner: expected a text, got a list", "")]),
        ("effort: ages", [("18:1", "effort: invalid enum value 'ages'", "one of hours, days, weeks, months")]),
        ("levers: x", [("18:1", "levers: expected a list, got a text", "write a list: [one, two]")]),
        ("evidence: {where: content.a == item}", [("18:32", "evidence.where: unknown name 'item'", "known names: allowed, content, fixed, slow; put texts in quotes")]),
        ("evidence: {where: content.a}\nset_aside: content.b", [("19:12", "set_aside says what shows that `when` is not met", "give the rule `when` and `evidence`, or drop it")]),
        ("aliases: [a, 1]", [("18:14", "aliases[1]: expected a text, got a whole number", "")]),
        ("aliases: [Z99, Z99]", [("1:1", "Z99 is already defined in base/Z01-base.yaml", "ids are never reused")]),
    ],
)  # fmt: skip
def test_a_line_more_is_refused(line: str, wanted: list[tuple[str, str, str]]) -> None:
    assert faults(f"{BASE_RULE}{line}\n") == wanted


@pytest.mark.parametrize(
    ("old", "new", "place", "what", "step"),
    [
        (GIVEN, "given: {slow: slo.p999}", "7:15", "unknown fact 'slo.p999'", "did you mean 'slo.p99'?"),
        (GIVEN, "given: {slow: zzzzzz}", "7:15", "unknown fact 'zzzzzz'", "see `poc-gate schema facts`"),
        (GIVEN, "given: {slow: 'sources[a].p99'}", "7:16", "unknown fact 'sources[a].p99'", "did you mean 'sources[].p99'?"),
        (GIVEN, "given: {in: slo.p99, slow: slo.p99}", "7:13", "the name 'in' is reserved by the language", "choose another name"),
        (GIVEN, "given: {1a: slo.p99, slow: slo.p99}", "7:13", "'1a' is not a name an expression can use", "use a to z, digits and _"),
        (GIVEN, "given: {slow: slo.p99, allowed: slo.p95}", "10:12", "'allowed' is also a name in given", "rename one of the two"),
        (EXPECT, "expect: {value: slow, at_most: allowed, at_least: fixed}", "8:9", "exactly one operator is needed, found at_most, at_least", "see docs/packs.md"),
        (EXPECT, "expect: {value: slow}", "8:9", "exactly one operator is needed, found none", "see docs/packs.md"),
        (EXPECT, "expect: {evidence: false}", "8:9", "exactly one operator is needed, found evidence", "see docs/packs.md"),
        (EXPECT, "expect: {at_most: allowed}", "8:9", "`at_most` and `value` do not fit together", "add `value:`"),
        (EXPECT, "expect: {value: slow, that: slow < allowed}", "8:9", "`that` and `value` do not fit together", "remove `value`"),
        (EXPECT, "expect: {evidence: true}", "8:9", "an evidence rule needs an `evidence:` block", "add what the file must hold"),
        (EXPECT, "expect: {value: slow, between: [1 s]}", "8:32", "between needs two bounds", "write [low, high]"),
        (EXPECT, "expect: {value: slow, between: [1 s, 2 s, 3 s]}", "8:32", "between needs two bounds", "write [low, high]"),
        (EXPECT, "expect: {value: slow, between: [1 s, 2 GB]}", "8:32", f"expect.between: {UNITS} a size in bytes", WITH_UNIT),
        (EXPECT, "expect: {value: slow, at_most: 5}", "8:32", f"expect.at_most: {UNITS} {NUMBER}", WITH_UNIT),
        (EXPECT, "expect: {value: slow, at_most: true}", "8:32", "expect.at_most: a quantity is needed, not true or false", ""),
        (EXPECT, "expect: {value: slow, at_most: 0}", "10:12", "'allowed' is used by no expression", "use it or remove it"),
        (EXPECT, "expect: {value: slow > 1 s, at_most: 5}", "8:17", "expect.value: a quantity is needed, not true or false", ""),
        (EXPECT, "expect: {value: slow, one_of: [a]}", "8:17", "expect.value: one_of needs a text, not a time", ""),
        (EXPECT, "expect: {value: slow, equals: 5 GB}", "8:31", f"expect.equals: {UNITS} a size in bytes", WITH_UNIT),
        (EXPECT, "expect: {value: slow, equals: allowed + zz}", "8:41", "expect.equals: unknown name 'zz'", KNOWN),
        (EXPECT, "expect: {value: slow, at_most: allowed + zz}", "8:42", "expect.at_most: unknown name 'zz'", KNOWN),
        (EXPECT, 'expect: {value: slow, at_most: "allowed + zz"}', "8:43", "expect.at_most: unknown name 'zz'", KNOWN),
        (EXPECT, "expect:\n  value: slow\n  at_most: >-\n    allowed +\n    zz", "10:12", "expect.at_most: unknown name 'zz'", KNOWN),
        (EXPECT, "expect: {that: slow > 1 s && zz && slow}", "8:30", "expect.that: unknown name 'zz'", KNOWN),
        ("value: 500 ms", "value: 500 MS", "10:20", "'500 MS' has the unknown unit 'MS'", "units are case-sensitive: did you mean 'ms'?"),
        ("value: 500 ms, ", "", "10:3", "limits.allowed.value is missing", "add `value:`"),
        ("tighter: lower", "tighter: smaller", "10:28", "limits.allowed.tighter: invalid enum value 'smaller'", "one of lower, higher"),
        ("  allowed:", "  in:", "10:7", "the name 'in' is reserved by the language", "choose another name"),
        ("  - {state: pass, given: {slow: 400 ms}}\n", "", "13:1", "no example of pass", "add `- {state: pass, given: {...}}`"),
        ("{slow: 400 ms}", "{slow: 400 GB}", "14:27", "slow: '400 GB' is a size in bytes, not a time", "write a time, such as 250 ms"),
        ("{slow: 400 ms}", "{slow: true}", "14:27", "slow: True is not a quantity", "write a number and its unit"),
        ("{slow: 400 ms}", "{fast: 400 ms}", "14:27", "fast: no name in given", "one of slow"),
        ("{state: pass", "{state: passes", "14:6", "examples[0].state: invalid enum value 'passes'", "one of pass, fail, short, unknown, not-applicable, error"),
        (SEVERITY, "severity: {pilot: medium, limited: high}", "5:1", "severity.production is missing", "add `production:`"),
        (SEVERITY, "severity: harsh", "5:1", "severity: invalid enum value 'harsh'", "one of blocker, high, medium, low"),
        ("since: 0.1.0", "since: 0.1.0\nsinse: 1", "18:1", "unknown key 'sinse'", "did you mean 'since'?"),
    ],
)  # fmt: skip
def test_a_line_that_is_wrong_is_refused(old: str, new: str, place: str, what: str, step: str) -> None:
    assert old in BASE_RULE
    assert faults(BASE_RULE.replace(old, new)) == [(place, what, step)]


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        (0x7E, False), (0x7F, True), (0x80, True), (0x9F, True), (0xA0, False), (0x2029, False), (0x202A, True), (0x202E, True),
        (0x202F, False), (0x2065, False), (0x2066, True), (0x2069, True), (0x206A, False), (0x1F, True), (0x20, False), (0x09, False),
    ],
)  # fmt: skip
def test_what_drives_a_terminal_or_turns_a_text_around_is_refused(code: int, refused: bool) -> None:
    """C0 and C1 controls (ECMA-48) and the explicit directions of Unicode's bidirectional algorithm, written as escapes."""
    text = BASE_RULE.replace("fix: Make it faster.", f'fix: "Make it\\u{code:04x} faster."')
    if not refused:
        assert pack_of(text).rules
        return
    assert faults(text)[0] == ("12:1", "the text holds control characters", "write it without them")


@pytest.mark.parametrize(
    ("line", "place", "what", "step"),
    [
        ("do: {fails: a, unknown: b, passes: c}", "18:28", "unknown key 'passes'", "known keys: fails, unknown"),
        ("do: {fails: '', unknown: b}", "18:6", "do.fails: expected a text of length >= 1", "write 1 to 200 characters"),
        (f"do: {{fails: {'x' * 201}, unknown: b}}", "18:6", "do.fails: expected a text of length <= 200", "write 1 to 200 characters"),
        ("title: {fails: a, unknown: b, shorts: c}", "18:31", "unknown key 'shorts'", "did you mean 'short'?"),
        ("title: {fails: '', unknown: b}", "18:9", "title.fails: expected a text of length >= 1", "write 1 to 60 characters"),
        ("title: {fails: a, unknown: ''}", "18:19", "title.unknown: expected a text of length >= 1", "write 1 to 60 characters"),
        (f"title: {{fails: {'x' * 61}, unknown: b}}", "18:9", "title.fails: expected a text of length <= 60", "write 1 to 60 characters"),
        (f"title: {{fails: a, unknown: {'x' * 61}}}", "18:19", "title.unknown: expected a text of length <= 60", "write 1 to 60 characters"),
        (f"title: {{fails: a, unknown: b, short: {'x' * 73}}}", "18:31", "title.short: expected a text of length <= 72", "write 0 to 72 characters"),
        ("cause: x", "18:1", "cause: the text does not have the required form", "write lower-case letters, digits and dashes: house-rules"),
    ],
)  # fmt: skip
def test_titles_and_actions_are_of_a_length_and_have_no_other_keys(line, place, what, step):
    assert faults(BASE_RULE + f"{line}\n") == [(place, what, step)]


def test_the_longest_titles_actions_and_texts_are_taken():
    title = f"title: {{fails: {'x' * 60}, unknown: {'y' * 60}, short: {'z' * 72}}}\n"
    text = BASE_RULE.replace("Make it faster.", "x" * 4000)
    (rule,) = pack_of(f"{text}{title}do: {{fails: {'x' * 200}, unknown: y}}\n").rules.values()
    assert (len(rule.fix), len(rule.title_fails), len(rule.title_short), len(rule.do_fails)) == (
        4000,
        60,
        72,
        200,
    )
    assert faults(text.replace("xxxx", "xxxxx", 1)) == [
        ("12:1", "fix: expected a text of length <= 4000", "write 1 to 4,000 characters")
    ]


@pytest.mark.parametrize(
    ("held", "place", "what", "step"),
    [
        ("{title: T, day: 1}", "4:33", "unknown key 'day'", "known keys: title, effort, owner"),
        (
            "{title: ''}",
            "4:23",
            "records.load-test.title: expected a text of length >= 1",
            "write 1 to 200 characters",
        ),
    ],
)
def test_a_record_of_a_pack_has_a_title_and_no_other_keys(held, place, what, step):
    assert faults(BASE_RULE, f"{BASE_PACK}records: {{load-test: {held}}}\n") == [(place, what, step)]


def test_a_file_counts_without_an_approver_unless_the_rule_asks_for_one():
    for line, wanted in (("", False), (", approver: true", True), (", approver: false", False)):
        text = BASE_RULE + f"evidence: {{contains: [a.b]{line}}}\n"
        (rule,) = pack_of(text).rules.values()
        assert rule.evidence is not None
        assert rule.evidence.approver is wanted


def test_a_choice_that_a_fact_cannot_have_is_refused_where_it_is_written() -> None:
    hosting = BASE_RULE.replace(GIVEN, "given: {slow: model.hosting}")
    wrong = hosting.replace(EXPECT, "expect: {value: slow, one_of: [self, slef]}")
    assert faults(wrong) == [("8:31", "expect.one_of: 'slef' is not one of self, hosted, none", "")]


def test_kinds_are_named_as_people_name_them() -> None:
    for line, what in (
        ("prior: much", "prior: expected a number or a mapping, got a text"),
        ("prior: {llm: much}", "prior.llm: expected a number, got a text"),
        ("limits: {b: 1}", "limits.b: expected a mapping, got a whole number"),
        ("aliases: {a: 1}", "aliases: expected a list, got a mapping"),
        ("exposure: {off: 1}", "exposure.off: expected a list, got a whole number"),
        ("evidence: 1", "evidence: expected a mapping, got a whole number"),
        ("evidence: {approver: 1}", "evidence.approver: expected true or false, got a whole number"),
        ("cause: 1", "cause: expected a text, got a whole number"),
    ):
        text = (
            BASE_RULE
            if not line.startswith("limits")
            else BASE_RULE.replace("limits:\n", "limits:\n  b: 1\n")
        )
        found = faults(text if line.startswith("limits") else f"{text}{line}\n")
        assert [fault[1] for fault in found] == [what], line


def test_a_list_of_what_it_restricts_and_what_it_names() -> None:
    both = faults(f"{BASE_RULE}exposure: {{off: [{{zzzz: x, act: noone}}]}}\n")
    assert [what for _, what, _ in both] == ["unknown facet 'zzzz'", "'noone' is not a value of act"]
    held = "references: [{framework: X, verified_on: 2026-02-27, applies_from: 2026-03-01}, {framework: Y, verified: false}]\n"
    (rule,) = pack_of(BASE_RULE + held).rules.values()
    assert [(one.verified_on, one.applies_from, one.verified) for one in rule.references] == [
        ("2026-02-27", "2026-03-01", True), ("", "", False),
    ]  # fmt: skip
    fixed = BASE_RULE.replace("at_most: allowed * fixed", "equals: true").replace(
        "value: slow", "value: slow > allowed * fixed"
    )
    assert pack_of(fixed).rules["Z01-base"].expect.bounds == ("true",)
    assert pack_of(fixed.replace("equals: true", "equals: false")).rules["Z01-base"].expect.bounds == (
        "false",
    )


@pytest.mark.parametrize(
    "line",
    [
        "levers: [slo.p99]", "prior: 0", "prior: {llm: 1, else: 0}", "aliases: [Z01, a/b]", "short: has(slow) && slow < 550 ms\n",
        "exposure: {high: [{level: low, stage: [pilot, limited]}]}", "references: [{framework: Z, verified: false}]",
        "evidence: {where: slow > 1 s || content.a, max_age: 1 s, contains: [a, a.b]}",
    ],
)  # fmt: skip
def test_what_is_right_is_taken(line: str) -> None:
    examples = "  - {state: short, given: {slow: 520 ms}}\nsince:" if "short" in line else "since:"
    (rule,) = pack_of(f"{BASE_RULE.replace('since:', examples)}{line}\n").rules.values()
    assert rule.id == "Z01-base"
