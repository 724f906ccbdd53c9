"""A portfolio cut into parts -> the text that judges them on a site's own machines; nothing is submitted."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Callable, Mapping

from msgspec import Struct

from poc_gate.errors import UsageError, one_of


class ScriptRequest(Struct, frozen=True):
    """What shall be judged where."""

    via: str
    paths: tuple[str, ...]
    output: str
    shards: int
    machine: str = ""
    packs: tuple[str, ...] = ()
    sources: str = ""
    only: tuple[str, ...] = ()
    stage: str = ""
    day: str = ""
    image: str = ""
    volume: str = ""


def write_script(request: ScriptRequest) -> str:
    """Return the script; raises UsageError for an engine that is not known or an image that is missing."""
    if request.via not in _WRITERS:
        raise UsageError(f"--via {request.via!r} is not known", next_step=one_of(request.via, _WRITERS))
    texts = (
        *request.paths,
        *request.packs,
        *request.only,
        request.sources,
        request.stage,
        request.output,
        request.machine,
        request.day,
        request.image,
        request.volume,
    )
    odd = next((text for text in texts if not text.isprintable()), None)
    if odd is not None:
        raise UsageError(f"{odd!r} contains characters that are not safe in a script", next_step="rename it")
    return _WRITERS[request.via](request)


def _command(request: ScriptRequest) -> list[str]:
    """Return the command of one part up to its number; every part has the same day."""
    day = request.day or dt.datetime.now(tz=dt.UTC).date().isoformat()
    command = ["poc-gate", "portfolio", "run", *request.paths, "--quiet", "--on", day]
    command += ["--machine", request.machine] if request.machine else []
    for pack in request.packs:
        command += ["--pack", pack]
    command += ["--sources", request.sources] if request.sources else []
    for name in request.only:
        command += ["--only", name]
    command += ["--stage", request.stage] if request.stage else []
    return command


def _merge(request: ScriptRequest) -> str:
    return f"poc-gate portfolio merge {shlex.quote(request.output)}/part-* -o {shlex.quote(request.output)}/whole"


def _slurm(request: ScriptRequest) -> str:
    command = shlex.join(_command(request))
    output = shlex.quote(request.output)
    return f"""#!/usr/bin/env bash
# Judges a portfolio in {request.shards} parts, one array task each. Submit: sbatch THIS_FILE
# Afterwards, anywhere that sees the folder: {_merge(request)}
# A part that is missing shows as rows that say so; submit its number again with --array=K.
#SBATCH --job-name=poc-gate-portfolio
#SBATCH --array=1-{request.shards}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --time=01:00:00
#SBATCH --output=poc-gate-portfolio-%a.log
set -euo pipefail
mkdir -p {output}
{command} --jobs "${{SLURM_CPUS_PER_TASK:-2}}" --shard "$SLURM_ARRAY_TASK_ID/{request.shards}" -o {output}/part-"$SLURM_ARRAY_TASK_ID"
"""


def _kubernetes(request: ScriptRequest) -> str:
    if not request.image or not request.volume:
        what = "a job in Kubernetes needs an image with poc-gate, and a volume with the pilots"
        raise UsageError(what, next_step="add --image REGISTRY/IMAGE:TAG and --volume CLAIM")
    line = f'mkdir -p "$0" && exec "$@" --shard "$((JOB_COMPLETION_INDEX + 1))/{request.shards}" -o "$0/part-$((JOB_COMPLETION_INDEX + 1))"'
    job = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": "poc-gate-portfolio"},
        "spec": {
            "completionMode": "Indexed",
            "completions": request.shards,
            "parallelism": request.shards,
            "backoffLimitPerIndex": 1,
            "template": {
                "spec": {
                    "restartPolicy": "Never",
                    "automountServiceAccountToken": False,
                    "containers": [
                        {
                            "name": "poc-gate",
                            "image": request.image,
                            "command": [
                                "bash",
                                "-c",
                                line,
                                request.output,
                                *_command(request),
                                "--jobs",
                                "2",
                            ],
                            "workingDir": "/portfolio",
                            "resources": {
                                "requests": {"cpu": "2", "memory": "2Gi"},
                                "limits": {"memory": "3Gi"},
                            },
                            "securityContext": {
                                "allowPrivilegeEscalation": False,
                                "capabilities": {"drop": ["ALL"]},
                            },
                            "volumeMounts": [{"name": "portfolio", "mountPath": "/portfolio"}],
                        }
                    ],
                    "volumes": [
                        {"name": "portfolio", "persistentVolumeClaim": {"claimName": request.volume}}
                    ],
                }
            },
        },
    }
    head = (
        "# Submit: kubectl apply -f THIS_FILE; the volume is mounted at /portfolio, paths are seen from there.\n"
        f"# Afterwards, where the volume is seen: {_merge(request)}\n"
    )
    return head + json.dumps(job, indent=2) + "\n"  # JSON is YAML


def _ray(request: ScriptRequest) -> str:
    return f'''"""Judges a portfolio in {request.shards} parts on a Ray cluster that shares the folder.

Run: python THIS_FILE    Afterwards: {_merge(request)}
"""

import subprocess

import ray

COMMAND = {_command(request)!r}
OUTPUT, SHARDS = {request.output!r}, {request.shards}


@ray.remote(num_cpus=2, max_retries=0)
def judge(part):
    command = [*COMMAND, "--jobs", "2", "--shard", f"{{part}}/{{SHARDS}}", "-o", f"{{OUTPUT}}/part-{{part}}"]
    done = subprocess.run(command, capture_output=True, text=True)
    return part, done.returncode, done.stderr[-2000:]


ray.init()
waiting = [judge.remote(part) for part in range(1, SHARDS + 1)]
while waiting:
    ready, waiting = ray.wait(waiting, timeout=3600)
    if not ready:
        print(f"{{len(waiting)}} parts gave no answer within an hour; `merge` shows which pilots are missing")
        break
    for one in ready:
        try:
            part, code, told = ray.get(one)
            print(f"part {{part}}: exit {{code}} {{told if code else ''}}")
        except ray.exceptions.RayError as error:
            print(f"a part was lost: {{type(error).__name__}}")
'''


_WRITERS: Mapping[str, Callable[[ScriptRequest], str]] = {
    "slurm": _slurm,
    "kubernetes": _kubernetes,
    "ray": _ray,
}
