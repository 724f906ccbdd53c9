"""The action, the hooks and the templates: each valid by its schema, and run as far as it runs anywhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
SARIF = json.loads((ROOT / "tests/report/schemas/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
CODES = {"GO": 0, "CONDITIONAL": 10, "INSUFFICIENT EVIDENCE": 11, "NO-GO": 12}


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Return a folder with a `poc-gate` that runs this checkout."""
    folder = tmp_path / "poc-gate" / "bin"
    folder.mkdir(parents=True)
    program = folder / "poc-gate"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m poc_gate "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a git repository with one pilot in a folder, committed."""
    folder = tmp_path / "repository"
    shutil.copytree(ROOT / "examples/support-assistant", folder / "pilots/assistant")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "the pilot")
    return folder


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def run_step(step: str, folder: Path, tools: Path, **inputs: str) -> tuple[int, str, dict[str, str], str]:
    """Run one step of the action as the runner does: bash with its flags, inputs as variables."""
    script = next(item["run"] for item in ACTION["runs"]["steps"] if item["id"] == step)
    output, summary = folder.parent / "output.txt", folder.parent / "summary.md"
    output.touch()
    summary.touch()
    environment = {
        **os.environ,
        "RUNNER_TEMP": str(tools.parent.parent),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        "STAGE": "",
        "FAIL_ON": "",
        "BASE_REF": "",
        "ACCEPT": "go",
        "OUTPUT": "reports",
        **inputs,
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = dict(row.split("=", 1) for row in output.read_text().splitlines())
    return done.returncode, done.stdout + done.stderr, told, summary.read_text()


def checked(schema: str, file: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_workflow_files_are_valid_by_their_schemas() -> None:
    checked("vendor.github-actions", "action.yml")
    checked("vendor.github-workflows", "docs/ci/github.yml")
    checked("vendor.gitlab-ci", "docs/ci/gitlab.yml")


def test_no_input_is_pasted_into_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]


def test_the_action_judges_and_tells_code_verdict_and_files(repository: Path, tools: Path) -> None:
    code, log, told, summary = run_step(
        "gate", repository, tools, PILOT="pilots/assistant", MACHINE="l4-24gb"
    )
    assert code == CODES[told["verdict"]] == int(told["exit-code"]), log
    assert summary.startswith(f"## {told['verdict']}")
    assert "::stop-commands::" in log
    sarif = json.loads((repository / told["sarif"]).read_text())
    jsonschema.Draft7Validator(SARIF).validate(sarif)
    uris = [
        found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for found in sarif["runs"][0]["results"]
    ]
    assert uris
    assert all((repository / uri).is_file() for uri in uris)
    assert json.loads((repository / told["result"]).read_text())["schema"] == "poc-gate.result/1"
    assert (repository / "reports/report.html").read_text().startswith("<!DOCTYPE html>")


def test_annotations_name_files_from_the_repository_root(repository: Path, tools: Path) -> None:
    folder = repository / "pilots"
    _, log, _, _ = run_step("gate", folder, tools, PILOT="assistant", MACHINE="l4-24gb")
    files = re.findall(r"^::(?:error|warning|notice) file=([^,]+),", log, flags=re.MULTILINE)
    assert files
    assert all((repository / file).is_file() for file in files)


def test_the_action_compares_with_the_base(repository: Path, tools: Path) -> None:
    inputs = {"PILOT": "pilots/assistant", "MACHINE": "l4-24gb", "ACCEPT": "conditional", "BASE_REF": "main"}
    code, log, _, _ = run_step("gate", repository, tools, **inputs)
    assert code == 0, log
    manifest = repository / "pilots/assistant/pilot.yaml"
    text = manifest.read_text()
    manifest.write_text(re.sub(r"(?m)^  runbook:.*\n", "", text))
    assert manifest.read_text() != text
    (repository.parent / "output.txt").unlink()
    worse, log, told, _ = run_step("gate", repository, tools, **inputs)
    assert worse == int(told["exit-code"]) == 13, log


@pytest.mark.parametrize("pilot", ["$(touch owned)", "--help", "; touch owned", "pilots/none"])
def test_no_input_becomes_a_command(repository: Path, tools: Path, pilot: str) -> None:
    code, _, told, _ = run_step("gate", repository, tools, PILOT=pilot, MACHINE="l4-24gb")
    assert code == 2
    assert told["verdict"] == ""
    assert not (repository / "owned").exists()


def hooks_config(*arguments: str) -> dict[str, Any]:
    """Return a configuration with the published hooks, run from this checkout instead of an installation."""
    hooks = [{**hook, "language": "system"} for hook in HOOKS]
    for hook in hooks:
        if hook["id"] == "poc-gate-ratchet":
            hook["args"] = list(arguments)
    return {"repos": [{"repo": "local", "hooks": hooks}]}


def run_hooks(repository: Path, tools: Path, *names: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(repository.parent / "hooks"),
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color=never", "--verbose", *names],
        cwd=repository, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_hook_manifest_is_valid() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_validate_hook_passes_and_stops_a_broken_manifest(repository: Path, tools: Path) -> None:
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(hooks_config()))
    commit(repository, "hooks")
    good = run_hooks(repository, tools, "poc-gate-validate")
    assert good.returncode == 0, good.stdout
    manifest = repository / "pilots/assistant/pilot.yaml"
    manifest.write_text(manifest.read_text().replace("\nslo:", "\nsloo:", 1))
    broken = run_hooks(repository, tools, "poc-gate-validate")
    assert broken.returncode == 1
    assert re.search(r"pilots/assistant/pilot\.yaml:\d+:\d+: .*sloo", broken.stdout)


def test_the_ratchet_hook_stops_what_got_worse(repository: Path, tools: Path) -> None:
    config = hooks_config("pilots/assistant", "--machine", "l4-24gb", "--accept", "conditional")
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    commit(repository, "hooks")
    manifest = repository / "pilots/assistant/pilot.yaml"
    text = manifest.read_text()
    manifest.write_text(re.sub(r"(?m)^  runbook:.*\n", "", text))
    assert manifest.read_text() != text
    worse = run_hooks(repository, tools, "poc-gate-ratchet")
    assert worse.returncode == 1
    assert "exit code: 13" in worse.stdout
    assert "pilot.yaml" in worse.stdout


def test_the_container_builds_from_what_the_repository_has() -> None:
    lines = (ROOT / "docs/ci/Dockerfile").read_text().replace("\\\n", " ").splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    assert [step[0] for step in steps if step[0] in {"FROM", "ENTRYPOINT", "USER"}] == [
        "FROM",
        "FROM",
        "USER",
        "ENTRYPOINT",
    ]
    assert json.loads(steps[-2][1]) == ["poc-gate"]
    assert next(step[1] for step in steps if step[0] == "USER") != "root"


def test_the_templates_call_only_options_and_formats_that_exist() -> None:
    from poc_gate.cli.app import load_command
    from poc_gate.report.formats import format_names

    function = load_command("assess").function
    assert function is not None
    import inspect

    options = {name.rstrip("_").replace("_", "-") for name in inspect.signature(function).parameters}
    for file in ("action.yml", "docs/ci/gitlab.yml", "docs/ci/Jenkinsfile", ".pre-commit-hooks.yaml"):
        text = (ROOT / file).read_text()
        calls = "\n".join(re.findall(r"(?s)(?:poc-gate assess|arguments\+?=).*?(?:\n\s*\n|'''|$)", text))
        used = {name.rstrip("-") for name in re.findall(r"--([a-z][a-z-]*)", calls)}
        assert used - {"quiet", "entrypoint", "noprofile"} <= options, file
        assert set(re.findall(r"--format[ =]\"?([a-z]+)", calls)) <= set(format_names())


def test_the_gitlab_job_finds_its_base_in_a_clone_of_one_branch(
    repository: Path, tools: Path, tmp_path: Path
) -> None:
    """The runner fetches the pipeline's own branch and checks out a commit of it, nothing else."""
    git(repository, "checkout", "--quiet", "-b", "feature")
    manifest = repository / "pilots/assistant/pilot.yaml"
    manifest.write_text(re.sub(r"(?m)^  runbook:.*\n", "", manifest.read_text()))
    commit(repository, "a field less")
    clone = tmp_path / "clone"
    git(tmp_path, "init", "--quiet", str(clone))
    git(clone, "remote", "add", "origin", str(repository))
    git(clone, "fetch", "--quiet", "origin", "+refs/heads/feature:refs/remotes/origin/feature")
    git(clone, "checkout", "--quiet", "--detach", "origin/feature")
    job = yaml.safe_load((ROOT / "docs/ci/gitlab.yml").read_text(encoding="utf-8"))["poc-gate"]
    script = "\n".join(job["script"])
    environment = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "CI_DEFAULT_BRANCH": "main",
        "PILOT": "pilots/assistant",
        "MACHINE": "l4-24gb",
    }
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=clone, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 13, done.stdout + done.stderr
    assert "(at the base: pass)" in done.stderr
    for report in job["artifacts"]["reports"].values():
        assert (clone / report).is_file()
    paths = {
        entry["location"]["path"]
        for entry in json.loads((clone / "poc-gate-reports/codequality.json").read_text())
    }
    assert all((clone / path).is_file() for path in paths)


def test_the_ratchet_hook_lets_a_new_pilot_in_and_sees_a_changed_record(
    repository: Path, tools: Path
) -> None:
    """A contract or a record can make a pilot worse as well as its manifest: every commit is looked at."""
    config = hooks_config("pilots/assistant", "--machine", "l4-24gb", "--accept", "conditional")
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    shutil.move(repository / "pilots", repository.parent / "pilots")
    commit(repository, "hooks, and no pilot")
    shutil.move(repository.parent / "pilots", repository / "pilots")
    git(repository, "add", "--all")
    added = run_hooks(repository, tools, "poc-gate-ratchet")
    assert added.returncode == 0, added.stdout
    assert "new since HEAD" in added.stdout
    commit(repository, "the pilot")
    (repository / "pilots/assistant/records/traffic.yaml").unlink()
    broken = run_hooks(repository, tools, "poc-gate-ratchet")
    assert broken.returncode == 1
