"""Ray, where a site has it: one task pinned to each node runs the script; our own deadline decides, never Ray's."""

from __future__ import annotations

import importlib
import importlib.util
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any, TextIO

from poc_gate.errors import NotMeasuredError
from poc_gate.many.fleet.carrying.bounded_process import MOST_BYTES
from poc_gate.many.fleet.carrying.remote_script import remote_script
from poc_gate.many.fleet.interface import Ended, Engine, Errand
from poc_gate.model.many.fleet import Missed

_MARGIN_S = 5.0
"""For Ray to start a worker process there: 4 to 8 s were seen, most of them within the limit of the node."""
_TICK_S = 0.5
_KNOCK_S = 10.0
_connecting = threading.Lock()


def carry(node: str, errand: Errand, stop: threading.Event) -> Ended:
    """Run the script on the node of that name, address or host name; `--engine-option` may name the cluster's address."""
    ray = _connected(errand)
    identity, why = _find(ray, node)
    if not identity:
        return Ended(None, err=why, missed=Missed.UNREACHABLE)
    task = _submit(ray, identity, node, errand)
    deadline = time.monotonic() + errand.limit + _MARGIN_S
    while not stop.is_set() and time.monotonic() < deadline:
        if ray.wait([task], timeout=_TICK_S)[0]:
            return _result(ray, task)
    with suppress(Exception):  # a node that hangs cannot be asked; the script there ends by its own limit
        ray.cancel(task, force=True)
    return Ended(None, cut="stopped" if stop.is_set() else "deadline")


def run_script(script: str, node: str, seconds: float, most: int) -> tuple[int | None, bytes, str]:
    """Run the script in a shell, on the node; sent there by value, so nothing of ours is imported there."""
    with subprocess.Popen(
        ["sh", "-s"],  # noqa: S607 - the shell of the node
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "POC_GATE_NODE": node},
    ) as running:
        try:
            out, err = running.communicate(script.encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            running.kill()
            out, err = running.communicate()
            return None, out[:most], err[-4096:].decode(errors="replace")
        return running.returncode, out[:most], err[-4096:].decode(errors="replace")


def _connected(errand: Errand) -> Any:
    ray: Any = importlib.import_module("ray")
    with _connecting:
        if not ray.is_initialized():
            address = errand.options[0] if errand.options else "auto"
            try:
                _knock(address)
                ray.init(address=address, log_to_driver=False, logging_level="ERROR", include_dashboard=False)
            except (OSError, RuntimeError, ValueError) as error:
                what = f"Ray's cluster at {address} cannot be reached: {str(error).splitlines()[0]}"
                raise NotMeasuredError(what, next_step="name it: --engine-option HOST:PORT") from error
            _Streams.stdout, sys.stdout = sys.stdout, sys.stderr
            ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    return ray


def _knock(address: str) -> None:
    """Raise OSError where nobody listens at HOST:PORT: Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdigit() and "/" not in host:
        socket.create_connection((host, int(port)), _KNOCK_S).close()


def _find(ray: Any, node: str) -> tuple[str, str]:
    """Return the identity of the node that is alive, or why there is none."""
    known = [one for one in ray.nodes() if node in _names(one)]
    alive = [one for one in known if one.get("Alive")]
    if len(alive) == 1:
        return str(alive[0]["NodeID"]), ""
    if alive:
        return "", f"{len(alive)} nodes of the cluster answer to this name; use their addresses"
    return "", "the node is listed as dead" if known else "the cluster has no node of this name"


def _names(one: dict[str, Any]) -> set[str]:
    return {str(one.get(key)) for key in ("NodeName", "NodeManagerHostname", "NodeManagerAddress", "NodeID")}


def _submit(ray: Any, identity: str, node: str, errand: Errand) -> Any:
    strategies: Any = importlib.import_module("ray.util.scheduling_strategies")
    pinned = strategies.NodeAffinitySchedulingStrategy(node_id=identity, soft=False)
    task = ray.remote(run_script).options(scheduling_strategy=pinned, num_cpus=0, max_retries=0)
    script = remote_script(errand, node='"$POC_GATE_NODE"', watched=False)
    return task.remote(script, node, errand.limit, MOST_BYTES + 1)


def _result(ray: Any, task: Any) -> Ended:
    try:
        code, out, err = ray.get(task)
    except Exception as error:  # noqa: BLE001 - Ray raises what happened there, of any kind
        gone = type(error).__name__ in {"NodeDiedError", "TaskUnschedulableError", "WorkerCrashedError"}
        said = str(error).strip().split("\n", maxsplit=1)[0][:200]
        return Ended(None, err=said, missed=Missed.UNREACHABLE if gone else None)
    if len(out) > MOST_BYTES:
        return Ended(code, b"", err, "flood")
    return Ended(code, out, err, "" if code is not None else "deadline")


class _Streams:
    """Where the program's own output goes: Ray prints what its daemons say to stdout, from threads of its own."""

    stdout: TextIO | None = None


def finish() -> None:
    """Leave the cluster, and give stdout back to the program."""
    if _Streams.stdout is not None:
        importlib.import_module("ray").shutdown()
        sys.stdout, _Streams.stdout = _Streams.stdout, None


def missing() -> str:
    """Return what is missing here."""
    return "" if importlib.util.find_spec("ray") else "Ray is not installed here: pip install ray"


ENGINE = Engine(
    name="ray",
    summary="a running Ray cluster, one task pinned to each node; needs poc-gate on the nodes",
    carry=carry,
    missing=missing,
    finish=finish,
)
