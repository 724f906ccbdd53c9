"""The waiver ledger: what it covers, what it never covers, and what is told about every line of it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from random_findings import BLANK

from poc_gate.errors import InvalidInputError
from poc_gate.judge.packs.read_waivers import read_waivers
from poc_gate.judge.verdict.apply_waivers import apply_waivers
from poc_gate.model.claim import Place
from poc_gate.model.finding import Finding, State, Waiver
from poc_gate.model.rule import Severity

TODAY = "2026-11-22"
FAILED = replace(BLANK, rule="Z01-r", state=State.FAIL, severity=Severity.HIGH)
WAIVER = Waiver(
    "w1", "Z01-r", "", "load test is booked", "data engineer", "service owner", "2027-01-31",
    Place("poc-gate.waivers.yaml", 2, 5), plan="run it in week 3",
)  # fmt: skip


def applied(finding: Finding, waiver: Waiver, today: str = TODAY) -> tuple[Finding, Waiver]:
    findings, waivers = apply_waivers([finding], [waiver], today=today)
    return findings[0], waivers[0]


@pytest.mark.parametrize("state", [State.FAIL, State.UNKNOWN])
def test_it_covers_an_open_finding_and_keeps_its_state(state: State) -> None:
    finding, waiver = applied(replace(FAILED, state=state), WAIVER)
    assert (finding.state, finding.waived_from, finding.waiver) == (State.WAIVED, state, "w1")
    assert finding.waiver_plan == "run it in week 3"
    assert waiver.status == "active"


@pytest.mark.parametrize(
    ("change", "waiver", "status", "note"),
    [
        ({"severity": Severity.BLOCKER}, {}, "refused", "a blocker is never waived"),
        ({"state": State.ERROR}, {}, "refused", "fixed"),
        ({"dimension": ""}, {}, "refused", "cannot be waived"),
        ({"state": State.PASS}, {}, "unused", "the finding passes"),
        ({"state": State.NOT_APPLICABLE}, {}, "unused", "the rule does not apply"),
        ({"due": "2027-12-02"}, {}, "unused", "not yet due"),
        ({"rule": "Z02-r"}, {}, "unused", "no rule of that name was judged; the nearest is Z02-r"),
        ({"rule": "Y77-far-away"}, {}, "unused", "no rule of that name was judged"),
        ({"subject": "sources[a]", "severity": Severity.BLOCKER}, {}, "refused", "a blocker is never waived"),
        ({"subject": "sources[a]"}, {}, "unused", "name one, such as sources[a]"),
        ({"subject": "sources[a]"}, {"subject": "sources[b]"}, "unused", "no subject sources[b]"),
        ({}, {"expires": "2026-11-21"}, "expired", "open again"),
        ({}, {"expires": "2027-05-22"}, "refused", "at most 180"),
    ],
)
def test_what_it_does_not_cover_stays_open(
    change: dict[str, object], waiver: dict[str, str], status: str, note: str
) -> None:
    before = replace(FAILED, **change)  # type: ignore[arg-type]
    after, told = applied(before, replace(WAIVER, **waiver))  # type: ignore[arg-type]
    assert after == before
    assert told.status == status
    assert note in told.note


def test_a_short_id_names_a_rule_that_has_it_alone() -> None:
    short = replace(WAIVER, rule="Z01")
    finding, waiver = applied(FAILED, short)
    assert (finding.state, waiver.status) == (State.WAIVED, "active")
    twins = [FAILED, replace(FAILED, rule="Z01-other", severity=Severity.BLOCKER)]
    findings, waivers = apply_waivers(twins, [short], today=TODAY)
    assert [found.state for found in findings] == [State.FAIL, State.FAIL]
    assert waivers[0].status == "unused"


def test_it_holds_until_the_end_of_its_day() -> None:
    assert applied(FAILED, WAIVER, "2027-01-31")[1].status == "active"
    assert applied(FAILED, WAIVER, "2027-02-01")[1].status == "expired"


def test_the_longest_waiver_is_180_days() -> None:
    assert applied(FAILED, replace(WAIVER, expires="2027-05-21"))[1].status == "active"


def test_a_second_waiver_for_the_same_finding_is_unused() -> None:
    _, waivers = apply_waivers([FAILED], [WAIVER, replace(WAIVER, id="w2")], today=TODAY)
    assert [waiver.status for waiver in waivers] == ["active", "unused"]


LEDGER = b"""\
waivers:
  - rule: Z01-r
    subject: sources[a]
    reason: load test is booked
    owner: data engineer
    approver: service owner
    expires: 2027-01-31
    plan: run it in week 3
"""


def test_a_ledger_is_read_with_places() -> None:
    (waiver,) = read_waivers(LEDGER, "poc-gate.waivers.yaml")
    assert waiver.id == "Z01-r/sources[a]"
    assert (waiver.place.line, waiver.expires, waiver.plan) == (2, "2027-01-31", "run it in week 3")
    assert read_waivers(b"", "poc-gate.waivers.yaml") == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("owner: data engineer\n    ", "", r"yaml:2:\d+: waivers\[0\]\.owner is missing"),
        ("reason: load test is booked", 'reason: ""', "yaml:4:.*reason"),
        ("2027-01-31", "2027-02-30", "yaml:7:14: '2027-02-30' is not a calendar date"),
        ("2027-01-31", "next year", "yaml:7:.*expires"),
        ("plan:", "plans:", "yaml:8:5: unknown key 'plans'\n    -> did you mean 'plan'"),
        ("waivers:", "waiver:", "unknown key 'waiver'"),
    ],
)
def test_a_broken_ledger_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    assert old in LEDGER.decode()
    with pytest.raises(InvalidInputError, match=said):
        read_waivers(LEDGER.decode().replace(old, new).encode(), "poc-gate.waivers.yaml")


@pytest.mark.parametrize(
    ("subject", "named", "expected"),
    [
        ("", "", "Z01-r"),
        ("", "W-7", "W-7"),
        ("sources[a]", "W-7", "W-7"),
        ("sources[a]", "", "Z01-r/sources[a]"),
    ],
)
def test_a_waiver_is_called_by_its_id_else_by_what_it_covers(subject: str, named: str, expected: str) -> None:
    text = LEDGER.decode().replace(
        "    subject: sources[a]\n", f"    subject: '{subject}'\n    id: '{named}'\n"
    )
    assert [waiver.id for waiver in read_waivers(text.encode(), "w.yaml")] == [expected]


def test_an_id_given_twice_is_refused() -> None:
    twice = LEDGER + LEDGER.replace(b"waivers:\n", b"")
    with pytest.raises(InvalidInputError, match="appears twice"):
        read_waivers(twice, "poc-gate.waivers.yaml")


def test_a_rule_that_blocks_for_some_subjects_asks_for_one_by_name():
    several = [
        replace(FAILED, subject=f"sources[{name}]", severity=severity)
        for name, severity in (("a", Severity.BLOCKER), ("b", Severity.HIGH))
    ]
    _, (waiver,) = apply_waivers(several, [WAIVER], today=TODAY)
    assert (waiver.status, "name one, such as sources[a]" in waiver.note) == ("unused", True)
