"""False alarms and hits of the detector of `poc_gate/history` on simulated weekly series, as a table.

usage: python benchmarks/false_alarms.py [SERIES]

Noise of 3 %; correlated = correlation 0.6 of neighbours; bistable = noise of 1 % with jumps of 12 % a quarter of the
time; a step of 10 % at week 41. Alerts are counted once a change of level, over the weeks that have a full window.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

from poc_gate.many.history.detect_shift import LAST, detect

WEEKS, STEP_AT, STEP = 52, 41, 0.10


def independent(dice: random.Random) -> list[float]:
    """Return a year of independent noise."""
    return [1 + dice.gauss(0, 0.03) for _ in range(WEEKS)]


def correlated(dice: random.Random) -> list[float]:
    """Return a year in which each week resembles the one before."""
    values, last = [], dice.gauss(0, 0.03)
    for _ in range(WEEKS):
        last = 0.6 * last + dice.gauss(0, 0.03 * (1 - 0.36) ** 0.5)
        values.append(1 + last)
    return values


def bistable(dice: random.Random) -> list[float]:
    """Return a year of two levels."""
    return [(1.12 if dice.random() < 0.25 else 1.0) * (1 + dice.gauss(0, 0.01)) for _ in range(WEEKS)]


def alerts(values: list[float], first: int = 12) -> list[tuple[int, bool]]:
    """Return the weeks that raise an alert, and whether upwards; none again while the four last values overlap."""
    found: list[tuple[int, bool]] = []
    for week in range(first, len(values) + 1):
        shift = detect(values[:week])
        if shift is not None and (not found or week - found[-1][0] >= LAST + 1):
            found.append((week, shift[1] > shift[0]))
    return found


def measured(kind: Callable[[random.Random], list[float]], series: int, seed: int = 1) -> dict[str, float]:
    """Return false alerts a clean series-year, up and down, hits within seven runs of a step, and their delay."""
    dice = random.Random(seed)  # noqa: S311 - simulation
    clean = [alerts(kind(dice)) for _ in range(series)]
    hits, delays = 0, 0
    for number in range(series):
        sign = 1 if number % 2 else -1
        stepped = [
            value * (1 + sign * STEP) if week >= STEP_AT else value for week, value in enumerate(kind(dice))
        ]
        found = [week for week, _ in alerts(stepped) if STEP_AT < week <= STEP_AT + 7]
        hits += bool(found)
        delays += found[0] - STEP_AT - 1 if found else 0
    ups = sum(up for one in clean for _, up in one)
    total = sum(map(len, clean))
    return {
        "false": total / series,
        "up": ups / series,
        "down": (total - ups) / series,
        "found": hits / series,
        "delay": delays / max(hits, 1),
    }


def main() -> None:
    """Print the table."""
    series = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print(
        "| noise | false alerts a clean series-year | up / down | step found within 7 runs | delay, runs |\n|---|---|---|---|---|"
    )
    for kind in (independent, correlated, bistable):
        row = measured(kind, series)
        print(
            f"| {kind.__name__} | {row['false']:.2f} | {row['up']:.2f} / {row['down']:.2f} | {row['found']:.0%} | {row['delay']:.1f} |"
        )


if __name__ == "__main__":
    main()
