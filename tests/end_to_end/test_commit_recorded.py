"""The commit that a result names: an input like the day, told where it is known and never guessed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from a_repository import ASSESS, Repository
from running_the_gate import EXAMPLES, TODAY, Gate

MANIFEST = "pilot/pilot.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with one commit."""
    return Repository(tmp_path / "repository")


def result_of(gate: Gate, *more: str) -> dict[str, object]:
    done = gate(*ASSESS, "--format", "json=../out.json", *more)
    assert done.code == 0, done.err
    found: dict[str, object] = json.loads((gate.folder / "../out.json").read_text())
    return found


def test_the_commit_stands_in_the_result_and_is_all_that_an_unrelated_commit_changes(
    repository: Repository,
) -> None:
    first = result_of(repository.gate)
    assert first["commit"] == repository.git("rev-parse", "HEAD").strip()
    assert first == result_of(repository.gate), "the same inputs give the same result"
    (repository.folder / "README.md").write_text("Words.\n")
    assert result_of(repository.gate) == first, "what was not read does not count"
    repository.commit("unrelated")
    second = result_of(repository.gate)
    assert second.pop("commit") == repository.git("rev-parse", "HEAD").strip() != first.pop("commit")
    assert second == first


@pytest.mark.parametrize("how", ["changed", "staged", "untracked", "ignored"])
def test_files_that_differ_from_the_commit_are_told(repository: Repository, how: str) -> None:
    head = repository.git("rev-parse", "HEAD").strip()
    if how in {"untracked", "ignored"}:
        shutil.copy(repository.folder / MANIFEST, repository.folder / "pilot/other.yaml")
        if how == "ignored":
            (repository.folder / ".git/info/exclude").write_text("other.yaml\n")
        manifest = "pilot/other.yaml"
    else:
        manifest = MANIFEST
        repository.edit(MANIFEST, "    p99: 24 ms\n", "    p99: 20 ms\n")
        if how == "staged":
            repository.git("add", "--all")
    done = repository.gate(
        "assess", manifest, *ASSESS[2:], "--format", "json=out.json", "--format", "html=out.html"
    )
    assert done.code == 0, done.err
    assert json.loads((repository.folder / "out.json").read_text())["commit"] == f"{head}-dirty"
    assert f"commit {head[:10]} with changes" in (repository.folder / "out.html").read_text()


def test_without_a_repository_or_a_commit_none_is_named(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "support-assistant", tmp_path / "pilot")
    gate = Gate(tmp_path)
    asked = ("assess", "pilot", "--machine", "pilot/machine.json", "--on", TODAY, "--quiet")
    gate(*asked, "--format", "json=out.json")
    assert json.loads((tmp_path / "out.json").read_text())["commit"] == ""
    (tmp_path / ".git").mkdir()
    gate(*asked, "--format", "json=out.json")
    assert json.loads((tmp_path / "out.json").read_text())["commit"] == ""


def test_a_bundle_and_a_stored_result_carry_it_elsewhere(repository: Repository, tmp_path: Path) -> None:
    done = repository.gate(
        *ASSESS, "--bundle", "../out.zip", "--format", "json=../out.json", "--format", "html=../a.html"
    )
    assert done.code == 0, done.err
    elsewhere = Gate(tmp_path)
    verified = elsewhere("verify", "out.zip")
    assert verified.code == 0, verified.out + verified.err
    elsewhere("report", "out.json", "--format", "json=again.json", "--format", "html=b.html", "--quiet")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "out.json").read_bytes()
    assert (tmp_path / "b.html").read_bytes() == (tmp_path / "a.html").read_bytes()


def test_the_base_of_a_comparison_is_named_by_its_commit(repository: Repository) -> None:
    first = repository.git("rev-parse", "HEAD").strip()
    repository.edit(MANIFEST, "    p99: 24 ms\n", "    p99: 20 ms\n")
    repository.commit("faster")
    done = repository.gate(*ASSESS, "--base-ref", "HEAD~1", "--format", "html=out.html")
    assert done.code == 0, done.err
    assert f"commit {first[:10]}" in (repository.folder / "out.html").read_text()
