"""A rate and a seed -> the moments at which calls are to be sent, planned before the first one is."""

from __future__ import annotations

import random
from collections.abc import Callable

PATTERNS = ("poisson", "constant")


def plan_arrivals(count: int, rate: float, *, pattern: str = "poisson", seed: int = 0) -> tuple[float, ...]:
    """Return `count` intended send times in seconds from the start, ascending, at `rate` calls a second.

    `poisson` draws a Poisson process given that it has `count` arrivals in `count / rate` seconds (its
    arrival times are then independent and uniform), so the rate over the whole run is exact. `constant`
    spaces the calls evenly. Raises ValueError for another pattern or a rate that is not positive.
    """
    if rate <= 0:
        raise ValueError("a rate must be positive")
    plans: dict[str, Callable[[], tuple[float, ...]]] = {
        "constant": lambda: tuple(index / rate for index in range(count)),
        "poisson": lambda: _uniform(count, count / rate, seed),
    }
    if pattern not in plans:
        raise ValueError(f"no arrival pattern {pattern!r}; choose {', '.join(PATTERNS)}")
    return plans[pattern]()


def _uniform(count: int, span: float, seed: int) -> tuple[float, ...]:
    draw = random.Random(seed)  # noqa: S311 - a plan that can be repeated, no secret
    return tuple(sorted(draw.uniform(0, span) for _ in range(count)))
