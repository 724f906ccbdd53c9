"""How many requests a cache holds whose contexts grow token by token: many average out, few may all be long."""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.formulas.lognormal import Z95, moment


class Held(NamedTuple):
    """Tokens that a request in flight holds at a moment drawn at random."""

    mean: float
    deviation: float


def held_tokens(prompt: tuple[float, float], answer: tuple[float, float]) -> Held:
    """Return what a request in flight holds: its whole prompt and the part of its answer that is written.

    Lengths are log-normal through (median, p95). A request with a longer answer stays longer, so of those in flight
    the answers are longer than of those that arrive (weighed by length), and of each an even part is written.
    """
    p_mean, p_square = (moment(*prompt, power) for power in (1, 2))
    a_mean, a_square, a_cube = (moment(*answer, power) for power in (1, 2, 3))
    if a_mean <= 0:
        return Held(p_mean, math.sqrt(max(0.0, p_square - p_mean**2)))
    written, written_square = a_square / a_mean / 2.0, a_cube / a_mean / 3.0
    spread = (p_square - p_mean**2) + (written_square - written**2)
    return Held(p_mean + written, math.sqrt(max(0.0, spread)))


def requests_held(room: float, each: Held) -> float:
    """Return the requests whose contexts together stay within the room nineteen times in twenty.

    The sum of n contexts of their own is near n m with a deviation of s sqrt(n): n m + 1.64 s sqrt(n) = room.
    """
    if room <= 0 or each.mean <= 0:
        return 0.0
    slack = Z95 * each.deviation
    root = (math.sqrt(slack**2 + 4.0 * each.mean * room) - slack) / (2.0 * each.mean)
    return root**2
