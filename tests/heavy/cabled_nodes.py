"""Nodes in network namespaces of their own, cabled to one bridge; the machine's own network is not touched."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

NETWORK = "10.77.0"
_MARK = f"pg{os.getpid()}"


def ip(*words: str) -> None:
    """Run one command of iproute2."""
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Cabling:
    """A hub with a bridge, from which nodes are asked, and the nodes."""

    def __init__(self, nodes: Sequence[str]) -> None:
        """Name the namespaces; nothing is made yet."""
        self.address = {node: f"{NETWORK}.{number}" for number, node in enumerate(nodes, 1)}
        self.hub = f"{_MARK}hub"

    def space(self, node: str) -> str:
        """Return the name of a node's namespace."""
        return f"{_MARK}{node}"

    def make(self) -> None:
        """Make the namespaces, the bridge and the cables."""
        ip("netns", "add", self.hub)
        ip("-n", self.hub, "link", "add", "br0", "type", "bridge")
        ip("-n", self.hub, "addr", "add", f"{NETWORK}.254/24", "dev", "br0")
        for device in ("br0", "lo"):
            ip("-n", self.hub, "link", "set", device, "up")
        for number, (node, address) in enumerate(self.address.items()):
            ip("netns", "add", self.space(node))
            ip(
                "-n",
                self.hub,
                "link",
                "add",
                f"v{number}",
                "type",
                "veth",
                "peer",
                "name",
                "eth0",
                "netns",
                self.space(node),
            )
            ip("-n", self.hub, "link", "set", f"v{number}", "master", "br0", "up")
            ip("-n", self.space(node), "addr", "add", f"{address}/24", "dev", "eth0")
            for device in ("eth0", "lo"):
                ip("-n", self.space(node), "link", "set", device, "up")

    def pull(self, node: str) -> None:
        """Pull a node's cable."""
        ip("-n", self.space(node), "link", "set", "eth0", "down")

    def inside(self, node: str, command: Sequence[str]) -> list[str]:
        """Return the command that runs another one on a node; `hub` is where nodes are asked from."""
        space = self.hub if node == "hub" else self.space(node)
        return ["ip", "netns", "exec", space, *command]

    def pids(self, node: str) -> list[int]:
        """Return the processes of a node."""
        done = subprocess.run(
            ["ip", "netns", "pids", self.space(node)], capture_output=True, text=True, check=False
        )
        return [int(word) for word in done.stdout.split()]

    def lines(self, node: str) -> dict[int, str]:
        """Return the command lines of a node's processes."""
        found = {}
        for pid in self.pids(node):
            with suppress(OSError):
                found[pid] = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        return found

    def send(self, node: str, number: signal.Signals, *, only: str = "") -> int:
        """Send a signal to the processes of a node, or those that run `only`; return to how many."""
        chosen = [pid for pid, line in self.lines(node).items() if only in line]
        for pid in chosen:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        return len(chosen)

    def remove(self) -> None:
        """End every process of every node and remove the namespaces."""
        for node in self.address:
            self.send(node, signal.SIGKILL)
            self.send(node, signal.SIGCONT)
        for space in [*map(self.space, self.address), self.hub]:
            subprocess.run(["ip", "netns", "del", space], capture_output=True, check=False)


@contextmanager
def cabled(nodes: Sequence[str]) -> Iterator[Cabling]:
    """Make the nodes and remove them again."""
    cabling = Cabling(nodes)
    try:
        cabling.make()
        yield cabling
    finally:
        cabling.remove()
