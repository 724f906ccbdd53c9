"""A signed bundle: checked by the real ssh-keygen, refused for another key, namespace, signer or file."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.app.bundle.bundle import Signed, verify_bundle
from poc_gate.app.bundle.signature import check_signature, sign
from poc_gate.app.gate.gate import GateRequest, run_gate
from poc_gate.errors import InvalidInputError, UsageError
from poc_gate.report.interface import RenderOptions

EXAMPLE = Path(__file__).parents[2] / "examples" / "support-assistant"
CONTENT = b"what is signed"


def key_in(folder: Path, name: str) -> Path:
    """Return the private key that ssh-keygen made; the public one has `.pub`."""
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
    subprocess.run(words, check=True)
    return folder / name


def public(key: Path) -> str:
    return key.with_name(key.name + ".pub").read_text()


def gate(**asked: object) -> None:
    request = CaseRequest(EXAMPLE, today="2026-11-22", now="2026-11-22T00:00:00+00:00", machine="l4-24gb")
    run_gate(request, GateRequest(**asked), RenderOptions(), lambda _what, _share: None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("keys")
    for name in ("alice", "bob"):
        key_in(found, name)
    (found / "allowed").write_text(f"# who may sign\nalice@example.org,release {public(found / 'alice')}")
    gate(bundle=str(found / "out.zip"), sign=str(found / "alice"))
    return found


def test_a_signed_bundle_is_judged_again_and_names_its_signer(folder: Path) -> None:
    for signed, name in (
        (Signed(folder / "allowed"), "alice@example.org (ED25519 key SHA256:"),
        (Signed(folder / "allowed", "release"), "release (ED25519 key SHA256:"),
        (Signed(folder / "alice.pub"), f"{folder / 'alice.pub'} (ED25519 key SHA256:"),
    ):
        found = verify_bundle(folder / "out.zip", signed)
        assert found.agrees
        assert found.signer.startswith(name)


def test_without_a_key_it_is_judged_as_before_and_the_signature_is_said_to_be_unread(folder: Path) -> None:
    found = verify_bundle(folder / "out.zip")
    assert found.agrees
    assert found.signer == ""
    assert any("out.zip.sig was not checked" in note for note in found.notes)


def test_ssh_keygen_alone_can_check_it(folder: Path) -> None:
    words = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-n",
        "poc-gate",
        "-f",
        "allowed",
        "-I",
        "release",
        "-s",
        "out.zip.sig",
    ]
    with (folder / "out.zip").open("rb") as content:
        subprocess.run(words, cwd=folder, stdin=content, check=True, stdout=subprocess.DEVNULL)


def refusal(folder: Path, proof: bytes, allowed: str, who: str = "") -> str:
    (folder / "sig").write_bytes(proof)
    (folder / "list").write_text(allowed)
    with pytest.raises(InvalidInputError) as caught:
        check_signature(CONTENT, folder / "sig", folder / "list", who)
    assert "/signers" not in str(caught.value), "the scratch folder tells nobody anything"
    return str(caught.value)


def test_what_is_no_signature_of_this_by_them_is_refused(folder: Path, tmp_path: Path) -> None:
    alice, bob = folder / "alice", folder / "bob"
    good, named = sign(CONTENT, str(alice)), f"alice {public(alice)}"
    words = ["ssh-keygen", "-Y", "sign", "-n", "git", "-f", str(alice)]
    git = subprocess.run(words, input=CONTENT, capture_output=True, check=True).stdout
    cases = {
        "by another key": (sign(CONTENT, str(bob)), named, ""),
        "of something else": (sign(b"another bundle", str(alice)), named, ""),
        "made for git": (git, named, ""),
        "of another signer of the list": (good, f"{named}bob {public(bob)}", "bob"),
        "by a key listed for git alone": (good, f'alice namespaces="git" {public(alice)}', ""),
        "by a key whose time is over": (good, f'alice valid-before="20200101" {public(alice)}', ""),
        "by a key whose time has not come": (good, f'alice valid-after="20990101" {public(alice)}', ""),
        "by a key that is taken for an authority": (good, f"alice cert-authority {public(alice)}", ""),
        "for everybody but this one": (good, f"!alice {public(alice)}", ""),
        "cut off": (good[:-60], named, ""),
        "no signature at all": (b"\x00" * 500, named, ""),
        "empty": (b"", named, ""),
        "held against an empty list": (good, "", ""),
        "held against nonsense": (good, "alice ssh-ed25519 AAAA\n", ""),
        "with the other's public key named": (good, public(bob), ""),
        "by a name that looks like an option": (good, named, "-f"),
    }
    for what, (proof, allowed, who) in cases.items():
        assert "this is not a signature" in refusal(tmp_path, proof, allowed, who), what
    (tmp_path / "sig").write_bytes(good)
    (tmp_path / "list").write_text(named)
    assert check_signature(CONTENT, tmp_path / "sig", tmp_path / "list").principal == "alice"


def test_a_bundle_changed_after_it_was_signed_is_refused_before_it_is_unpacked(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "out.zip").write_bytes(b"PK no archive" + (folder / "out.zip").read_bytes())
    with pytest.raises(InvalidInputError, match="this is not a signature of this bundle"):
        verify_bundle(tmp_path / "out.zip", Signed(folder / "allowed", signature=folder / "out.zip.sig"))


def test_a_missing_signature_or_list_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out.zip").write_bytes((folder / "out.zip").read_bytes())
    with pytest.raises(InvalidInputError, match=r"out\.zip\.sig: is not a file"):
        verify_bundle(tmp_path / "out.zip", Signed(folder / "allowed"))
    with pytest.raises(InvalidInputError, match="nowhere: is not a file"):
        verify_bundle(folder / "out.zip", Signed(tmp_path / "nowhere"))


def test_without_ssh_keygen_nothing_passes_and_nothing_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="ssh-keygen is not installed"):
        verify_bundle(folder / "out.zip", Signed(folder / "allowed"))
    with pytest.raises(UsageError, match="ssh-keygen is not installed"):
        gate(bundle=str(tmp_path / "x.zip"), sign=str(folder / "alice"))
    assert list(tmp_path.iterdir()) == []


def test_a_program_beside_the_bundle_is_not_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ssh-keygen").write_text("#!/bin/sh\ntouch ran\n")
    (tmp_path / "ssh-keygen").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", ".:/usr/bin")
    assert verify_bundle(folder / "out.zip", Signed(folder / "allowed")).agrees
    assert not (tmp_path / "ran").exists()


def test_a_key_that_signs_nothing_is_named_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no key")
    for key, words in ((tmp_path / "none", "no such file"), (tmp_path / "text", "made no signature")):
        with pytest.raises(UsageError, match=words):
            gate(bundle=str(tmp_path / "x.zip"), sign=str(key))
        assert not (tmp_path / "x.zip").exists()
    with pytest.raises(UsageError, match="--sign needs a bundle to sign"):
        gate(sign=str(folder / "alice"))
    with pytest.raises(UsageError, match="a report and a part of the bundle"):
        gate(bundle=f"{tmp_path}/x.zip", formats=(f"json={tmp_path}/./x.zip",))
