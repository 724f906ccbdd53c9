"""`init` asks or does not, writes a manifest that validates, and never overwrites one by accident."""

import io

import pytest

from poc_gate.app.authoring.init import Known, NewManifest
from poc_gate.app.imports.items_of_claims import items_of_claims
from poc_gate.cli.app import run
from poc_gate.errors import ExitCode
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest
from poc_gate.model.claim import Claim, Place, Provenance
from poc_gate.model.quantity import Quantity


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "claims-helper"


def test_defaults_write_a_commented_manifest_that_validates(folder, capsys):
    assert run(["init", str(folder), "--defaults"]) == ExitCode.GO
    said = capsys.readouterr()
    assert said.out == ""
    assert "1 of" in said.err
    assert "poc-gate validate" in said.err
    content = (folder / "pilot.yaml").read_bytes()
    reading = read_manifest(content, "pilot.yaml")
    assert reading.name == "claims-helper"
    assert len(reading.claims) == 1
    assert b"# peak_hour_share: 18 %" in content
    assert run(["validate", str(folder)]) == ExitCode.GO


def test_a_manifest_is_not_overwritten_without_force(folder):
    assert run(["init", str(folder), "--defaults"]) == ExitCode.GO
    before = (folder / "pilot.yaml").read_bytes()
    assert run(["init", str(folder), "--defaults", "--name", "other"]) == ExitCode.USAGE
    assert (folder / "pilot.yaml").read_bytes() == before
    assert run(["init", str(folder), "--defaults", "--name", "other", "--force"]) == ExitCode.GO
    assert read_manifest((folder / "pilot.yaml").read_bytes(), "x").name == "other"
    assert [entry.name for entry in folder.iterdir()] == ["pilot.yaml"]


def test_answers_may_come_from_a_pipe_and_wrong_ones_are_asked_again(folder, capsys, monkeypatch):
    lines = ["llm, batch", "prod", "production", "3"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    assert run(["init", str(folder)]) == ExitCode.GO
    said = capsys.readouterr().err
    assert "'prod' is not one of the choices" in said
    reading = read_manifest((folder / "pilot.yaml").read_bytes(), "x")
    values = {claim.fact: claim.value for claim in reading.claims}
    assert values == {
        "pilot.name": "claims-helper",
        "pilot.stage": "production",
        "pilot.uses": ("llm", "batch"),
        "model.hosting": "none",
    }


def test_a_file_in_the_way_is_told(tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    assert run(["init", str(tmp_path / "taken" / "pilot"), "--defaults"]) == ExitCode.USAGE
    assert "cannot be created" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ['"quoted": [x]', "null", "- dash", "tab\there", "two\nlines", "# hash", "ünïcode", "1.5"]
)
def test_any_name_reads_back(tmp_path, name):
    assert run(["init", str(tmp_path), "--defaults", "--name", name]) == ExitCode.GO
    assert read_manifest((tmp_path / "pilot.yaml").read_bytes(), "x").name == name


def test_what_files_say_already_stands_in_it_with_its_origin_and_is_not_asked(folder):
    place = Place("contracts/policy.odcs.yaml", 12, 3)
    claims = (
        Claim("sources[policy-db].id", "policy-db", Provenance.IMPORTED, place),
        Claim("sources[policy-db].refresh", Quantity(3600.0, "s"), Provenance.IMPORTED, place),
        Claim("cost.gpu_hour", Quantity(2.1 / 3600, "money/s"), Provenance.IMPORTED, place),
    )
    new = NewManifest(folder, known=Known(claims, items_of_claims(claims), "EUR"))
    new.save()
    known, asked = new.progress()
    assert 0 < known < asked
    text = (folder / "pilot.yaml").read_text(encoding="utf-8")
    assert "refresh: 1 h" in text
    assert "# from contracts/policy.odcs.yaml:12:3" in text
    assert "gpu_hour: 2.1 EUR/h" in text
