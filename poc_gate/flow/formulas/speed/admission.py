"""How many requests a serving engine runs at once, and what its own process spends on each; pure formulas without facts."""

from __future__ import annotations

from typing import NamedTuple

from poc_gate.flow.formulas.speed.engine_family import is_of_2025
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.model.engines.engine_row import MOST_ADMITTED
from poc_gate.model.engines.serving_engines import serving_engine

LARGE = 70.0 * 2.0**30
"""Least bytes of a device from which on vLLM admits more sequences since early 2025, A100s excepted."""


class Admission(NamedTuple):
    """What an engine lets in, and the work that is its own."""

    most: float = MOST_ADMITTED
    """Sequences at once."""
    request: float = 0.0
    """Seconds of the serving process for each request."""
    token: float = 0.0
    """Seconds of it for each token that it sends."""

    def own_time(self, answer: float) -> float:
        """Return the seconds that the serving process spends on one request of `answer` tokens."""
        return self.request + self.token * answer


def admissions(
    engine: str, version: str, device: str, memory: float, stated: float | None
) -> list[Admission]:
    """Return every case that is open: the most sequences (`stated`, else the engine's default), with a server or without.

    `memory` is that of one device in bytes. What is stated picks one of the cases that are open without it.
    """
    front = KINDS["front"]
    each = [stated] if stated else _defaults(engine, version, device, memory)
    found = [Admission(max(1.0, most)) for most in each]
    if serving_engine(engine).offline:
        return found
    return found + [one._replace(request=front["request"], token=front["token"]) for one in found]


def _defaults(engine: str, version: str, device: str, memory: float) -> list[float]:
    row = serving_engine(engine)
    if row.slots:
        return [*row.slots, MOST_ADMITTED]  # by default, or as many as somebody told it
    if row.admits is None:
        return [256.0, MOST_ADMITTED]
    large = memory >= LARGE and "a100" not in device.lower()
    newer = row.admits_on_large if large and row.admits_on_large else row.admits
    known = is_of_2025(engine, version)
    return [newer] if known else [row.admits] if known is False else sorted({row.admits, newer})
