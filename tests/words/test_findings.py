"""Every reason has words of its own: a title in the state it is in, a sentence that stands alone, and details."""

from __future__ import annotations

import re

import pytest

from poc_gate.model.claim import Place, Provenance
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import Clause, Reason, ReasonKind, Term
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import EvidenceClass, Severity
from poc_gate.words.judged.findings import details, message, title, with_item, worded

WHAT = "Answers arrive before people give up"
TIME = Term(Quantity(0.6, "s"), "slo.p99", "99th percentile of the end-to-end latency")
LIMIT = Term(Quantity(0.5, "s"), needed=True)
PRICE = Term(Quantity(2.0, "money"), "flow.cost.per_request", "Cost of one request")

REASONS = {
    ReasonKind.HOLDS: Reason(ReasonKind.HOLDS),
    ReasonKind.COMPARED: Reason(ReasonKind.COMPARED, (Clause("<=", (TIME,), (LIMIT,)),)),
    ReasonKind.DIFFERS: Reason(
        ReasonKind.DIFFERS, (Clause("in", (Term("pending", "x", "State of access"),), (Term("granted"),)),)
    ),
    ReasonKind.SEEN: Reason(
        ReasonKind.SEEN, (Clause("<=", (TIME,), (LIMIT,)),), notes=("Time to the first token under load",)
    ),
    ReasonKind.BROKEN: Reason(
        ReasonKind.BROKEN, (Clause("yes", (Term(value=False, fact="a.b", meaning="Retries back off"),)),)
    ),
    ReasonKind.SET_ASIDE: Reason(ReasonKind.SET_ASIDE, terms=(Term("none", "model.hosting", "Who runs it"),)),
    ReasonKind.ONLY_TYPED: Reason(
        ReasonKind.ONLY_TYPED, terms=(Term("none", "model.hosting", "Who runs it"),)
    ),
    ReasonKind.DECLARED: Reason(ReasonKind.DECLARED, notes=("no model is used",), by="risk officer"),
    ReasonKind.HARMLESS: Reason(ReasonKind.HARMLESS, names=("act is none",)),
    ReasonKind.EMPTY_LIST: Reason(ReasonKind.EMPTY_LIST, names=("sources",)),
    ReasonKind.NO_LIST: Reason(ReasonKind.NO_LIST, names=("sources",)),
    ReasonKind.DISPUTED: Reason(ReasonKind.DISPUTED, names=("purpose.risk_tier",)),
    ReasonKind.PACK_OPEN: Reason(ReasonKind.PACK_OPEN, names=("purpose.regimes",), by="banking"),
    ReasonKind.MISSING: Reason(ReasonKind.MISSING, names=("slo.p99", "slo.p50")),
    ReasonKind.STRADDLES: Reason(ReasonKind.STRADDLES, (Clause("<=", (TIME,), (LIMIT,)),)),
    ReasonKind.SCATTERED: Reason(ReasonKind.SCATTERED, names=("slo.p99",)),
    ReasonKind.ASSUMED: Reason(ReasonKind.ASSUMED, terms=(TIME,)),
    ReasonKind.NO_FILE: Reason(ReasonKind.NO_FILE),
    ReasonKind.NOT_SHOWN: Reason(ReasonKind.NOT_SHOWN, notes=("the file is empty",)),
    ReasonKind.IMPOSSIBLE: Reason(ReasonKind.IMPOSSIBLE, notes=("division by zero",)),
    ReasonKind.DISAGREE: Reason(
        ReasonKind.DISAGREE,
        terms=(
            Term("a", "slo.p99", "x", provenance=Provenance.IMPORTED),
            Term("b", "slo.p99", "x", provenance=Provenance.DECLARED),
        ),
    ),
    ReasonKind.WEAKER: Reason(ReasonKind.WEAKER, notes=("the stage was lowered from production to pilot",)),
}

BANNED = re.compile(
    r"\bmoney\b|\bis no\b|\btold\b|\bstands?\b|\blies?\b|Not so:|Cannot be told|\bmay not go\b|  |\.\.|[ (]\.|: \.|\bNone\b"
)
"""Translated idiom, unit names of the inside, and seams of sentences that were glued together."""


def finding(reason: Reason, state: State = State.FAIL, subject: str = "") -> Finding:
    """Return a finding of that reason."""
    return Finding(
        rule="Z01-time", pack="p", subject=subject, state=state, severity=Severity.HIGH, dimension="latency",
        what=WHAT, required=EvidenceClass.DECLARED, held=EvidenceClass.DECLARED, place=Place("pilot.yaml", 3, 1),
        reason=reason,
    )  # fmt: skip


def test_every_kind_of_reason_is_among_the_samples():
    assert set(REASONS) == set(ReasonKind)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", ReasonKind)
def test_the_words_of_every_reason_are_whole_sentences(kind: ReasonKind, state: State):
    made = worded(finding(REASONS[kind], state), "EUR")
    for text in (made.message, details(made, "EUR")):
        assert not BANNED.search(text), text
        assert text == "" or (text[0].isupper() or text[0].isdigit() or text.startswith(("`", "slo."))), text
        assert text == "" or text.endswith((".", "no model is used")), text
    assert made.message
    assert made.title
    assert not made.title.endswith(".")


def test_a_title_says_the_state():
    reason = REASONS[ReasonKind.COMPARED]
    assert title(finding(reason)) == "Not met: answers arrive before people give up"
    assert title(finding(reason, State.UNKNOWN)) == "Not answered: answers arrive before people give up"
    assert title(finding(reason, State.PASS)) == WHAT


@pytest.mark.parametrize(
    ("sign", "left", "right", "said"),
    [
        ("<=", TIME, LIMIT, "600 ms, 20 % over the limit of 500 ms"),
        ("<=", TIME, Term(Quantity(0.1, "s"), needed=True), "600 ms, 6 times the limit of 100 ms"),
        ("<=", TIME, Term(Quantity(0.5, "s")), "600 ms, 20 % more than the 500 ms available"),
        ("<=", TIME, Term(Quantity(0.7, "s")), "600 ms, within the 700 ms available"),
        (">=", TIME, Term(Quantity(1.2, "s"), needed=True), "600 ms, 50 % below the required 1.2 s"),
        (">=", TIME, LIMIT, "600 ms, at or above the required 500 ms"),
        ("<=", PRICE, Term(Quantity(1.0, "money"), needed=True), "2 EUR, twice the limit of 1 EUR"),
        ("==", Term("pending", "x", "State"), Term("granted"), "State: pending; must be granted"),
        ("!=", Term("extract", "x", "Kind"), Term("extract"), "Kind: extract; must not be extract"),
        ("has", Term(("a", "b"), "x", "Covered"), Term("config"), "Covered: a, b; config is missing"),
        ("stated", Term("", "x", "Owner"), Term(), "Owner: not stated"),
        (
            "no",
            Term(value=True, fact="x", meaning="Windows overlap"),
            Term(),
            "Windows overlap.",
        ),
    ],
)
def test_a_clause_says_what_is_and_what_would_have_to_be(sign: str, left: Term, right: Term, said: str):
    kind = ReasonKind.COMPARED if sign in {"<=", ">="} else ReasonKind.BROKEN
    assert said in message(finding(Reason(kind, (Clause(sign, (left,), (right,)),))), "EUR")


def test_facts_of_the_own_item_are_named_without_it_and_others_with_it():
    reason = Reason(ReasonKind.MISSING, names=("sources[a].p99", "sources[b].p99", "slo.p99"))
    assert (
        details(finding(reason, State.UNKNOWN, "sources[a]")) == "Unknown: p99, sources[b].p99 and slo.p99."
    )


def test_the_item_is_put_in_front_once():
    made = worded(finding(REASONS[ReasonKind.COMPARED], subject="sources[policy-db]"))
    assert with_item(made) == f"policy-db: {made.message}"
    assert "policy-db" not in made.message


def test_a_result_that_kept_sentences_alone_keeps_them():
    kept = finding(REASONS[ReasonKind.HOLDS])
    old = worded(
        Finding(
            **{name: getattr(kept, name) for name in kept.__struct_fields__}
            | {"reason": None, "message": "Old words."}
        )
    )
    assert old.message == "Old words."
    assert details(old) == "Old words."


def test_a_file_at_the_start_of_a_sentence_keeps_its_name():
    reason = Reason(ReasonKind.NOT_SHOWN, notes=("records/t.yaml does not count: it is old", "a copy counts"))
    assert message(finding(reason)).endswith("records/t.yaml does not count: it is old; A copy counts.")


def test_a_computed_input_is_named_by_what_it_means_and_a_stated_one_by_its_field() -> None:
    bound = Term(
        Quantity(0.607, "1"),
        "flow.citations.error_upper",
        "95 % upper bound of the share of answers with a wrong citation",
    )
    most = Term(
        Quantity(0.05, "1"), "retrieval.citation_error_max", "Share of wrong citations that is accepted"
    )
    reason = Reason(ReasonKind.BROKEN, (Clause("", (bound, most), ()),))
    words = details(finding(reason, State.FAIL))
    assert words.startswith(
        "95 % upper bound of the share of answers with a wrong citation: 60.7 %; citation error max: 5 %"
    )
