"""What action and image install, and what is published: pinned by digest, and the same from every folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from running_the_gate import ROOT

PINNED = (ROOT / ".ci" / "requirements.txt").read_text()


def test_every_pin_has_digests_and_every_dependency_a_pin() -> None:
    entries = re.split(r"\n(?=\S)", PINNED.split("\n", 1)[1].strip())
    pins = {}
    for entry in entries:
        name, _, version = entry.split()[0].partition("==")
        assert version, entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
        pins[name] = version
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for text in (*project["project"]["dependencies"], *project["build-system"]["requires"]):
        wanted = Requirement(text)
        name = re.sub(r"[-_.]+", "-", wanted.name.lower())
        assert wanted.specifier.contains(pins[name]), f"run .ci/requirements.sh: {text}"


@pytest.mark.parametrize("file", ["action.yml", "docs/ci/Dockerfile"])
def test_nothing_is_installed_without_its_digest(file: str) -> None:
    text = (ROOT / file).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if re.search(r"pip install|\$\{pip\[@\]\}", line)]
    assert lines
    for line in lines:
        for part in line.split("&&"):
            if "pip install" in part or "${pip[@]}" in part:
                assert (
                    "pip=(" in part or "--require-hashes" in part or "--no-deps --no-build-isolation" in part
                ), part


def test_no_python_of_the_action_sees_the_checkout() -> None:
    text = (ROOT / "action.yml").read_text()
    calls = re.findall(r"(?m)^\s*(?:python3?|\S*/bin/python)\b.*|\bpip=\(.*", text)
    assert calls
    assert all(" -I " in call for call in calls)
    assert "python3 -c" not in text


@pytest.mark.slow
def test_wheel_and_sdist_are_the_same_from_every_folder(tmp_path: Path) -> None:
    tracked = (
        subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
        .stdout.decode()
        .split("\0")
    )
    made = []
    for place in ("a", "elsewhere/with a space"):
        source = tmp_path / place / "source"
        for name in filter(None, tracked):
            if (ROOT / name).is_file():
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                (source / name).write_bytes((ROOT / name).read_bytes())
        out = tmp_path / place / "out"
        subprocess.run(
            [sys.executable, "-m", "build", "--outdir", str(out), str(source)],
            check=True, capture_output=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
        )  # fmt: skip
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert made[0].keys() == made[1].keys()
    assert all(made[0][name] == made[1][name] for name in made[0])
