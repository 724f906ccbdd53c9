"""Ray, where a site has it: one task pinned to each node runs the script; our own deadline decides, never Ray's."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from poc_gate.errors import NotMeasuredError
from poc_gate.fleet.carrying.bounded_process import MOST_BYTES
from poc_gate.fleet.carrying.remote_script import remote_script
from poc_gate.fleet.interface import Ended, Engine, Errand
from poc_gate.model.fleet import Missed

_MARGIN_S = 5.0
"""For Ray to start a worker process there: 4 to 8 s were seen, most of them within the limit of the node."""
_TICK_S = 0.5
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
    ) as running:
        try:
            out, err = running.communicate(f"POC_GATE_NODE={node}\n{script}".encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            running.kill()
            out, err = running.communicate()
            return None, out[:most], err[-4096:].decode(errors="replace")
        return running.returncode, out[:most], err[-4096:].decode(errors="replace")


def _connected(errand: Errand) -> Any:
    import ray

    with _connecting:
        if not ray.is_initialized():
            address = errand.options[0] if errand.options else "auto"
            try:
                ray.init(address=address, log_to_driver=False, logging_level="ERROR", include_dashboard=False)
            except (ConnectionError, RuntimeError, ValueError) as error:
                what = f"Ray's cluster at {address} cannot be reached: {str(error).splitlines()[0]}"
                raise NotMeasuredError(what, next_step="name it: --engine-option HOST:PORT") from error
            ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    return ray


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
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    pinned = NodeAffinitySchedulingStrategy(node_id=identity, soft=False)
    task = ray.remote(run_script).options(scheduling_strategy=pinned, num_cpus=0, max_retries=0)
    script = remote_script(errand, node='"$POC_GATE_NODE"', watched=False)
    return task.remote(script, node, errand.limit, MOST_BYTES + 1)


def _result(ray: Any, task: Any) -> Ended:
    try:
        code, out, err = ray.get(task)
    except Exception as error:  # noqa: BLE001 - Ray raises what happened there, of any kind
        gone = type(error).__name__ in {"NodeDiedError", "TaskUnschedulableError", "WorkerCrashedError"}
        return Ended(None, err=str(error), missed=Missed.UNREACHABLE if gone else None)
    if len(out) > MOST_BYTES:
        return Ended(code, b"", err, "flood")
    return Ended(code, out, err, "" if code is not None else "deadline")


def missing() -> str:
    """Return what is missing here."""
    return "" if importlib.util.find_spec("ray") else "Ray is not installed here: pip install ray"


ENGINE = Engine(
    name="ray",
    summary="a running Ray cluster, one task pinned to each node; needs poc-gate on the nodes",
    carry=carry,
    missing=missing,
)
