"""How many requests a serving engine runs at once, and what its own process spends on each; pure formulas without facts."""

from __future__ import annotations

from typing import NamedTuple

from poc_gate.flow.formulas.speed.engine_family import is_of_2025
from poc_gate.flow.formulas.speed.fitted_constants import KINDS

MOST_IN_BATCH = 2048.0
"""Sequences that engines run at once at most, by default or by their published settings."""

LARGE = 70.0 * 2.0**30
"""Least bytes of a device from which on vLLM admits 1,024 sequences since early 2025, A100s excepted; 256 otherwise."""


class Admission(NamedTuple):
    """What an engine lets in, and the work that is its own."""

    most: float = MOST_IN_BATCH
    """Sequences at once."""
    request: float = 0.0
    """Seconds of the serving process for each request."""
    token: float = 0.0
    """Seconds of it for each token that it sends."""

    def own_time(self, answer: float) -> float:
        """Return the seconds that the serving process spends on one request of `answer` tokens."""
        return self.request + self.token * answer


_OFFLINE = frozenset({"tensorrt-llm", "nim"})
"""Engines whose saturated figures are published without a server around them, and whose server is compiled."""


def admissions(
    engine: str, version: str, device: str, memory: float, stated: float | None
) -> list[Admission]:
    """Return every case that is open: the most sequences (`stated`, else the engine's default), with a server or without.

    `memory` is that of one device in bytes. What is stated picks one of the cases that are open without it.
    """
    front = KINDS["front"]
    each = [stated] if stated else _defaults(engine, version, device, memory)
    found = [Admission(max(1.0, most)) for most in each]
    if engine in _OFFLINE:
        return found
    return found + [one._replace(request=front["request"], token=front["token"]) for one in found]


def _defaults(engine: str, version: str, device: str, memory: float) -> list[float]:
    if engine in {"tensorrt-llm", "nim", "sglang", "tgi"}:
        return [MOST_IN_BATCH]
    if engine == "lmdeploy":
        return [256.0]
    if engine == "vllm":
        newer = 1024.0 if memory >= LARGE and "a100" not in device.lower() else 256.0
        known = is_of_2025(engine, version)
        return [newer] if known else [256.0] if known is False else sorted({256.0, newer})
    return [256.0, MOST_IN_BATCH]
