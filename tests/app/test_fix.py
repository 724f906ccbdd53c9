"""From a finding to a change: edits that exist, keep comments, leave imported files alone, and are proven."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.lever_values import HOLDS_IF_ASSUMED, finding_levers
from poc_gate.app.assess.reading.case import CaseRequest, read_case
from poc_gate.app.explore.fix import Fixes, apply, fixes
from poc_gate.app.explore.what_if import what_if
from poc_gate.errors import UsageError
from poc_gate.model.finding import State
from poc_gate.words.shown_values import show_value

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def pilot(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES / "claims-copilot", tmp_path / "claims-copilot"))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Fixes]:
    """A pilot of its own and the fixes of all that failed: looked for once."""
    pilot = Path(
        shutil.copytree(EXAMPLES / "claims-copilot", tmp_path_factory.mktemp("all") / "claims-copilot")
    )
    return pilot, fixed(pilot)


def request(pilot: Path) -> CaseRequest:
    return CaseRequest(path=pilot, today="2026-11-23", now="2026-11-23T00:00:00Z", machine="l4-24gb")


def states(pilot: Path) -> dict[tuple[str, str], State]:
    return {(f.rule, f.subject): f.state for f in judge_case(read_case(request(pilot))).findings}


def fixed(pilot: Path, *rules: str) -> Fixes:
    return fixes(request(pilot), rules)


def test_a_patch_turns_what_it_says_and_keeps_every_comment(pilot: Path) -> None:
    before = (pilot / "pilot.yaml").read_text()
    found = fixed(pilot, "C01", "B10")
    assert (pilot / "pilot.yaml").read_text() == before
    assert "-    retries: 2\n+    retries: 0\n" in found.patch
    apply(found)
    after = (pilot / "pilot.yaml").read_text()
    for line in before.splitlines():
        if "#" in line:
            assert line in after
    now = states(pilot)
    for fix in found.fixes:
        assert fix.options, fix.why_not
        assert now[(fix.rule, fix.subject)] is State.PASS


def test_only_values_that_exist_are_named(pilot: Path) -> None:
    (memory,) = fixed(pilot, "C01").fixes
    bits = [edit.then for option in memory.options for edit in option if edit.fact.endswith("_bits")]
    assert bits
    assert set(bits) <= {"4", "8", "16"}


def test_at_most_two_options_and_every_one_is_proven(pilot: Path) -> None:
    for fix in fixed(pilot, "C01", "B10").fixes:
        assert len(fix.options) <= 2
        for option in fix.options:
            found = what_if(request(pilot), [f"{edit.fact}={edit.then}" for edit in option])
            flipped = {
                (flip.after.rule, flip.after.subject): flip.after.state for flip in found.flips if flip.after
            }
            assert flipped[(fix.rule, fix.subject)] is State.PASS


def test_what_a_file_of_the_team_says_is_left_to_that_file(everything: tuple[Path, Fixes]) -> None:
    pilot, found = everything
    files = {
        path: path.read_bytes() for path in pilot.rglob("*") if path.is_file() and path.name != "pilot.yaml"
    }
    apply(found)
    assert all(path.read_bytes() == content for path, content in files.items())
    edited = {edit.fact for fix in found.fixes for option in fix.options for edit in option}
    assert "model.planned_concurrency" not in edited  # records/capacity.yaml states it


def test_a_rule_that_did_not_fail_is_told(pilot: Path) -> None:
    with pytest.raises(UsageError, match="did not fail"):
        fixed(pilot, "F06-no-secrets")
    with pytest.raises(UsageError, match="is not a rule"):
        fixed(pilot, "Z99")


def test_lines_to_add_have_a_blank_and_no_answer(pilot: Path) -> None:
    for line in fixed(pilot, "C01").lines:
        assert ": ...   # under " in line


@pytest.mark.parametrize("example", ["claims-copilot", "support-assistant"])
def test_what_flips_a_finding_is_accepted_by_what_if(example: str) -> None:
    asked = CaseRequest(
        path=EXAMPLES / example, today="2026-11-23", now="2026-11-23T00:00:00Z", machine="l4-24gb"
    )
    case = read_case(asked)
    found = judge_case(case).findings
    points = [point for finding in found for point in finding.breakpoints if point.settable]
    assert points
    for point in points:
        spec = case.packs.catalogue.find(point.fact)
        assert spec is not None
        assert spec.origin != "flow"
    changes = {
        point.fact: f"{point.fact}={show_value(point.value, case.reading.currency, point.fact)}"
        for point in points
    }
    assert what_if(asked, list(changes.values())).changes == tuple(changes.values())


KNOWN_BY_NAME = """\
apiVersion: poc-gate/v1
pilot: {name: big, stage: limited, uses: [llm], use_case_class: interactive}
sources: []
model: {name: Qwen/Qwen3-32B, hosting: self, planned_concurrency: 4, max_context: 8192 tok}
demand: {in_tokens_p50: 1000 tok, in_tokens_p95: 3000 tok, out_tokens_p50: 200 tok, out_tokens_p95: 500 tok}
slo: {ttft: 2 s, p99: 20 s}
target: {device: l4-24gb, count: 1, replicas: 1}
"""


def test_what_assumed_values_refute_has_a_fix_that_says_what_it_rests_on(tmp_path: Path) -> None:
    (tmp_path / "pilot.yaml").write_text(KNOWN_BY_NAME)
    case = read_case(request(tmp_path))
    found = fixed(tmp_path, "C01", "B14")
    memory, first_token = found.fixes
    assert {edit.fact: edit.then for option in memory.options for edit in option} == {
        "model.weight_bits": "4",
        "target.count": "4",
    }
    assert not first_token.options[0][0].fact.startswith("slo.")
    failed = next(f for f in judge_case(case).findings if f.rule == "C01-memory-fit")
    levers = {lever.fact: lever for lever in finding_levers(case, failed)}
    assert HOLDS_IF_ASSUMED in levers["target.count"].note
    apply(found)
    now = states(tmp_path)
    assert now["C01-memory-fit", ""] is State.UNKNOWN
    assert now["B14-ttft-floor", ""] is State.UNKNOWN


def test_what_is_asked_of_the_pilot_is_never_lowered_to_pass(everything: tuple[Path, Fixes]) -> None:
    _, found = everything
    (aged,) = [fix for fix in found.fixes if fix.rule == "D02-worst-case-age"]
    assert not aged.options
    assert aged.why_not.startswith(
        "only a weaker requirement would make it pass, sources[payments-warehouse].max_age_needed 4 h -> "
    )
    edited = {edit.fact for fix in found.fixes for option in fix.options for edit in option}
    assert not [fact for fact in edited if fact.startswith("slo.") or fact.endswith("_needed")]


def test_a_result_is_reached_and_measured_and_not_edited_in(pilot: Path) -> None:
    found = fixed(pilot, "D03-reindex-duty")
    (rebuilt,) = found.fixes
    assert [edit.fact for edit in rebuilt.reach] == ["retrieval.embed_rate"]
    assert "embed_rate" not in "".join(
        line for line in found.patch.splitlines() if line.startswith(("+", "-"))
    )
