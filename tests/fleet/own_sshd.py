"""A real sshd on ports of 127.0.0.1, run as the current user with a configuration of its own, one port a node."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SSHD = "/usr/sbin/sshd"


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def make_key(path: Path) -> Path:
    """Make a key without a passphrase."""
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True, stdin=subprocess.DEVNULL
    )
    return path


def use_pam() -> str:
    """Return `yes` for an account whose password is locked, which sshd alone refuses even with a key."""
    try:
        lines = Path("/etc/shadow").read_text().splitlines()
    except OSError:
        return "no"
    return "yes" if any(line.startswith(f"{getpass.getuser()}:!") for line in lines) else "no"


@contextmanager
def own_sshd(folder: Path, nodes: list[str], *, greeting: tuple[str, ...] = ()) -> Iterator[Path]:
    """Serve each node on a port of its own and yield a client configuration that knows them all.

    A node in `greeting` prints a banner to stdout before and after each command, as a shell's start-up file may.
    """
    ports = dict(zip(nodes, free_ports(len(nodes)), strict=True))
    host, user = make_key(folder / "host_key"), make_key(folder / "user_key")
    (folder / "authorized").write_text(user.with_suffix(".pub").read_text())
    greet = folder / "greet"
    greet.write_text('#!/bin/sh\necho "Welcome! {\\"a\\": 1}"\nsh -c "$SSH_ORIGINAL_COMMAND"\necho Bye\n')
    greet.chmod(0o755)
    lines = [
        *(f"Port {port}" for port in ports.values()), "ListenAddress 127.0.0.1", f"HostKey {host}",
        f"AuthorizedKeysFile {folder / 'authorized'}", "StrictModes no", f"UsePAM {use_pam()}", "PasswordAuthentication no",
        "PidFile none", "MaxStartups 100", "PermitRootLogin yes",
    ]  # fmt: skip
    for node, port in ports.items():
        lines += [f"Match LocalPort {port}", f"  SetEnv POC_GATE_NODE={node}"]
        lines += [f"  ForceCommand {greet}"] if node in greeting else []
    (folder / "sshd_config").write_text("\n".join(lines) + "\n")
    client = folder / "ssh_config"
    known = folder / "known_hosts"
    public = host.with_suffix(".pub").read_text()
    known.write_text("".join(f"[127.0.0.1]:{port} {public}" for port in ports.values()))
    blocks = [
        f"Host {node}\n  HostName 127.0.0.1\n  Port {port}\n  User {getpass.getuser()}\n  IdentityFile {user}\n"
        f"  UserKnownHostsFile {known}\n  IdentitiesOnly yes\n"
        for node, port in ports.items()
    ]
    client.write_text("\n".join(blocks))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    with (folder / "sshd.log").open("wb") as log:
        server = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", folder / "sshd_config"], stderr=log, stdin=subprocess.DEVNULL
        )
    try:
        wait_until_served(list(ports.values()), folder / "sshd.log")
        yield client
    finally:
        server.terminate()
        server.wait(10)


def wait_until_served(ports: list[int], log: Path) -> None:
    """Wait until every port answers."""
    deadline = time.monotonic() + 20
    for port in ports:
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert time.monotonic() < deadline, log.read_text(errors="replace")
            time.sleep(0.05)
