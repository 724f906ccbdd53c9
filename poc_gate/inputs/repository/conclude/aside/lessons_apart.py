"""A collection of notebooks or of numbered lessons, each with a pilot of its own -> what many of them say counts, the rest is one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.names.lessons import LESSON
from poc_gate.inputs.repository.noting.signals import FactSeen, HostSeen, ModelSeen, ToolSeen
from poc_gate.model.claim import Notice
from poc_gate.text.some_of import some_of

_FEWEST = 5
"""Notebooks or lessons with models or tools that are a collection, and not the steps of one pilot."""
_SHARE = 3
"""What one in so many of them says is meant for all."""
_SHOWN = 6

_Seen = FactSeen | HostSeen | ModelSeen | ToolSeen


def leave_each_ones_own(ground: Ground) -> None:
    """Take back the models, tools, limits and destinations that only a few of many notebooks have, and ask about them.

    In a public collection of examples that nobody had tuned the readers to, 14 of the 15 statements from single notebooks were
    of no use to anybody who asks what the pilot is.
    """
    signals = ground.signals
    asked: list[ModelSeen | ToolSeen] = [*signals.models]
    asked += signals.tools
    shown = [one for one in asked if ground.counts(one.standing)]
    units = {unit for one in shown if (unit := _unit_of(one.place.file))}
    others = {one.place.file for one in shown if not _unit_of(one.place.file)}
    if len(units) < _FEWEST or len(others) * _FEWEST > len(units):
        return
    homes: dict[tuple[str, ...], set[str]] = defaultdict(set)
    everything: list[_Seen] = [*signals.models]
    everything += signals.tools
    everything += signals.hosts
    everything += signals.facts
    for one in everything:
        homes[_said(one)].add(_unit_of(one.place.file) or one.place.file)
    fewest = max(2, -(-len(units) // _SHARE))

    def is_of_few(one: _Seen) -> bool:
        return bool(_unit_of(one.place.file)) and len(homes[_said(one)]) < fewest

    names = _names(one for one in asked if is_of_few(one))
    signals.models[:] = [one for one in signals.models if not is_of_few(one)]
    signals.tools[:] = [one for one in signals.tools if not is_of_few(one)]
    signals.hosts[:] = [one for one in signals.hosts if not is_of_few(one)]
    signals.facts[:] = [one for one in signals.facts if not is_of_few(one)]
    if names:
        what = f"{len(units)} notebooks or lessons show a pilot each, and what only a few of them have is not listed: {some_of(names, _SHOWN)}"
        signals.questions.append(
            Notice(
                "question",
                what,
                shown[0].place,
                "say which of them is meant: `poc-gate inspect` reads a folder with it alone",
            )
        )


def _unit_of(path: str) -> str:
    """Return the notebook or the lesson that a file belongs to, or an empty text."""
    if path.endswith(".ipynb"):
        return path
    parts = path.split("/")
    last = next((at for at in range(len(parts) - 1, -1, -1) if LESSON.match(parts[at])), -1)
    return "/".join(parts[: last + 1])


def _said(one: _Seen) -> tuple[str, ...]:
    """Return what a signal says, the same for each notebook that says it."""
    if isinstance(one, FactSeen):
        return "fact", one.fact, str(one.value)
    if isinstance(one, HostSeen):
        return "host", one.host
    if isinstance(one, ModelSeen):
        return "model", one.role, str(one.name)
    return "tool", one.name


def _names(seen: Iterable[ModelSeen | ToolSeen]) -> list[str]:
    return list(dict.fromkeys(str(one.name) for one in seen if isinstance(one.name, str)))
