"""Tools in Python that only their names describe -> what they do, by the functions that stand elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.inputs.repository.code.python.tools.python_followed_tools import (
    Functions,
    followed,
    is_to_follow,
)
from poc_gate.inputs.repository.noting.signals import Signals


def names_to_follow(signals: Signals) -> frozenset[str]:
    """Return the names of functions to look for in other files."""
    return frozenset(one.function or one.name for one in signals.tools if is_to_follow(one))


def follow_tools(signals: Signals, texts: Sequence[tuple[str, str]]) -> None:
    """Give tools the effect that the code of their functions shows."""
    functions = Functions([(path, text) for path, text in texts if path.endswith(".py")])
    signals.tools[:] = [followed(one, functions.find) if is_to_follow(one) else one for one in signals.tools]
