"""Nodes and an engine -> each node asked once, some at a time; every answer is handed over as soon as it is there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from poc_gate.many.fleet.interface import Ended, Engine, Errand

MOST_AT_ONCE = 512


def ask_all(
    engine: Engine,
    nodes: Sequence[str],
    errand: Errand,
    *,
    at_once: int,
    keep: Callable[[str, Ended], None],
    asking: Callable[[str], None] = lambda _node: None,
) -> None:
    """Ask each node, at most `at_once` at a time, and hand each answer to `keep` in this thread.

    An answer is forgotten once it is kept, so memory does not grow with the number of nodes. An interrupt ends the
    questions on their way, on the nodes too, and passes on; what was cut short so is not kept.
    """
    assert engine.carry is not None
    stop = threading.Event()
    waiting = list(reversed(nodes))
    running: dict[Future[Ended], str] = {}
    with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="node") as pool:
        try:
            while waiting or running:
                while waiting and len(running) < at_once:
                    node = waiting.pop()
                    asking(node)
                    running[pool.submit(engine.carry, node, errand, stop)] = node
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    keep(running.pop(done), done.result())
        except BaseException:
            stop.set()
            raise
