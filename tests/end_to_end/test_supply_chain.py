"""What action and image install, and what is published: pinned by digest, and the same from every folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from built_packages import build_in, built_once
from packaging.requirements import Requirement
from running_the_gate import ROOT

from poc_gate.inputs.artifacts.read_artifact import read_artifact

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
    folders = (built_once(), build_in(tmp_path / "elsewhere" / "with a space"))
    made = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders]
    assert len(made[0]) == 2
    assert made[0].keys() == made[1].keys()
    assert all(made[0][name] == made[1][name] for name in made[0])


WORKFLOW = ROOT / ".github" / "workflows" / "release.yml"


def test_every_action_of_the_release_is_named_by_its_commit() -> None:
    used = re.findall(r"uses:\s*(\S+)", WORKFLOW.read_text())
    assert len(used) >= 6
    assert [one for one in used if not re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", one)] == []


def test_the_release_stores_no_password_and_each_job_has_only_the_rights_it_needs() -> None:
    release = yaml.safe_load(WORKFLOW.read_text())
    assert release["permissions"] == {}
    assert "secrets." not in WORKFLOW.read_text()
    rights = {name: job["permissions"] for name, job in release["jobs"].items()}
    assert rights["build"] == {"contents": "read"}
    assert rights["publish"] == {"id-token": "write"}
    assert rights["attest"] == {"contents": "read", "id-token": "write", "attestations": "write"}
    attested = [step for step in release["jobs"]["attest"]["steps"] if "attest" in step["uses"]]
    assert [step["with"].get("sbom-path") for step in attested] == [None, "dist/poc-gate.cdx.json"]
    assert all(job["timeout-minutes"] for job in release["jobs"].values())


def test_inputs_of_the_release_never_become_a_command() -> None:
    for job in yaml.safe_load(WORKFLOW.read_text())["jobs"].values():
        assert all("${{" not in step.get("run", "") for step in job["steps"])


def test_the_base_images_are_named_by_digest() -> None:
    text = (ROOT / "docs" / "ci" / "Dockerfile").read_text()
    named = dict(re.findall(r"(?m)^ARG (\w+)=(\S+)$", text))
    bases = [
        base.format(**named) if "$" not in base else named[base.strip("${}")]
        for base in re.findall(r"(?m)^FROM (\S+)", text)
    ]
    assert bases
    assert all(re.search(r"@sha256:[0-9a-f]{64}$", base) for base in bases)


def bill_of_materials(**more: str) -> bytes:
    return subprocess.run(
        [sys.executable, "-I", str(ROOT / ".ci" / "sbom.py")],
        check=True, capture_output=True, cwd="/", env={"PATH": os.environ["PATH"], **more},
    ).stdout  # fmt: skip


def test_the_bill_of_materials_holds_every_pin_with_its_digests_and_is_the_same_each_time() -> None:
    content = bill_of_materials(SOURCE_DATE_EPOCH="1700000000")
    assert content == bill_of_materials(SOURCE_DATE_EPOCH="1700000000")
    made = json.loads(content)
    assert made["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    listed = {
        one["purl"]: {h["content"] for h in one["externalReferences"][0]["hashes"]}
        for one in made["components"]
    }
    pinned = set(re.findall(r"sha256:([0-9a-f]{64})", PINNED))
    assert set().union(*listed.values()) == pinned
    assert all(listed.values())
    assert len(listed) == len(re.findall(r"(?m)^\S+==", PINNED))
    (own,) = made["dependencies"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert len(own["dependsOn"]) == len(project["dependencies"])
    assert set(own["dependsOn"]) <= set(listed)


def test_poc_gate_reads_its_own_bill_of_materials(tmp_path: Path) -> None:
    path = tmp_path / "poc-gate.cdx.json"
    path.write_bytes(bill_of_materials())
    result = read_artifact(path.read_bytes(), path.name)
    assert result.kind == "cyclonedx"


@pytest.mark.parametrize("line", ["requests>=2", "requests==2.0", "-r other.txt", "--hash=sha256:12"])
def test_what_is_no_pin_with_a_digest_is_refused(line: str) -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, runpy; runpy.run_path(sys.argv[1])['components'](sys.argv[2])",
         str(ROOT / ".ci" / "sbom.py"), f"{line}\n"],
        capture_output=True, check=False,
    )  # fmt: skip
    assert found.returncode != 0
    assert b"ValueError" in found.stderr
