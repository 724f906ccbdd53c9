"""A real Slurm: one controller on the hub and one node daemon in each network and host-name namespace, with its own munge."""

from __future__ import annotations

import os
import secrets
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cabled_nodes import NETWORK, Cabling, cabled

_CONF = """\
ClusterName=pocgate
SlurmctldHost=hub({network}.254)
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdTimeout=20
ReturnToService=2
MailProg=/bin/true
{nodes}
PartitionName=all Nodes=n[1-{count}] Default=YES MaxTime=INFINITE State=UP
"""


class OwnSlurm:
    """A running Slurm and the nodes it runs on."""

    def __init__(self, folder: Path, cabling: Cabling) -> None:
        """Keep where it is."""
        self.folder, self.cabling = folder, cabling
        self.environment = {**os.environ, "SLURM_CONF": str(folder / "slurm.conf"), "SLURM_HOSTNAME": "hub"}

    def run(
        self, command: Sequence[str], *, cwd: Path, seconds: float = 180
    ) -> subprocess.CompletedProcess[str]:
        """Run a command on the hub."""
        return subprocess.run(
            self._named("hub", command), cwd=cwd, env=self.environment, capture_output=True, text=True,
            timeout=seconds, check=False,
        )  # fmt: skip

    def start(self, node: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start a command on a node, or on the hub."""
        with (self.folder / f"{node}.err").open("ab") as err:
            return subprocess.Popen(
                self._named(node, command), env=self.environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=err,
            )  # fmt: skip

    def start_node(self, node: str) -> subprocess.Popen[bytes]:
        """Start the daemon of a node."""
        return self.start(node, ["slurmd", "-D", "-N", node])

    def wait_idle(self, nodes: Sequence[str], seconds: float = 90) -> None:
        """Wait until Slurm calls all of these nodes idle."""
        deadline = time.monotonic() + seconds
        while True:
            told = self.run(["sinfo", "-hN", "-o", "%N %t"], cwd=self.folder).stdout.split("\n")
            idle = {line.split()[0] for line in told if line.endswith(" idle")}
            if idle.issuperset(nodes):
                return
            assert time.monotonic() < deadline, told
            time.sleep(0.5)

    def _named(self, node: str, command: Sequence[str]) -> list[str]:
        return self.cabling.inside(
            node, ["unshare", "-u", "sh", "-c", f'hostname {node}; exec "$@"', "sh", *command]
        )


@contextmanager
def own_slurm(folder: Path, count: int) -> Iterator[OwnSlurm]:
    """Start munge, controller and nodes n1 to n`count`, and end them all."""
    nodes = [f"n{number}" for number in range(1, count + 1)]
    with cabled(nodes) as cabling:
        slurm = OwnSlurm(folder, cabling)
        lines = [
            f"NodeName={node} NodeAddr={cabling.address[node]} NodeHostname={node} Port=17001 CPUs=2 RealMemory=1000"
            for node in nodes
        ]
        (folder / "state").mkdir()
        (folder / "slurm.conf").write_text(
            _CONF.format(folder=folder, network=NETWORK, nodes="\n".join(lines), count=count)
        )
        (folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")
        running = [_munge(folder), slurm.start("hub", ["slurmctld", "-D"]), *map(slurm.start_node, nodes)]
        try:
            slurm.wait_idle(nodes)
            yield slurm
        finally:
            for one in reversed(running):
                one.kill()
                one.wait(10)


def _munge(folder: Path) -> subprocess.Popen[bytes]:
    key = folder / "munge.key"
    key.write_bytes(secrets.token_bytes(128))
    key.chmod(0o400)
    for parent in (folder, *folder.parents):
        if str(parent) not in ("/", "/tmp"):
            parent.chmod(parent.stat().st_mode | 0o011)
    command = ["munged", "--foreground", "--force", f"--key-file={key}", f"--socket={folder}/munge.socket",
               f"--pid-file={folder}/munge.pid", f"--seed-file={folder}/munge.seed", f"--log-file={folder}/munge.log"]  # fmt: skip
    started = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 20
    while not (folder / "munge.socket").exists():
        assert time.monotonic() < deadline, "munged did not start"
        time.sleep(0.1)
    return started
