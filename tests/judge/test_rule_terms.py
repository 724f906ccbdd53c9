"""What counts as asking for less than before: limits that were loosened, assertions that were rewritten, and nothing else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from rule_texts import pack_of, rule_text

from poc_gate.judge.packs.rule_terms import rule_terms, terms_by_rule, weaker_terms
from poc_gate.model.claim import Place
from poc_gate.model.parts.pack_use import PackUse, RuleTerms
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Limit

RULE, AT = Place("base/Z01-base.yaml", 1, 1), Place("base/Z01-base.yaml", 10, 3)


def limit(value: float, tighter: str = "lower", unit: str = "s", place: Place | None = AT) -> Limit:
    return Limit("allowed", Quantity(value, unit), tighter=tighter, place=place)


def use(
    *limits: Limit, asserts: str = "a", rule: str = "Z01-base", applied: bool = True
) -> tuple[PackUse, ...]:
    return (
        PackUse(
            "base", "0.1.0", "", 1, applied=applied, note="", terms=(RuleTerms(rule, asserts, limits, RULE),)
        ),
    )


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (limit(0.5), limit(0.6), "The limit allowed of Z01-base was loosened from 500 ms to 600 ms."),
        (limit(0.5), limit(0.4), None),
        (limit(0.5), limit(0.5), None),
        (
            limit(0.5, "higher"),
            limit(0.4, "higher"),
            "The limit allowed of Z01-base was loosened from 500 ms to 400 ms.",
        ),
        (limit(0.5, "higher"), limit(0.6, "higher"), None),
        (limit(0.5, ""), limit(0.4, ""), "allowed of Z01-base was changed from 500 ms to 400 ms."),
        (limit(0.5), limit(0.4, unit="B"), "allowed of Z01-base was changed from 500 ms to 0.4 B."),
        (None, limit(0.6), None),
    ],
)
def test_a_limit_that_was_loosened_is_told(before: Limit | None, now: Limit, said: str | None) -> None:
    found = list(weaker_terms(use(*(() if before is None else (before,))), use(now)))
    assert found == ([] if said is None else [("Z01-base", said, AT)])


def test_a_limit_without_a_place_is_looked_for_at_its_rule() -> None:
    ((_, _, place),) = weaker_terms(use(limit(0.5)), use(limit(0.6, place=None)))
    assert place == RULE


def test_a_rewritten_assertion_counts_and_a_new_rule_does_not() -> None:
    said = "What Z01-base asserts, or takes as evidence, was changed."
    assert list(weaker_terms(use(), use(asserts="b"))) == [("Z01-base", said, RULE)]
    assert list(weaker_terms(use(), use(asserts="b", rule="Z02-new"))) == []
    assert list(weaker_terms(use(applied=False), use(asserts="b"))) == []
    both = (*use(rule="Z02-new"), *use(asserts="b"))
    assert [rule for rule, _, _ in weaker_terms(use(), both)] == ["Z01-base"], (
        "a new rule hides none after it"
    )
    assert set(terms_by_rule((*use(), *use(rule="Z02-new", applied=False)))) == {"Z01-base"}


PLAIN = rule_text("Z10-terms", "{that: j}", "{j: path.retry_jitter}")


def asserted(text: str) -> str:
    (rule,) = pack_of(text).rules.values()
    return rule_terms(rule).asserts


def test_everything_that_decides_a_finding_is_in_the_digest() -> None:
    filed = PLAIN + "evidence: {where: content.a, contains: [a], max_age: 90 d, parses_as: [yaml]}\n"
    watched = "{j: path.retry_jitter, errors: observed.error_rate}"
    seen = rule_text("Z10-terms", "{that: j}", watched, seen="[{that: errors < 10 %, says: x}]")
    others = [
        PLAIN.replace("path.retry_jitter", "security.prompts_personal"), PLAIN.replace("{that: j}", "{that: '!j'}"), filed,
        filed.replace("content.a", "content.b"), filed.replace("90 d", "91 d"), filed.replace("[yaml]", "[json]"), filed.replace("contains: [a]", "contains: [b]"),
        PLAIN + "applies_from: 2027-01-01\n", seen, seen.replace("10 %", "11 %"),
        PLAIN.replace("examples: [", "when: j\nexamples: [{state: not-applicable, given: {}}, "),
    ]  # fmt: skip
    digests = [asserted(PLAIN), *map(asserted, others)]
    assert len(set(digests)) == len(digests)
    assert all(len(digest) == 16 for digest in digests)


def test_words_and_severity_are_not_in_the_digest() -> None:
    seen = rule_text(
        "Z10-terms",
        "{that: j}",
        "{j: path.retry_jitter, errors: observed.error_rate}",
        seen="[{that: errors < 10 %, says: x}]",
    )
    assert asserted(PLAIN) == asserted(
        PLAIN.replace("severity: high", "severity: low").replace("Mend it.", "Do.")
    )
    assert asserted(seen) == asserted(seen.replace("says: x", "says: y"))
    (rule,) = pack_of(PLAIN).rules.values()
    assert rule_terms(rule) == rule_terms(replace(rule, why="Another reason."))
