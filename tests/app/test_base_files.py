"""The base of a comparison: the pilot's files as they stood at a git revision, plain files alone."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from poc_gate.app.gate.base_files import base_files
from poc_gate.errors import UsageError

Git = Callable[..., str]
MANIFEST = """apiVersion: poc-gate/v1
pilot: {name: one, stage: limited, uses: [llm]}
workload: {concurrency: 12, max_context: 8192}
model: {kind: llm, hosting: self-hosted}
people: {business_owner: head of claims}
"""


@pytest.fixture
def repository(tmp_path: Path) -> tuple[Path, Git]:
    root = tmp_path / "repo"
    root.mkdir()
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false"]

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *who, "-C", str(root), *arguments], capture_output=True, text=True, check=True, env=quiet
        )
        return done.stdout.strip()

    git("init", "-q", "-b", "main")
    pilot = root / "pilots" / "one"
    (pilot / "deep").mkdir(parents=True)
    (pilot / "pilot.yaml").write_text("old\n")
    (pilot / "deep" / "über.txt").write_bytes(b"\x00\xff")
    (pilot / "link").symlink_to("/etc/hostname")
    (root / "outside.txt").write_text("not part of it")
    git("add", "-A")
    git("commit", "-qm", "first")
    return pilot, git


def test_the_files_of_the_revision_are_given_and_gone_afterwards(repository: tuple[Path, Git]) -> None:
    pilot, git = repository
    (pilot / "pilot.yaml").write_text("new\n")
    (pilot / "later.yaml").write_text("x")
    git("add", "-A")
    git("commit", "-qm", "second")
    with base_files("HEAD~1", pilot / "pilot.yaml") as files:
        base = files.there(pilot)
        assert base is not None
        assert files.there(Path("/etc")) is None
        assert (base / "pilot.yaml").read_text() == "old\n"
        assert (base / "deep" / "über.txt").read_bytes() == b"\x00\xff"
        held = {path.relative_to(base).as_posix() for path in files.scratch.rglob("*") if path.is_file()}
        assert held == {"pilot.yaml", "deep/über.txt"}, "no link, nothing later, nothing outside"
    assert not base.exists()


@pytest.mark.parametrize("ref", ["nowhere", "--output=/tmp/x", "HEAD~9", "-h", ""])
def test_a_revision_that_git_does_not_know_is_told(repository: tuple[Path, Git], ref: str) -> None:
    with pytest.raises(UsageError, match="no revision"), base_files(ref, repository[0] / "pilot.yaml"):
        pass


def test_a_pilot_that_is_new_has_no_base(repository: tuple[Path, Git]) -> None:
    new = repository[0].parent / "two"
    new.mkdir()
    with base_files("HEAD", new / "pilot.yaml") as files:
        assert files.was is None


def test_a_pilot_that_was_moved_is_found_where_it_stood(repository: tuple[Path, Git]) -> None:
    pilot, git = repository
    (pilot / "pilot.yaml").write_text(MANIFEST)
    git("add", "-A")
    git("commit", "-qm", "longer")
    git("mv", "pilots/one", "pilots/three")
    moved = pilot.parent / "three"
    (moved / "pilot.yaml").write_text(changed := f"{MANIFEST}# one more line\n")
    git("add", "-A")
    git("commit", "-qm", "moved and changed")
    with base_files("HEAD~1", moved / "pilot.yaml") as files:
        assert files.was == Path("pilots/one/pilot.yaml")
        there = files.there(moved / "pilot.yaml")
        assert there is not None
        assert there.read_text() == MANIFEST != changed
        assert (there.parent / "deep" / "über.txt").is_file()


HIDDEN = {
    "renamed in its folder": ("pilots/one/p.yaml", MANIFEST),
    "in a folder of its own": ("pilots/one/v2/pilot.yaml", MANIFEST),
    "padded with comments": ("elsewhere/pilot.yaml", "# padding\n" * 5000 + MANIFEST),
    "of another name": ("elsewhere/pilot.yaml", MANIFEST.replace("name: one", "name: two")),
    "of another name and suffix": ("elsewhere/gate.txt", MANIFEST.replace("name: one", "name: two")),
    "written as JSON": ("elsewhere/pilot.json", json.dumps(yaml.safe_load(MANIFEST), indent=9)),
    "of the same name, else new": ("elsewhere/pilot.yaml", "apiVersion: poc-gate/v1\npilot: {name: one}\n"),
}


@pytest.mark.parametrize("how", HIDDEN)
@pytest.mark.parametrize("left", ["nothing", "a husk", "a link"])
def test_a_new_place_makes_no_pilot_new(repository: tuple[Path, Git], how: str, left: str) -> None:
    pilot, git = repository
    (pilot / "pilot.yaml").write_text(MANIFEST)
    git("commit", "-qam", "a pilot")
    (pilot / "pilot.yaml").unlink()
    name, text = HIDDEN[how]
    new = pilot.parents[1] / name
    new.parent.mkdir(exist_ok=True, parents=True)
    new.write_text(text)
    if left == "a husk":
        (pilot / "pilot.yaml").write_text("apiVersion: poc-gate/v1\npilot: {name: husk}\n")
    elif left == "a link":
        (pilot / "pilot.yaml").symlink_to(new)
    git("add", "-A")
    git("commit", "-qm", "moved")
    with base_files("HEAD~1", new) as files:
        assert files.was == Path("pilots/one/pilot.yaml")
        there = files.there(new)
        assert there is not None
        assert there.read_text() == MANIFEST


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "elsewhere/pilot.yaml",
            "apiVersion: poc-gate/v1\npilot: {name: two, stage: pilot}\nworkload: {concurrency: 8}\n",
        ),
        ("elsewhere/copy.yaml", None),
    ],
)
def test_another_pilot_is_new(repository: tuple[Path, Git], name: str, text: str | None) -> None:
    """One that shares little with one that went away, and a copy beside the one that is still there."""
    pilot, git = repository
    (pilot / "pilot.yaml").write_text(MANIFEST)
    git("commit", "-qam", "a pilot")
    if text is not None:
        (pilot / "pilot.yaml").unlink()
    new = pilot.parents[1] / name
    new.parent.mkdir(exist_ok=True)
    new.write_text(text or MANIFEST.replace("name: one", "name: two"))
    git("add", "-A")
    git("commit", "-qm", "another")
    with base_files("HEAD~1", new) as files:
        assert files.was is None


def test_outside_of_a_repository_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="git:") as caught, base_files("HEAD", tmp_path / "pilot.yaml"):
        pass
    assert "--baseline" in caught.value.next_step


def test_hooks_of_the_repository_are_not_run(repository: tuple[Path, Git], tmp_path: Path) -> None:
    pilot, git = repository
    witness = tmp_path / "ran"
    script = tmp_path / "monitor"
    script.write_text(f"#!/bin/sh\ntouch {witness}\n")
    script.chmod(0o755)
    git("config", "core.fsmonitor", str(script))
    with base_files("HEAD", pilot / "pilot.yaml") as files:
        assert (files.scratch / "pilots" / "one" / "pilot.yaml").exists()
    assert not witness.exists()


def test_a_shallow_clone_is_told_to_fetch_its_history(repository: tuple[Path, Git], tmp_path: Path) -> None:
    pilot, git = repository
    (pilot / "pilot.yaml").write_text("new\n")
    git("commit", "-qam", "second")
    root = pilot.parents[1]
    git("clone", "-q", "--depth", "1", root.as_uri(), str(tmp_path / "shallow"))
    manifest = tmp_path / "shallow" / "pilots" / "one" / "pilot.yaml"
    with pytest.raises(UsageError) as told, base_files("HEAD~1", manifest):
        pass
    assert "git fetch --unshallow" in told.value.next_step
    with pytest.raises(UsageError) as whole, base_files("no-such", pilot / "pilot.yaml"):
        pass
    assert "shallow" not in whole.value.next_step
