"""What an engine is: one file named `*_engine.py` that exposes ENGINE and carries one question to one node."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

from msgspec import Struct

from poc_gate.base.plug_ins import plug_ins
from poc_gate.errors import InternalError, UsageError
from poc_gate.model.many.fleet import Missed

STARTING_S = 3.0
"""Seconds of a node's limit for the way there and for starting the tool; the rest is for measuring."""


class Errand(Struct, frozen=True):
    """The question, the same for every node."""

    nonce: str
    """Marks where the answer begins and ends; no banner can guess it."""
    limit: float
    """Seconds for one node, the way there and back included."""
    tool: str = "poc-gate"
    """How poc-gate is called there, as words of a shell."""
    prolog: str = ""
    """Shell lines to run there before, such as `module load python`."""
    arguments: tuple[str, ...] = ()
    """Further options of `poc-gate probe`, such as `--quick`."""
    options: tuple[str, ...] = ()
    """Further options of the engine's own command, such as `--partition=gpu`."""
    disturb: bool = False
    """Measure also where other work runs."""


class Ended(Struct, frozen=True):
    """How carrying a question ended, whatever the answer."""

    code: int | None
    """Exit code of the engine's command; None where it was ended by us. Believed for nothing but a reason."""
    out: bytes = b""
    err: str = ""
    """The end of stderr."""
    cut: str = ""
    """Why it was ended by us: `deadline`, `flood`, `stopped`; empty where it ended by itself."""
    missed: Missed | None = None
    """What the engine knows of why nothing was measured."""


class Engine(Struct, frozen=True):
    """One way to carry a question to a node."""

    name: str
    summary: str
    """One line: what it uses, and what it needs."""
    carry: Callable[[str, Errand, threading.Event], Ended] | None = None
    """Carry the question to one node and return how that ended, within the limit and a few seconds; heeds the event
    that asks it to stop. None for an engine that only writes scripts."""
    script: Callable[[tuple[str, ...], Errand], str] | None = None
    """Return what would run on all nodes, to be read and submitted by the user; None where there is nothing to submit."""
    finish: Callable[[], None] = lambda: None
    """Give back what carrying took, such as a connection; called once, after the last answer."""
    missing: Callable[[], str] = lambda: ""
    """Return what is not installed here that it needs, or an empty text."""


@cache
def engines() -> tuple[Engine, ...]:
    """Return every engine of this room, sorted by name; an import error is never swallowed."""
    found = []
    for module in plug_ins("poc_gate.many.fleet", [str(Path(__file__).parent)], "_engine").values():
        engine = getattr(importlib.import_module(module), "ENGINE", None)
        if not isinstance(engine, Engine):
            raise InternalError(f"{module} exposes no ENGINE")
        found.append(engine)
    return tuple(found)


def find_engine(name: str, *, to_script: bool = False) -> Engine:
    """Return the engine of that name; raises UsageError where there is none that carries, or writes scripts."""
    able = [engine for engine in engines() if (engine.script if to_script else engine.carry) is not None]
    for engine in able:
        if engine.name == name:
            return engine
    names = ", ".join(engine.name for engine in able)
    raise UsageError(
        f"no engine called {name!r} {'writes scripts' if to_script else 'carries questions'}",
        next_step=f"choose {names}",
    )
