"""A collection of notebooks, each with a pilot of its own -> what many of them say counts, the rest is one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.signals import FactSeen, HostSeen, ModelSeen, ToolSeen
from poc_gate.model.claim import Notice
from poc_gate.text.some_of import some_of

_FEWEST = 5
"""Notebooks with models or tools that are a collection, and not the steps of one pilot."""
_SHARE = 3
"""A part of this many notebooks says what is meant for all of them."""
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
    notebooks = {one.place.file for one in shown if one.place.file.endswith(".ipynb")}
    others = {one.place.file for one in shown} - notebooks
    if len(notebooks) < _FEWEST or len(others) * _FEWEST > len(notebooks):
        return
    homes: dict[tuple[str, ...], set[str]] = defaultdict(set)
    everything: list[_Seen] = [*signals.models]
    everything += signals.tools
    everything += signals.hosts
    everything += signals.facts
    for one in everything:
        homes[_said(one)].add(one.place.file)
    fewest = max(2, -(-len(notebooks) // _SHARE))

    def is_of_few(one: _Seen) -> bool:
        return one.place.file.endswith(".ipynb") and len(homes[_said(one)]) < fewest

    names = _names(one for one in asked if is_of_few(one))
    signals.models[:] = [one for one in signals.models if not is_of_few(one)]
    signals.tools[:] = [one for one in signals.tools if not is_of_few(one)]
    signals.hosts[:] = [one for one in signals.hosts if not is_of_few(one)]
    signals.facts[:] = [one for one in signals.facts if not is_of_few(one)]
    if names:
        what = f"{len(notebooks)} notebooks show a pilot each, and what only a few of them have is not listed: {some_of(names, _SHOWN)}"
        signals.questions.append(
            Notice(
                "question",
                what,
                shown[0].place,
                "say which of them is meant: `poc-gate inspect` reads a folder with it alone",
            )
        )


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
