"""What the user says about a result where the tool's file is silent: `open`, `closed`, `version=1.1`, `target=api`, `replicas=2`."""

from __future__ import annotations

import re

from msgspec.structs import replace

from poc_gate.inputs.observe.load_tests.run.load_run import LoadRun, Loop

_PAIR = re.compile(r"(version|target|model|ended)\s*=\s*([^,;]+)")
_REPLICAS = re.compile(r"\breplicas\s*=\s*(\d{1,6})\b")


def said(run: LoadRun, option: str) -> LoadRun:
    """Return a run completed by what the option says; what the file itself says is kept."""
    words = {word.strip().lower() for word in re.split(r"[,;]", option)}
    loop = next((one for one in (Loop.OPEN, Loop.CLOSED) if {one.value, f"{one.value} loop"} & words), None)
    if loop is not None and any(step.loop is Loop.UNKNOWN for step in run.steps):
        steps = [replace(step, loop=loop) if step.loop is Loop.UNKNOWN else step for step in run.steps]
        run = replace(run, steps=tuple(steps), loop_typed=True)
    tested = _REPLICAS.search(option)
    if tested and int(tested[1]) > 0:
        run = replace(run, replicas=int(tested[1]))
    for name, value in _PAIR.findall(option):
        if not getattr(run, name):
            run = replace(run, **{name: value.strip()[:200]})
    return run
