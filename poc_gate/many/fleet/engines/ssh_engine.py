"""The system's ssh: the user's configuration, keys, agents and bastions carry the question; nothing is asked back."""

from __future__ import annotations

import shutil
import threading

from msgspec.structs import replace

from poc_gate.many.fleet.carrying.bounded_process import run_command
from poc_gate.many.fleet.carrying.remote_script import remote_script
from poc_gate.many.fleet.interface import Ended, Engine, Errand
from poc_gate.model.many.fleet import Missed

_MARGIN_S = 1.0
_CONNECT_S = 15
_FAILED = 255
"""Exit code of ssh itself, where it could not carry the question."""
_AUTH = (
    "permission denied",
    "host key verification failed",
    "too many authentication failures",
    "no supported authentication methods",
    "remote host identification has changed",
    "identity file",
    "certificate invalid",
)
_UNREACHABLE = (
    "could not resolve",
    "name or service not known",
    "connection timed out",
    "operation timed out",
    "connection refused",
    "no route to host",
    "network is unreachable",
    "host is down",
    "connection closed",
    "connection reset",
    "connection to",  # "... closed by remote host": it was lost on the way
    "not responding",
    "broken pipe",
    "kex_exchange_identification",
    "banner exchange",
    "stdio forwarding failed",
    "client_loop",
)


def carry(node: str, errand: Errand, stop: threading.Event) -> Ended:
    """Run the script in a shell of the node, whatever the login shell there is."""
    ended = run_command(
        command(node, errand),
        script=remote_script(errand),
        nonce=errand.nonce,
        deadline_s=errand.limit + _MARGIN_S,
        stop=stop,
    )
    lost = ended.code == _FAILED and not ended.err.strip()
    return replace(ended, missed=_missed(ended), err="the connection was lost" if lost else ended.err)


def command(node: str, errand: Errand) -> list[str]:
    """Return the command line; nothing is asked back, and a connection that died is noticed within 12 s."""
    settings = {
        "BatchMode": "yes",
        "ConnectTimeout": str(max(1, min(_CONNECT_S, round(errand.limit)))),
        "ServerAliveInterval": "3",
        "ServerAliveCountMax": "3",
        "ClearAllForwardings": "yes",
        "LogLevel": "ERROR",
    }
    given = [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]
    return ["ssh", "-T", "-x", *given, *errand.options, "--", node, "sh -s"]


def _missed(ended: Ended) -> Missed | None:
    if ended.code != _FAILED:
        return None
    said = ended.err.lower()
    if any(words in said for words in _AUTH):
        return Missed.AUTH
    lost = not said.strip()  # a server that answers no longer is told on a level of its own, which is off
    return Missed.UNREACHABLE if lost or any(words in said for words in _UNREACHABLE) else None


def missing() -> str:
    """Return what is missing here."""
    return "" if shutil.which("ssh") else "the command ssh is not installed here"


ENGINE = Engine(
    name="ssh",
    summary="the system's ssh with your configuration, keys and bastions; needs poc-gate on the nodes",
    carry=carry,
    missing=missing,
)
