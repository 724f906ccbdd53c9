"""The ledger from file to page: each kind of waiver acts as it should and is shown in every output."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest
from running_the_gate import EXAMPLES, TODAY, Done, Gate, machine_of

ENTRY = """\
  - id: {id}
    rule: {rule}
    subject: '{subject}'
    reason: {id} has its reason
    plan: {id} has its plan
    owner: head of support
    approver: finance partner
    expires: {expires}
"""


@pytest.fixture
def pilot(tmp_path: Path) -> Path:
    """Return a copy of the example that gets GO; B06 is open there, and A09 is a blocker for each source."""
    return Path(shutil.copytree(EXAMPLES / "support-assistant", tmp_path / "pilot"))


def ledger(pilot: Path, *entries: tuple[str, str, str], subject: str = "") -> None:
    """Write the ledger: id, rule and last day of each waiver."""
    written = "".join(ENTRY.format(id=i, rule=r, expires=e, subject=subject) for i, r, e in entries)
    (pilot / "poc-gate.waivers.yaml").write_text(f"waivers:\n{written}")


def assess(
    gate: Gate, pilot: Path, *more: str, on: str = TODAY, **environment: str
) -> tuple[Done, dict, str]:
    """Return the run, its JSON and the words of its HTML; the terminal's words are in the run."""
    day = ["--on", on] if on else []
    done = gate(
        "assess", str(pilot), "--machine", machine_of("support-assistant"), *day, "-v", *more,
        "--format", "terminal", "--format", "json=out.json", "--format", "html=out.html",
        environment=environment or None,
    )  # fmt: skip
    assert done.code in {0, 10, 12}, done.err
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", (gate.folder / "out.html").read_text()))
    return done, json.loads((gate.folder / "out.json").read_text()), page


def finding(result: dict, rule: str) -> dict:
    """Return the one finding of a rule."""
    (found,) = (found for found in result["findings"] if found["rule"] == rule)
    return found


def test_an_active_waiver_covers_its_finding_and_stays_visible(gate: Gate, pilot: Path):
    before = finding(assess(gate, pilot)[1], "B06-load-tested-at-peak")
    ledger(pilot, ("W-1", "B06-load-tested-at-peak", "2027-01-31"))
    done, result, page = assess(gate, pilot)
    found = finding(result, "B06-load-tested-at-peak")
    assert (found["state"], found["waived_from"], found["waiver"]) == ("waived", before["state"], "W-1")
    (told,) = result["waivers"]
    assert (told["status"], told["expires"], told["place"]["line"]) == ("active", "2027-01-31", 2)
    for shown in (done.out, page):
        assert "W-1 has its reason" in shown
        assert "2027-01-31" in shown
        assert "finance partner" in shown
        assert "1 waived" in shown or "waived 1" in shown or "waiver of" in shown


def test_it_holds_to_the_end_of_its_day_and_then_the_finding_is_open_again(gate: Gate, pilot: Path):
    ledger(pilot, ("W-1", "B06-load-tested-at-peak", "2026-12-01"))
    _, last_day, _ = assess(gate, pilot, on="2026-12-01")
    assert finding(last_day, "B06-load-tested-at-peak")["state"] == "waived"
    done, result, page = assess(gate, pilot, on="2026-12-02")
    assert finding(result, "B06-load-tested-at-peak")["state"] == "unknown"
    (told,) = result["waivers"]
    assert told["status"] == "expired"
    assert "2026-12-01" in told["note"]
    assert "expired" in done.out
    assert "expired" in page


@pytest.mark.parametrize(
    ("zone", "days", "status"), [("Pacific/Kiritimati", 0, "active"), ("Etc/GMT+12", -1, "expired")]
)
def test_the_day_is_that_of_utc_wherever_the_machine_stands(
    gate: Gate, pilot: Path, zone: str, days: int, status: str
):
    """Without `--on`, fourteen hours ahead and twelve behind: the local day is another one for half a day."""
    for _ in range(2):  # midnight may pass while it runs; not twice
        day = dt.datetime.now(tz=dt.UTC).date()
        ledger(pilot, ("W-1", "B06-load-tested-at-peak", (day + dt.timedelta(days=days)).isoformat()))
        _, result, _ = assess(gate, pilot, on="", TZ=zone)
        if dt.datetime.now(tz=dt.UTC).date() == day:
            break
    assert result["assessed_on"] == day.isoformat()
    assert result["waivers"][0]["status"] == status


def test_a_waiver_that_covers_nothing_is_told(gate: Gate, pilot: Path):
    ledger(pilot, ("W-1", "I01-accountable-owner", "2027-01-31"), ("W-2", "Z99-no-such-rule", "2027-01-31"))
    done, result, page = assess(gate, pilot)
    assert [(w["status"], w["note"]) for w in result["waivers"]] == [
        ("unused", "the finding passes"),
        ("unused", "no rule of that name was judged"),
    ]
    assert done.out.count("unused") >= 2
    assert page.count("unused") >= 2
    assert finding(result, "I01-accountable-owner")["state"] == "pass"


def test_a_blocker_is_never_waived(gate: Gate, pilot: Path):
    manifest = pilot / "pilot.yaml"
    text = manifest.read_text()
    assert text.count("prod_access: granted") == 1
    manifest.write_text(text.replace("prod_access: granted", "prod_access: none"))
    asked = ("--stage", "production")
    before = finding(assess(gate, pilot, *asked)[1], "A09-prod-access-granted")
    assert (before["severity"], before["state"]) == ("blocker", "fail")
    ledger(pilot, ("W-1", "A09-prod-access-granted", "2027-01-31"), subject="sources[knowledge-base]")
    done, result, page = assess(gate, pilot, *asked)
    assert done.code == 12
    assert finding(result, "A09-prod-access-granted")["state"] == "fail"
    (told,) = result["waivers"]
    assert (told["status"], told["note"]) == ("refused", "a blocker is never waived")
    assert "refused" in page
    assert "Refused: a blocker is never waived." in re.sub(r"\s+", " ", done.out)


def test_a_waiver_for_longer_than_180_days_is_refused_with_its_place(gate: Gate, pilot: Path):
    longest = dt.date.fromisoformat(TODAY) + dt.timedelta(days=180)
    ledger(pilot, ("W-1", "B06-load-tested-at-peak", longest.isoformat()))
    assert assess(gate, pilot)[1]["waivers"][0]["status"] == "active"
    ledger(
        pilot,
        ("W-1", "B06-load-tested-at-peak", (longest + dt.timedelta(days=1)).isoformat()),
        ("W-2", "B06-load-tested-at-peak", "2030-01-01"),
    )
    done = gate("assess", str(pilot), "--machine", machine_of("support-assistant"), "--on", TODAY)
    assert (done.code, done.out) == (3, "")
    for line, name in ((2, "W-1"), (10, "W-2")):
        assert f"{pilot}/poc-gate.waivers.yaml:{line}:5: the waiver {name} runs until" in done.err
    assert "more than 180 days" in done.err


def test_a_broken_ledger_is_never_ignored(gate: Gate, pilot: Path):
    (pilot / "poc-gate.waivers.yaml").write_text(
        "waivers:\n  - {rule: B06-load-tested-at-peak, untill: 2027-01-31}\n"
    )
    done = gate("assess", str(pilot), "--machine", machine_of("support-assistant"), "--on", TODAY)
    assert (done.code, done.out) == (3, "")
    assert "unknown key 'untill'" in done.err
    assert "owner is missing" in done.err
    elsewhere = gate(
        "assess",
        str(pilot),
        "--machine",
        machine_of("support-assistant"),
        "--on",
        TODAY,
        "--waivers",
        "no.yaml",
    )
    assert elsewhere.code == 3
    assert "no.yaml" in elsewhere.err


MISNAMED = """
not_applicable:
  - {rule: F13-privacy-bases, reason: no personal data, approver: data protection officer}
"""


def test_a_misspelt_rule_in_the_manifest_is_told_with_the_nearest_name(gate: Gate, pilot: Path):
    """An entry without effect is not silent: its author believes that it counts."""
    manifest = pilot / "pilot.yaml"
    text = manifest.read_text().replace("rule: A08-usage-rights,", "rule: A08-usage-right,")
    manifest.write_text(text + MISNAMED)
    done = gate("assess", str(pilot), "--machine", machine_of("support-assistant"), "--on", TODAY)
    assert done.code == 11, "the file no longer counts for the blocker, and says so"
    assert "no rule is called 'A08-usage-right', so no file counts for it" in done.err
    assert "did you mean 'A08-usage-rights'?" in done.err
    assert f"pilot.yaml:{len(text.splitlines()) + 3}:5: no rule is called 'F13-privacy-bases'" in done.err
