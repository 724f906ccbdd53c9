"""Scripts for other machines: each judges its part when it runs, and the cluster's own schema accepts what is for it."""

from __future__ import annotations

import ast
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from poc_gate.app.portfolio.merge_results import merge_results
from poc_gate.app.portfolio.write_script import ScriptRequest, write_script
from poc_gate.errors import UsageError

DAY = "2026-11-28"


def script(via: str, **more: object) -> str:
    base = {"paths": ("pilots",), "output": "out", "shards": 2, "machine": "l4-24gb", "day": DAY}
    return write_script(ScriptRequest(via, **(base | more)))


@pytest.fixture
def command(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which `poc-gate` is the one under test."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "poc-gate").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m poc_gate "$@"\n')
    (folder / "poc-gate").chmod(0o755)
    return os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}


def test_the_tasks_of_a_slurm_array_judge_the_parts_of_the_whole(pilots, judged, command, tmp_path):
    text = script("slurm", output="all results")
    (tmp_path / "job.sh").write_text(text)
    assert "#SBATCH --array=1-2" in text
    for part in (1, 2):
        shutil.copytree("results", f"all results/part-{part}")
        subprocess.run(["bash", "job.sh"], env=command | {"SLURM_ARRAY_TASK_ID": str(part)}, check=True)
    merge_results([tmp_path / "all results" / f"part-{part}" for part in (1, 2)], tmp_path / "whole")
    assert (tmp_path / "whole" / "portfolio.json").read_bytes() == (
        judged / "results" / "portfolio.json"
    ).read_bytes()


def test_the_manifest_for_kubernetes_fits_its_schema_and_its_command_judges_a_part(pilots, command):
    import kubernetes_validate
    import yaml

    text = script("kubernetes", image="registry.example.com/poc-gate:1", volume="pilots")
    job = yaml.safe_load(text)
    kubernetes_validate.validate(job, kubernetes_validate.latest_version(), strict=True)
    (container,) = job["spec"]["template"]["spec"]["containers"]
    shutil.copytree("results", "out/part-2")
    subprocess.run(container["command"], env=command | {"JOB_COMPLETION_INDEX": "1"}, check=True)
    assert json.loads(Path("out/part-2/portfolio.json").read_text())["shard"] == "2/2"
    broken = yaml.safe_load(text.replace('"parallelism": 2', '"parallelism": "two"'))
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, kubernetes_validate.latest_version(), strict=True)


def test_the_program_for_ray_runs_with_what_ray_offers(pilots, command, tmp_path):
    """A stand-in for Ray runs the parts; the real cluster is asked by tests/heavy.sh."""
    text = script("ray")
    ast.parse(text)
    (tmp_path / "ray.py").write_text(
        "class exceptions:\n    class RayError(Exception): pass\n"
        "class Remote:\n    def __init__(self, run): self.remote = run\n"
        "def remote(**options): return Remote\n"
        "def init(): pass\ndef wait(waiting, timeout): return waiting[:1], waiting[1:]\ndef get(one): return one\n"
    )
    for part in (1, 2):
        shutil.copytree("results", f"out/part-{part}")
    (tmp_path / "job.py").write_text(text)
    done = subprocess.run([sys.executable, "job.py"], env=command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["part 1: exit 0 ", "part 2: exit 0 "]


@pytest.mark.parametrize(
    "more",
    [
        {"via": "pigeon"},
        {"via": "kubernetes"},
        {"via": "slurm", "output": "a\nrm -rf ~"},
        {"via": "ray", "paths": ("x\u202e",)},
    ],
)
def test_what_cannot_be_or_would_do_more_is_refused(more):
    with pytest.raises(UsageError):
        script(**more)


@pytest.mark.parametrize("via", ["slurm", "ray"])
def test_names_that_a_shell_would_read_stay_names(via):
    text = script(via, paths=("$(touch x); 'y'",), output="a b")
    assert "'$(touch x); '\"'\"'y'\"'\"''" in text or repr("$(touch x); 'y'") in text
