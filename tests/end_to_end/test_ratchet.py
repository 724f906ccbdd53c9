"""`--ratchet` on a real git repository: what makes a pilot or its gate worse is caught, in one line each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from a_repository import ASSESS, PACK, Repository, line_of
from running_the_gate import Gate, assess_arguments

PILOT = "pilot/pilot.yaml"
LEDGER = """\
waivers:
  - id: W-1
    rule: B06-load-tested-at-peak
    reason: The price is being negotiated.
    owner: head of support
    approver: finance partner
    expires: 2027-01-31
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with one commit."""
    return Repository(tmp_path / "repository")


def lower_a_limit(repository: Repository) -> None:
    repository.edit("packs/house-rules/HR02-time-to-review.yaml", "value: 30 s", "value: 5 s")


def lower_a_limit_and_hide_it(repository: Repository) -> None:
    """Move the fact as well, so that the finding cannot be compared number by number."""
    lower_a_limit(repository)
    repository.edit(PILOT, "review_time: 45 s", "review_time: 6 s")


def lower_a_limit_of_evidence(repository: Repository) -> None:
    repository.edit("packs/house-rules/HR03-tabletop-exercise.yaml", "value: 2, tighter", "value: 1, tighter")
    repository.edit(
        "packs/house-rules/HR03-tabletop-exercise.yaml", "present: [on call], f", "present: [], f"
    )


def accept_another_system(repository: Repository) -> None:
    repository.edit(
        "packs/house-rules/HR01-approved-systems.yaml", "postgresql, kafka", "postgresql, excel, kafka"
    )


def no_longer_tighten(repository: Repository) -> None:
    repository.edit("packs/house-rules/pack.yaml", "value: 60 %", "value: 65 %")


def remove_a_rule(repository: Repository) -> None:
    (repository.folder / "packs/house-rules/HR01-approved-systems.yaml").unlink()


def lower_a_severity(repository: Repository) -> None:
    repository.edit("packs/house-rules/HR02-time-to-review.yaml", "{pilot: medium,", "{pilot: low,")


def add_a_waiver(repository: Repository) -> None:
    (repository.folder / "pilot/poc-gate.waivers.yaml").write_text(LEDGER)


def delete_a_field(repository: Repository) -> None:
    repository.edit(PILOT, "  wage: 36 EUR/h\n", "")


def slow_a_source(repository: Repository) -> None:
    repository.edit(PILOT, "    p99: 24 ms\n", "    p99: 240 ms\n")


def lower_the_stage(repository: Repository) -> None:
    repository.edit(PILOT, "  stage: limited\n", "  stage: pilot\n")


def say_that_a_rule_does_not_apply(repository: Repository) -> None:
    entry = "not_applicable:\n  - {rule: J02, reason: Growth is not planned., approver: finance partner}\n"
    path = repository.folder / PILOT
    path.write_text(path.read_text() + entry)


def accept_conditions(repository: Repository) -> None:
    (repository.folder / "poc-gate.toml").write_text('[assess]\naccept = "conditional"\n')


RULES = "packs/house-rules"
CAUGHT: dict[Callable[[Repository], None], tuple[str, str]] = {
    lower_a_limit: (
        f"{RULES}/HR02-time-to-review.yaml:16:13",
        "The limit time_min of HR02-time-to-review was loosened from 30 s to 5 s.",
    ),
    lower_a_limit_and_hide_it: (
        f"{RULES}/HR02-time-to-review.yaml:16:13",
        "The limit time_min of HR02-time-to-review was loosened from 30 s to 5 s.",
    ),
    lower_a_limit_of_evidence: (
        f"{RULES}/HR03-tabletop-exercise.yaml:18:16",
        "The limit present_min of HR03-tabletop-exercise was loosened from 2 to 1.",
    ),
    accept_another_system: (
        f"{RULES}/HR01-approved-systems.yaml:2:1",
        "What HR01-approved-systems asserts, or takes as evidence, was changed.",
    ),
    no_longer_tighten: (
        f"{RULES}/pack.yaml:9:9",
        "The limit load_max of E09-oversight-capacity was loosened from",
    ),
    remove_a_rule: (
        "pilot/pilot.yaml:3:1",
        "The rule HR01-approved-systems was removed from the pack house-rules.",
    ),
    lower_a_severity: (
        f"{PILOT}:{line_of('review_time:')}:16",
        "HR02-time-to-review fell from medium to low.",
    ),
    add_a_waiver: ("pilot/poc-gate.waivers.yaml:2:5", "This change adds the waiver W-1 until 2027-01-31."),
    say_that_a_rule_does_not_apply: ("pilot/pilot.yaml:", "J02-cost-at-10x was set aside as not applicable"),
    accept_conditions: (
        "poc-gate.toml:2:1",
        "The configuration changed accept from its default to conditional.",
    ),
}
"""Each change that weakens the gate, where it is told, and the words."""


@pytest.mark.parametrize("change", CAUGHT, ids=lambda change: change.__name__)
def test_a_change_that_weakens_the_gate_is_told_with_what_and_where(
    repository: Repository, change: Callable[[Repository], None]
):
    change(repository)
    repository.commit("a change")
    done = repository.ratchet()
    assert done.code == 13, done.out + done.err
    place, words = CAUGHT[change]
    told = [row for row in done.err.splitlines() if "X02-gate-not-weakened: " in row]
    assert len(told) == 1, "one line for one thing"
    assert told[0].startswith(place)
    assert words in told[0]
    assert done.err.splitlines()[-1] == "gate: GO, but worse than the base: X02-gate-not-weakened."


def test_a_slower_source_is_a_regression(repository: Repository):
    repository.edit(PILOT, "    p99: 24 ms\n", "    p99: 240 ms\n")
    repository.commit("a slower source")
    done = repository.ratchet()
    assert done.code == 13, done.out + done.err
    told = [row for row in done.err.splitlines() if "B05-tail-ratio: " in row]
    assert len(told) == 1
    assert re.match(r"pilot/pilot\.yaml:\d+:\d+: ", told[0])
    assert "40" in told[0], "p99 over p50, with the number"
    assert repository.gate(*ASSESS, *PACK).code == 0, "without the ratchet it passes"


def test_a_deleted_field_is_told_by_every_rule_that_loses_it(repository: Repository):
    repository.edit(PILOT, "  wage: 36 EUR/h\n", "")
    repository.commit("one field less")
    done = repository.ratchet()
    assert done.code == 13, done.out + done.err
    lost = [row for row in done.err.splitlines() if "Unknown: cost.wage." in row]
    assert {row.split(": ")[1] for row in lost} >= {"J01-unit-cost", "J02-cost-at-10x", "J03-value-ratio"}
    harder = repository.ratchet("--stage", "limited")
    assert harder.code == 11, "the verdict itself is worse, which is the worse news"


def test_a_lower_stage_is_told(repository: Repository):
    repository.edit(PILOT, "  stage: pilot\n", "  stage: limited\n")
    repository.commit("asks for more")
    repository.edit(PILOT, "  stage: limited\n", "  stage: pilot\n")
    repository.commit("asks for less")
    done = repository.ratchet()
    assert done.code == 13, done.out + done.err
    line = "X02-gate-not-weakened: The stage was lowered from limited to pilot."
    assert any(line in row and row.startswith("pilot/pilot.yaml:") for row in done.err.splitlines())


def unrelated(repository: Repository) -> None:
    (repository.folder / "README.md").write_text("Words.\n")
    repository.edit(PILOT, "# A support assistant", "# Another first line.\n# A support assistant")


def tighten(repository: Repository) -> None:
    repository.edit("packs/house-rules/HR02-time-to-review.yaml", "value: 30 s", "value: 40 s")
    repository.edit("packs/house-rules/HR02-time-to-review.yaml", "{time: 30 s, ", "{time: 40 s, ")


def raise_a_severity(repository: Repository) -> None:
    repository.edit("packs/house-rules/HR01-approved-systems.yaml", "{pilot: low,", "{pilot: high,")


def improve(repository: Repository) -> None:
    repository.edit(PILOT, "    p99: 24 ms\n", "    p99: 20 ms\n")


def add_a_pack(repository: Repository) -> None:
    repository.git("mv", "packs/house-rules", "packs/elsewhere")
    repository.commit("there was no such pack")
    repository.git("mv", "packs/elsewhere", "packs/house-rules")
    text = (repository.folder / "packs/house-rules/HR03-tabletop-exercise.yaml").read_text()
    assert "unknown" in text
    (repository.folder / "packs/house-rules/HR03-tabletop-exercise.yaml").unlink()


@pytest.mark.parametrize("change", [unrelated, tighten, raise_a_severity, improve, add_a_pack])
def test_a_change_that_weakens_nothing_passes(repository: Repository, change: Callable[[Repository], None]):
    change(repository)
    repository.commit("a change")
    done = repository.ratchet()
    assert (done.code, done.err) == (0, "gate: GO: Every gate of this stage is met.\n"), done.out


def test_a_change_that_is_not_committed_yet_is_caught_too(repository: Repository):
    lower_a_limit(repository)
    done = repository.gate(*ASSESS, *PACK, "--base-ref", "HEAD", "--ratchet")
    assert done.code == 13, done.err


def test_a_stored_result_is_a_base_as_well(repository: Repository):
    stored = repository.gate(*ASSESS, *PACK, "--format", "json=base.json")
    assert stored.code == 0, stored.err
    same = repository.gate(*ASSESS, *PACK, "--baseline", "base.json", "--ratchet")
    assert (same.code, same.err) == (0, "gate: GO: Every gate of this stage is met.\n")
    lower_a_limit(repository)
    worse = repository.gate(*ASSESS, *PACK, "--baseline", "base.json", "--ratchet")
    assert worse.code == 13
    assert CAUGHT[lower_a_limit][1] in worse.err
    without = repository.gate(*ASSESS, *PACK, "--baseline", "base.json")
    assert without.code == 0, "told, not failed, without --ratchet"
    assert CAUGHT[lower_a_limit][1] in without.err


def test_an_option_wins_over_the_configured_base_and_ratchet(repository: Repository):
    """`[assess]` names one kind of base; the other kind on the command line takes its place."""
    stored = repository.gate(*ASSESS, *PACK, "--format", "json=base.json")
    assert stored.code == 0
    lower_a_limit(repository)
    (repository.folder / "poc-gate.toml").write_text('[assess]\nratchet = true\nbase-ref = "HEAD"\n')
    repository.commit("the gate is configured")
    assert repository.gate(*ASSESS, *PACK).code == 0, "HEAD is what is checked out"
    for typed in (["--baseline", "base.json"], ["--baseline=base.json"]):
        assert repository.gate(*ASSESS, *PACK, *typed).code == 13
    assert repository.gate(*ASSESS, *PACK, "--baseline", "base.json", "--no-ratchet").code == 0


def test_a_base_that_cannot_be_used_is_told(repository: Repository):
    asked = (*ASSESS, "--ratchet", "--base-ref")
    for ref, code, words in [
        ("no-such-branch", 2, "git knows no revision 'no-such-branch'"),
        ("--output=x", 2, "git knows no revision"),
    ]:
        done = repository.gate(*asked, ref)
        assert (done.code, done.out) == (code, ""), done.err
        assert words in done.err
    assert not (repository.folder / "x").exists()
    pilot = (repository.folder / PILOT).read_text()
    (repository.folder / PILOT).write_text("pilot: [\n")
    repository.commit("broken")
    (repository.folder / PILOT).write_text(pilot)
    repository.commit("mended")
    done = repository.gate(*asked, "HEAD~1")
    assert done.code == 3
    assert "HEAD~1:pilot/pilot.yaml:" in done.err, "git's name of the file, not that of a temporary folder"
    assert "/tmp" not in done.err.replace(str(repository.folder), "")


def test_a_pilot_at_the_root_inside_a_hook_is_compared_too(repository: Repository):
    """A hook has GIT_DIR and GIT_INDEX_FILE set to whatever git needs at that moment."""
    for entry in sorted((repository.folder / "pilot").iterdir()):
        repository.git("mv", f"pilot/{entry.name}", entry.name)
    repository.commit("the pilot is the repository")
    repository.edit("pilot.yaml", "    p99: 24 ms\n", "    p99: 240 ms\n")
    asked = ["assess", "--machine", "machine.json", *ASSESS[4:], "--base-ref", "HEAD", "--ratchet"]
    done = repository.gate(*asked, environment={"GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "/nowhere/index"})
    assert done.code == 13, done.err
    assert "B05-tail-ratio" in done.err


def test_a_failure_that_grows_is_a_regression_with_both_numbers(repository: Repository):
    """Of 72 EUR/h a request costs more than its limit already; of 144 EUR/h it costs more still."""
    repository.edit(PILOT, "  wage: 36 EUR/h\n", "  wage: 72 EUR/h\n")
    repository.commit("people cost twice as much")
    repository.edit(PILOT, "  wage: 72 EUR/h\n", "  wage: 144 EUR/h\n")
    repository.commit("people cost twice as much again")
    done = repository.ratchet("--accept", "conditional")
    assert done.code == 13, done.out + done.err
    told = [row for row in done.err.splitlines() if "J01-unit-cost: " in row]
    assert len(told) == 1, done.err
    assert re.match(r"pilot/[^:]+:\d+:\d+: ", told[0])
    assert re.search(r": 1\.8 EUR, 3 times the limit of 0\.6 EUR", told[0]), told[0]
    assert re.search(r"\(at the base: 0\.901 \w+ against 0\.6 \w+\)$", told[0]), told[0]


def test_a_pilot_that_the_change_adds_is_judged_by_its_verdict_alone(repository: Repository):
    shutil.copytree(repository.folder / "pilot", repository.folder / "second")
    repository.commit("a second pilot")
    asked = ("assess", "second", *ASSESS[2:], *PACK, "--base-ref", "HEAD~1", "--ratchet")
    done = repository.gate(*asked)
    assert done.code == 0, done.err
    first, last = done.err.splitlines()
    assert first.startswith("second/pilot.yaml: new since HEAD~1: there is nothing to compare with")
    assert re.search(r"; \d+ open findings will be the base of later changes$", first)
    assert last == "gate: GO: Every gate of this stage is met."
    strict = repository.gate(*asked, "--stage", "production")
    assert strict.code == 11, "a new pilot that may not go does not pass"


def test_a_pilot_that_is_added_with_the_gate_itself_passes(repository: Repository):
    """The change that brings poc-gate into a repository: pilot, pack and configuration are all new."""
    repository.git("rm", "-rq", "--cached", "pilot", "packs")
    for folder in ("pilot", "packs"):
        shutil.move(repository.folder / folder, repository.folder.parent / folder)
    (repository.folder / "README.md").write_text("Words.\n")
    repository.commit("no pilot yet")
    for folder in ("pilot", "packs"):
        shutil.move(repository.folder.parent / folder, repository.folder / folder)
    accept_conditions(repository)
    repository.commit("a pilot, its rules and the gate")
    done = repository.ratchet()
    assert done.code == 0, done.err
    assert "new since HEAD~1" in done.err


@pytest.mark.parametrize("change", [lower_a_limit, remove_a_rule, lower_a_severity, accept_conditions])
def test_a_new_pilot_does_not_hide_a_gate_that_the_same_change_weakens(
    repository: Repository, change: Callable[[Repository], None]
):
    (repository.folder / "poc-gate.toml").write_text('[assess]\naccept = "go"\n')
    repository.commit("a configuration")
    shutil.copytree(repository.folder / "pilot", repository.folder / "second")
    change(repository)
    repository.commit("a second pilot, and a weaker gate")
    done = repository.gate("assess", "second", *ASSESS[2:], *PACK, "--base-ref", "HEAD~1", "--ratchet")
    assert done.code == 13, done.err
    assert "X02-gate-not-weakened" in done.err


def test_a_pilot_that_moves_is_compared_with_where_it_stood(repository: Repository):
    repository.git("mv", "pilot", "elsewhere")
    repository.edit("elsewhere/pilot.yaml", "    p99: 24 ms\n", "    p99: 240 ms\n")
    repository.commit("moved and slower")
    asked = ("assess", "elsewhere", "--machine", "elsewhere/machine.json", *ASSESS[4:], *PACK)
    done = repository.gate(*asked, "--base-ref", "HEAD~1", "--ratchet")
    assert done.code == 13, done.err
    assert "elsewhere/pilot.yaml:" in done.err
    assert "B05-tail-ratio" in done.err


def test_outside_of_a_repository_the_way_out_is_named(gate: Gate, tmp_path: Path):
    (tmp_path / "pilot.yaml").write_text("apiVersion: poc-gate/v1\npilot: {name: bare}\n")
    done = gate("assess", ".", "--machine", "l4-24gb", "--base-ref", "HEAD", "--ratchet")
    assert done.code == 2
    assert "--baseline" in done.err


@pytest.mark.parametrize(
    ("example", "options", "code"),
    [
        ("support-assistant", [], 0),
        ("support-assistant", ["--accept", "conditional"], 0),
        ("support-assistant", ["--fail-on", "high"], 0),
        ("support-assistant", ["--fail-on", "medium"], 0),
        ("support-assistant", ["--only", "I01-accountable-owner"], 10),
        ("support-assistant", ["--only", "I01-accountable-owner", "--accept", "conditional"], 10),
        ("fraud-scoring", [], 11),
        ("fraud-scoring", ["--accept", "conditional"], 11),
        ("fraud-scoring", ["--fail-on", "low"], 11),
        ("claims-copilot", [], 12),
        ("claims-copilot", ["--accept", "conditional"], 12),
        ("claims-copilot", ["--fail-on", "blocker"], 12),
    ],
)
def test_the_exit_code_of_each_verdict_and_option(gate: Gate, example: str, options: list[str], code: int):
    done = gate(*assess_arguments(example), "--quiet", *options)
    assert done.code == code, done.out + done.err
    if any(option in options for option in ("--accept", "--fail-on")):
        assert done.err.startswith("gate: ")


@pytest.mark.parametrize(("severity", "code"), [("high", 0), ("medium", 10), ("low", 10)])
def test_a_go_with_a_failed_finding_fails_from_its_severity_on(
    repository: Repository, severity: str, code: int
):
    slow_a_source(repository)
    done = repository.gate(*ASSESS, "--fail-on", severity)
    assert done.code == code, done.out + done.err
    assert done.err.startswith("gate: GO")
    assert ("B05-tail-ratio" in done.err) == (code == 10)
