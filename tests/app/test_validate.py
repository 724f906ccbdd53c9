"""`validate` says what was read and which lines to add; faults of named files are faults too."""

from pathlib import Path

import pytest

from poc_gate.app.authoring.validate import validate
from poc_gate.cli.app import run
from poc_gate.errors import ExitCode, InvalidInputError, UsageError

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = """\
apiVersion: poc-gate/v1
pilot:
  name: demo
model:
  hosting: hosted
sources:
  - id: policy-db
    system: postgresql
"""


@pytest.fixture
def pilot(tmp_path):
    (tmp_path / "pilot.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def test_it_lists_what_is_unknown_with_place_and_line(pilot):
    found = validate(pilot)
    assert (found.pilot, found.stage, found.sources) == ("demo", "", ("policy-db",))
    assert found.stated + len(found.missing) == found.first_tier
    missing = {one.name: one for one in found.missing}
    assert (
        missing["sources[policy-db].p99"].line
        == "add `p99: 120 ms` under `sources[policy-db]` of the manifest"
    )
    assert missing["sources[policy-db].p99"].place.endswith("pilot.yaml:7")
    assert missing["pilot.stage"].place.endswith("pilot.yaml:2")
    assert "cost.gpu_hour" not in missing
    assert "pilot.name" not in missing


def test_a_pilot_without_sources_is_asked_for_them(tmp_path):
    (tmp_path / "pilot.yaml").write_text("apiVersion: poc-gate/v1\npilot: {name: demo}\n", encoding="utf-8")
    assert "sources[]" in {one.name for one in validate(tmp_path).missing}


@pytest.mark.parametrize("name", ["claims-copilot", "fraud-scoring", "support-assistant"])
def test_the_examples_validate_with_the_files_they_name(name, capsys):
    found = validate(EXAMPLES / name)
    assert found.files
    assert sum(count for _, count in found.files) > 10
    assert run(["validate", str(EXAMPLES / name)]) == ExitCode.GO
    assert f"{found.stated} of {found.first_tier} essential questions" in capsys.readouterr().out


def test_a_named_file_that_is_missing_is_a_fault_of_the_manifest(pilot):
    text = SMALL + "    contract: contracts/none.odcs.yaml\n"
    (pilot / "pilot.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        validate(pilot)
    assert "pilot.yaml:9" in str(caught.value)


def test_the_command_is_short_unless_all_is_asked_for(pilot, capsys):
    assert run(["validate", str(pilot)]) == ExitCode.GO
    short = capsys.readouterr().out
    assert run(["validate", str(pilot), "--all"]) == ExitCode.GO
    assert len(capsys.readouterr().out) > len(short)
    assert "poc-gate validate --all" in short


def test_secrets_are_told_by_place(pilot, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "500")
    text = SMALL + "    url: postgres://app:hunter2secret@db/prod\n"
    (pilot / "pilot.yaml").write_text(text, encoding="utf-8")
    assert run(["validate", str(pilot)]) == ExitCode.GO
    said = capsys.readouterr()
    assert "pilot.yaml:9:10: secret: a password in an address" in said.out
    assert "hunter2" not in said.out + said.err


@pytest.mark.parametrize("where", ["nowhere", "."])
def test_no_manifest_is_a_wrong_command_line(where, tmp_path, capsys):
    assert run(["validate", str(tmp_path / where)]) == ExitCode.USAGE
    assert "->" in capsys.readouterr().err


def test_a_folder_of_several_pilots_names_them(tmp_path):
    for name in ("one", "two"):
        (tmp_path / "pilots" / name).mkdir(parents=True)
        (tmp_path / "pilots" / name / "pilot.yaml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(UsageError) as told:
        validate(tmp_path)
    assert "choose one of the pilots below it: " in told.value.next_step
    assert str(tmp_path / "pilots" / "two") in told.value.next_step


def test_what_a_file_asks_comes_with_the_step_to_take_and_one_is_one(capsys):
    assert run(["validate", str(EXAMPLES / "claims-copilot")]) == ExitCode.GO
    out = capsys.readouterr().out
    assert "    -> add burn-rate alerts over two windows" in out
    assert ": 1 value read" in out
    assert "1 values" not in out.replace("11 values", "")


def test_it_ends_with_the_first_steps_that_path_shows_as_well(pilot, capsys):
    from poc_gate.app.explore.next_steps import FIRST, next_steps

    steps, more = next_steps(pilot)
    assert len(steps) == FIRST
    assert run(["validate", str(pilot)]) == ExitCode.GO
    told = " ".join(capsys.readouterr().out.split())
    for number, step in enumerate(steps, 1):
        assert f"{number}. {step.action}" in told
    assert f"and {more} more" in told
    assert "Say what the pilot is and whom it can hurt" in steps[0].action


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_its_lines_fit_the_terminal(columns, pilot, capsys, monkeypatch):
    monkeypatch.chdir(pilot)
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run(["validate", "--all"]) == ExitCode.GO
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= columns
    assert "pilot.yaml:2: pilot.stage is unknown: Stage the gate is asked for" in " ".join(said.split())
