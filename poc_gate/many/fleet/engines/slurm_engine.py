"""Slurm: one srun per node carries the question, or one sbatch file for all of them is written to be submitted."""

from __future__ import annotations

import math
import os
import shlex
import shutil
import subprocess
import threading
from contextlib import suppress

from msgspec.structs import replace

from poc_gate.many.fleet.carrying.bounded_process import run_command
from poc_gate.many.fleet.carrying.remote_script import remote_script
from poc_gate.many.fleet.interface import Ended, Engine, Errand
from poc_gate.many.fleet.node_names import fold_names
from poc_gate.model.many.fleet import Missed

_IMMEDIATE_S = 10
"""A node that is not free by then is busy."""
_MARGIN_S = 2.0
_CANCEL_S = 10.0
_NOISE = "support for cpu binding"
"""Said by every srun of a site that binds no tasks."""
_REASONS = (
    (Missed.BUSY, ("busy", "unable to allocate resources: requested nodes are busy", "immediate")),
    (Missed.AUTH, ("permission denied", "invalid account", "invalid user", "user not found", "munge")),
    (
        Missed.UNREACHABLE,
        (
            "node failure",
            "node_fail",
            "not available",
            "down, drained or reserved",
            "unable to contact slurm controller",
            "socket timed out",
            "communication connection failure",
            "not responding",
            "invalid node name",
            "unable to create step",
            "zero bytes were transmitted",
        ),
    ),
)
"""What Slurm says on stderr, in this order; its exit codes say nothing (srun has ended with 0 for a dead node)."""


def carry(node: str, errand: Errand, stop: threading.Event) -> Ended:
    """Run the script as one task of a job on that node alone, or of a step of the allocation at hand."""
    ended = run_command(
        command(node, errand),
        script=remote_script(errand),
        nonce=errand.nonce,
        deadline_s=errand.limit + _IMMEDIATE_S + _MARGIN_S,
        stop=stop,
    )
    if ended.cut and not _inside_allocation():
        _cancel(_job_name(node, errand))
    said = "\n".join(line for line in ended.err.splitlines() if _NOISE not in line)
    return replace(ended, err=said, missed=_missed(ended))


def command(node: str, errand: Errand) -> list[str]:
    """Return the command line; the whole node is asked for, since a slice of it would be measured otherwise."""
    whole = ["--overlap"] if _inside_allocation() else ["--exclusive", "--mem=0"]
    return [
        "srun", "--quiet", *_task(errand), *whole, f"--nodelist={node}", "--nodes=1", "--ntasks=1", f"--immediate={_IMMEDIATE_S}",
        f"--time={_minutes(errand)}", f"--job-name={_job_name(node, errand)}", *errand.options, "sh", "-s",
    ]  # fmt: skip


def _task(errand: Errand) -> list[str]:
    """Return what must not be left to the site's settings.

    With a short `--wait` the others would be killed soon after the first task ends (30 s were seen at a site), with
    `--kill-on-bad-exit` all of them with the first that fails.
    """
    return [f"--wait={math.ceil(errand.limit) + 10}", "--kill-on-bad-exit=0", "--cpu-bind=none"]


def _minutes(errand: Errand) -> int:
    return math.ceil(errand.limit / 60) + 1


def _job_name(node: str, errand: Errand) -> str:
    return f"{errand.nonce}-{node}"


def _inside_allocation() -> bool:
    return bool(os.environ.get("SLURM_JOB_ID"))


def _cancel(name: str) -> None:
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603 - our own job, by the name that only we know
            ["scancel", "--quiet", f"--name={name}"],  # noqa: S607 - the site's own Slurm
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_CANCEL_S,
            check=False,
        )


def _missed(ended: Ended) -> Missed | None:
    said = ended.err.lower()
    for why, words in _REASONS:
        if any(word in said for word in words):
            return why
    return None


_BATCH = """\
#!/bin/bash
#SBATCH --job-name={nonce}
#SBATCH --nodelist={nodes}
#SBATCH --nodes={count}
#SBATCH --ntasks-per-node=1
#SBATCH --exclusive
#SBATCH --mem=0
#SBATCH --time={minutes}
#SBATCH --no-kill
{options}\
# One task on each node measures it. Submit this with sbatch; then:  poc-gate fleet add FLEET {nonce}/*.out
# Exit codes of srun are not to be believed: what counts is which files come back.
mkdir -p {nonce}
cat >{nonce}/ask.sh <<'POC_GATE_END'
{script}POC_GATE_END
srun --ntasks-per-node=1 {task} --output={nonce}/%N.out --error={nonce}/%N.err sh {nonce}/ask.sh
echo "$(ls {nonce}/*.out 2>/dev/null | wc -l) of {count} nodes wrote a file"
"""


def script(nodes: tuple[str, ...], errand: Errand) -> str:
    """Return an sbatch file: one task per node, each with its own file."""
    return _BATCH.format(
        nonce=errand.nonce,
        nodes=fold_names(nodes, brackets_last=True),
        count=len(nodes),
        minutes=_minutes(errand),
        options="".join(f"#SBATCH {option}\n" for option in errand.options),
        script=remote_script(errand, node='"$SLURMD_NODENAME"', watched=False),
        task=shlex.join(_task(errand)),
    )


def missing() -> str:
    """Return what is missing here."""
    return "" if shutil.which("srun") else "the command srun is not installed here"


ENGINE = Engine(
    name="slurm",
    summary="srun, one task per node; or an sbatch file to submit; needs poc-gate on the nodes",
    carry=carry,
    script=script,
    missing=missing,
)
