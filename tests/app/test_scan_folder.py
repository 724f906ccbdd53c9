"""The scan of a pilot's folder: counted once, bounded, links not followed, secrets told by place only."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.assess import scan_folder as scan
from poc_gate.model.claim import Notice, Place
from poc_gate.model.quantity import Quantity

SECRET = "AKIA" + "IOSFODNN7EXAMPLE"


def test_a_clean_folder_measures_none(tmp_path: Path):
    (tmp_path / "pilot.yaml").write_text("credential: env:DSN\n")
    measured, notices = scan.scan_folder(tmp_path)
    assert measured.value == Quantity(0.0)
    assert notices == ()


def test_a_secret_is_told_by_place_and_never_repeated(tmp_path: Path):
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "system.txt").write_text(f"be kind\nkey {SECRET}\n")
    measured, notices = scan.scan_folder(tmp_path)
    assert measured.value == Quantity(1.0)
    assert [(n.place.file, n.place.line) for n in notices] == [
        ((tmp_path / "prompts/system.txt").as_posix(), 2)
    ]
    assert SECRET not in repr((measured, notices))


def test_what_reading_the_manifest_showed_counts_once(tmp_path: Path):
    path = tmp_path / "pilot.yaml"
    path.write_text(f"a: {SECRET}\n")
    known = (Notice("secret", "an AWS access key", Place(path.as_posix(), 1, 4)),)
    assert scan.scan_folder(tmp_path, known)[0].value == Quantity(1.0)


def test_links_and_tool_folders_are_not_looked_at(tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "key.txt").write_text(SECRET)
    pilot = tmp_path / "pilot"
    (pilot / ".git").mkdir(parents=True)
    (pilot / ".git" / "config").write_text(SECRET)
    (pilot / "link.txt").symlink_to(outside / "key.txt")
    (pilot / "folder").symlink_to(outside)
    assert scan.scan_folder(pilot)[0].value == Quantity(0.0)


def test_too_large_a_folder_is_not_measured_unless_something_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(scan, "MOST_FILES", 2)
    for name in "abc":
        (tmp_path / name).write_text("text that is long enough")
    assert scan.scan_folder(tmp_path)[0].value is None
    (tmp_path / "a").write_text(SECRET)
    assert scan.scan_folder(tmp_path)[0].value == Quantity(1.0)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY", 1),
        ("password: hunter2secret", 1),
        ('db_password = "s3cr3tpass"', 1),
        ("api_key: env:MODEL_API_KEY_2", 0),
        ("token: ${HF_TOKEN_2}", 0),
        ("in_token: 0.50 EUR/Mtok", 0),
        ("tokens_per_s_stream: 10 tok/s", 0),
        ("password: correct horse", 0),
    ],
)
def test_keys_and_passwords_are_seen_with_blanks_around_the_sign(tmp_path: Path, line: str, found: int):
    (tmp_path / "settings.ini").write_text(f"[main]\n{line}\n")
    assert scan.scan_folder(tmp_path)[0].value == Quantity(float(found))
