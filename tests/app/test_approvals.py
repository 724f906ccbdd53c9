"""A typed approver is a claim; review trailers, other authors and signatures are what the history can show."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from poc_gate.app.ground.git.approvals import approvals_of

ANNE, BEN = "anne@example.com", "ben@example.com"


@pytest.fixture
def pilot(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "pilot.yaml").write_text("apiVersion: poc-gate/v1\n")
    commit(tmp_path, "pilot.yaml", ANNE, "Begin")
    return tmp_path


def git(folder: Path, *words: str, who: str = ANNE) -> None:
    named = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", who), ("EMAIL", who))
    }
    run = ["git", "-c", "commit.gpgsign=false", *words]
    subprocess.run(run, cwd=folder, check=True, env={**os.environ, **named}, capture_output=True)


def commit(folder: Path, name: str, who: str, message: str) -> None:
    if name != "pilot.yaml":
        (folder / name).write_text(f"by {who}: {message}\n")
    git(folder, "add", name)
    git(folder, "commit", "-qm", message, who=who)


def shown(folder: Path, name: str = "rights.yaml") -> str:
    return approvals_of(folder, folder / "pilot.yaml", [folder / name]).get(folder / name, "")


@pytest.mark.parametrize(
    ("who", "message", "hand"),
    [
        (ANNE, "Add the rights", "typed"),
        (BEN, "Add the rights", "author"),
        (ANNE, f"Add the rights\n\nReviewed-by: Ben <{BEN}>", "trailer"),
        (ANNE, f"Add the rights\n\nReviewed-by: Anne <{ANNE}>", "typed"),
        (ANNE, f"Add the rights\n\nSigned-off-by: Anne <{ANNE.upper()}>", "typed"),
        (ANNE, "Add the rights, reviewed-by: nobody in particular", "typed"),
    ],
)
def test_what_shows_another_hand(pilot: Path, who: str, message: str, hand: str) -> None:
    commit(pilot, "rights.yaml", who, message)
    assert shown(pilot) == hand


def test_a_file_that_was_changed_since_is_approved_by_nobody(pilot: Path) -> None:
    commit(pilot, "rights.yaml", BEN, "Add the rights")
    (pilot / "rights.yaml").write_text("more rights\n")
    assert shown(pilot) == "typed"


def test_without_a_history_nothing_is_said(tmp_path: Path, pilot: Path) -> None:
    (pilot / "new.yaml").write_text("x\n")
    assert shown(pilot, "new.yaml") == ""


def test_a_tag_of_somebody_else_shows_another_hand(pilot: Path) -> None:
    commit(pilot, "rights.yaml", ANNE, "Add the rights")
    git(pilot, "tag", "-m", "Seen", "mine")
    assert shown(pilot) == "typed"
    (pilot / "later.txt").write_text("later\n")
    commit(pilot, "later.txt", ANNE, "Go on")
    git(pilot, "tag", "-m", "Approved", "approved", who=BEN)
    assert shown(pilot) == "tag"


@pytest.mark.parametrize(
    ("name", "content", "hand"),
    [
        ("rights.yaml.asc", "-----BEGIN PGP SIGNATURE-----\niQ==\n", "signed-file"),
        ("rights.yaml.sig", "-----BEGIN SSH SIGNATURE-----\nU1NI\n", "signed-file"),
        ("rights.yaml.minisig", "untrusted comment: signature from a key\nRWQ\n", "signed-file"),
        ("rights.yaml.asc", "signed, the risk officer\n", "typed"),
        ("rights.yaml.sigstore.json", "{}", "typed"),
    ],
)
def test_a_signature_beside_the_file_is_seen(pilot: Path, name: str, content: str, hand: str) -> None:
    commit(pilot, "rights.yaml", ANNE, "Add the rights")
    (pilot / name).write_text(content)
    assert shown(pilot) == hand


def test_a_bundle_of_sigstore_must_name_the_digest_of_the_file(pilot: Path) -> None:
    commit(pilot, "rights.yaml", ANNE, "Add the rights")
    digest = base64.b64encode(hashlib.sha256((pilot / "rights.yaml").read_bytes()).digest()).decode()
    bundle = {"messageSignature": {"messageDigest": {"algorithm": "SHA2_256", "digest": digest}}}
    (pilot / "rights.yaml.sigstore.json").write_text(json.dumps(bundle))
    assert shown(pilot) == "signed-file"


def test_many_files_are_asked_for_at_once_and_each_keeps_its_own_hand(pilot: Path) -> None:
    for name, who in (("a.yaml", BEN), ("b c.yaml", ANNE), ("ü.yaml", BEN)):
        commit(pilot, name, who, "Add a record")
    files = [pilot / name for name in ("a.yaml", "b c.yaml", "ü.yaml", "none.yaml")]
    found = approvals_of(pilot, pilot / "pilot.yaml", files)
    assert [found.get(file, "") for file in files] == ["author", "typed", "author", ""]
