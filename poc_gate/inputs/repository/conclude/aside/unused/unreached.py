"""Code that nothing which is started can reach -> what it says is taken back, where other code shows what the pilot is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from poc_gate.inputs.repository.files.live.unreached import Unreached
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import Signals, ToolSeen
from poc_gate.inputs.repository.reading import FileLeft
from poc_gate.model.claim import Notice
from poc_gate.text.some_of import some_of

_PLACED = ("facts", "models", "systems", "hosts", "tools", "techniques", "remarks")
_AI = frozenset({"llm", "llm client", "retrieval", "agent", "classic-ml"})
_ENOUGH = 3
"""Weight of a sign that alone shows a use."""


def files_that_say(signals: Signals) -> frozenset[str]:
    """Return the files of code that say anything."""
    return frozenset(one.place.file for kind in _PLACED for one in getattr(signals, kind))


def leave_unreached(signals: Signals, unreached: Unreached) -> None:
    """Take back what such code says; nothing where it alone shows what the pilot is."""

    def left(one: Any) -> bool:
        return unreached.holds(one.place.file, one.place.line)

    shown = any(
        one.name in _AI and one.weight >= _ENOUGH and one.standing is Standing.SERVICE and not left(one)
        for one in signals.techniques
    )
    if not shown:
        _ask_of_tools(signals, [one for one in signals.tools if left(one)])
        return
    gone = {one.place.file for kind in _PLACED for one in getattr(signals, kind) if left(one)}
    for kind in _PLACED:
        found: list[Any] = getattr(signals, kind)
        found[:] = [one for one in found if not left(one)]
    signals.left += _left(unreached, sorted(gone))


_OFFERED = 3
"""Tools that no agent is given, from which on they are a kit for whoever builds one."""
_SHOWN = 12


def _ask_of_tools(signals: Signals, offered: Sequence[ToolSeen]) -> None:
    """Take back tools of a library that only hands them to others, and ask which of them production gives its agent."""
    names = list(dict.fromkeys(one.name for one in offered))
    if len(names) < _OFFERED:
        return
    what = f"{len(names)} tools are offered, and nothing here gives them to an agent: which of them does production give its own? {some_of(names, _SHOWN)}"
    signals.questions.append(Notice("question", what, offered[0].place, "list them under `agent.tools`"))
    gone = {id(one) for one in offered}
    signals.tools[:] = [one for one in signals.tools if id(one) not in gone]


def _left(unreached: Unreached, files: Iterable[str]) -> Iterable[FileLeft]:
    for path in files:
        if path in unreached.files:
            yield FileLeft(path, "not used: nothing that is started takes it in")
            continue
        names = some_of([one.name for one in unreached.blocks.get(path, ())], 5)
        yield FileLeft(path, f"not used in part: nothing that is started calls {names}")
