"""The machine at hand, once for each name: for one machine, and to try out what a fleet would show."""

from __future__ import annotations

import threading

from poc_gate.many.fleet.carrying.bounded_process import run_command
from poc_gate.many.fleet.carrying.remote_script import remote_script
from poc_gate.many.fleet.interface import Ended, Engine, Errand

_MARGIN_S = 1.0


def carry(node: str, errand: Errand, stop: threading.Event) -> Ended:
    """Run the script in a shell of this machine; `POC_GATE_NODE` tells it the name."""
    return run_command(
        ["sh", "-s"],
        script=remote_script(errand, node='"$POC_GATE_NODE"'),
        nonce=errand.nonce,
        deadline_s=errand.limit + _MARGIN_S,
        stop=stop,
        environment={"POC_GATE_NODE": node},
    )


ENGINE = Engine(name="local", summary="this machine, once for each name; needs nothing", carry=carry)
