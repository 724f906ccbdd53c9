"""Secrets are found by kind and nothing else is; shipped files are found installed or not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from poc_gate.base.shipped_files import pack_files, pack_names, shipped_packs, template_files, template_text
from poc_gate.errors import InternalError
from poc_gate.text.secrets.literal_secrets import find_secret

ROOT = Path(__file__).parents[2]
KINDS = {
    "ASIAABCDEFGHIJKLMNOP": "an AWS access key",
    "key is glpat-abcdefghij0123456789": "a GitLab token",
    "xoxb-1234567890-abcdef": "a Slack token",
    "sk-proj-abcdefghijklmnop1234": "a model provider's key",
    "hf_abcdefghijklmnopqrstuv": "a model provider's key",
    "AIza" + "b" * 35: "a Google key",
    "-----BEGIN EC PRIVATE KEY-----": "a private key",
    "https://user:s3cr3tword@host/path": "a password in an address",
    "Server=db;Password=hunter2secret;": "a password or key",
    '{"api_key": "abcd1234"}': "a password or key",
}
HARMLESS = [
    "",
    "env:API_KEY",
    "token: 4096 per user",
    "password=${DB_PASSWORD}",
    "https://user@host/path",
    "https://host:8443/a@b",
    "the secret of good tea is time",
    'credentials": { "secret": "shop-connection-shared--pipelines" }',
    "4b825dc642cb6eb9a060e54bf8d69288fbee4904" * 2,
    "123e4567-e89b-12d3-a456-426614174000",
    "models/acme-7b-instruct-2026-01-15/model-00001-of-00002.safetensors",
    "AVeryLongCamelCaseNameOfAServiceThatNobodyShouldHaveChosen",
]


@pytest.mark.parametrize("text", KINDS)
def test_a_secret_is_named_by_its_kind(text):
    assert find_secret(text) == KINDS[text]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_secret_is_left_alone(text):
    assert find_secret(text) == ""


def test_every_pack_folder_ships_whole():
    on_disk = {path.parent.name for path in (ROOT / "rules").glob("*/pack.yaml")}
    assert set(pack_names()) == on_disk
    for name, files in shipped_packs().items():
        assert "pack.yaml" in files
        assert {file.name for file in (ROOT / "rules" / name).glob("*.yaml")} == set(files)
        assert all((ROOT / "rules" / name / file).read_bytes() == content for file, content in files.items())


def test_templates_are_found_by_name():
    files = template_files()
    assert files
    name = next(iter(files))
    assert template_text(name).encode() == files[name]


@pytest.mark.parametrize("name", ["../LICENSE", "none.html"])
def test_only_what_ships_is_read(name):
    with pytest.raises(InternalError):
        template_text(name)
    with pytest.raises(InternalError):
        pack_files(name)


def test_a_checkout_that_was_not_installed_finds_its_files(tmp_path):
    for folder in ("poc_gate", "rules", "templates"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "*.so")
        )
    code = (
        "import sys; sys.path.insert(0, '.'); from poc_gate.base import shipped_files as s; "
        "print(s.__file__); print(len(s.pack_names()), len(s.template_files()))"
    )
    # -S leaves site-packages out, and with it every installed copy of poc-gate.
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    where, counts = done.stdout.strip().split("\n")
    assert Path(where).is_relative_to(tmp_path)
    assert counts.split() == [str(len(pack_names())), str(len(template_files()))]
