"""Hold the closed forms of latency and walls against a discrete-event simulator: `python benchmarks/queueing.py`.

Fifty random paths with fan-out, finite servers and heavy tails run in SimPy, request by request, through
real queues. Printed: the relative error of p95 below 80 % utilisation, whether the predicted wall holds
(the promise is kept at 90 % of it and broken at 110 %), and how many times faster a million requests are
than in the simulator. Needs `simpy` and `numpy`.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import simpy

from poc_gate.flow.formulas.load.composition import compose
from poc_gate.flow.formulas.load.load_walls import first_break
from poc_gate.flow.formulas.load.path_model import RequestPath, Station
from poc_gate.flow.formulas.load.simulation import sample_times
from poc_gate.flow.formulas.load.spread import Z99

SEED = 20261123


def random_path(chance: random.Random) -> RequestPath:
    """Return a path of one to four groups of one to four stations, heavy tails, 1 to 16 servers."""
    groups = []
    for number in range(chance.randint(1, 4)):
        width = chance.choice((1, 1, 2, 4))
        groups.append(tuple(_station(chance, f"s{number}{i}") for i in range(width)))
    return RequestPath(tuple(groups))


def _station(chance: random.Random, name: str) -> Station:
    p50 = 10 ** chance.uniform(-2.3, -0.7)
    return Station(
        name, "source", p50, p50 * chance.uniform(1.5, 8.0), servers=float(chance.choice((1, 2, 4, 8, 16)))
    )


def simulate(path: RequestPath, load: float, *, requests: int, seed: int) -> list[float]:
    """Return the end-to-end seconds of requests that queue for real, the first tenth left out."""
    chance = random.Random(seed)  # noqa: S311
    world = simpy.Environment()
    desks = {s.id: simpy.Resource(world, int(s.servers or 1)) for s in path.stations}
    shapes = {
        s.id: (math.log(s.p50), math.log(s.p99 / s.p50) / Z99)
        for s in path.stations
        if isinstance(s, Station)
    }
    times: list[float] = []

    def call(name: str) -> Generator[Any, Any, None]:
        with desks[name].request() as turn:
            yield turn
            yield world.timeout(chance.lognormvariate(*shapes[name]))

    def request(number: int) -> Generator[Any, Any, None]:
        begun = world.now
        for group in path.groups:
            if len(group) == 1:
                yield from call(group[0].id)
            else:
                yield world.all_of([world.process(call(station.id)) for station in group])
        if number >= requests // 10:
            times.append(world.now - begun)

    def arrivals() -> Generator[Any, Any, None]:
        for number in range(requests):
            yield world.timeout(chance.expovariate(load))
            world.process(request(number))

    world.process(arrivals())
    world.run()
    return times


def quantile(times: list[float], share: float) -> float:
    """Return a quantile of simulated times."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def check_quantiles(paths: int, requests: int) -> list[float]:
    """Print and return the errors of p95 at random loads below 80 % utilisation."""
    chance = random.Random(SEED)  # noqa: S311
    errors = []
    for number in range(paths):
        path = random_path(chance)
        highest = min(s.highest_rate() or math.inf for s in path.stations)
        share = chance.uniform(0.2, 0.8)
        found = compose(path, highest * share).spread
        assert found is not None
        times = simulate(path, highest * share, requests=requests, seed=number)
        error = found.quantile(0.95) / quantile(times, 0.95) - 1.0
        errors.append(error)
        shape = "+".join(str(len(group)) for group in path.groups)
        print(
            f"path {number:2} {shape:10} used {share:4.0%}  p95 {quantile(times, 0.95):8.4f} s  error {error:+6.1%}",
            flush=True,
        )
    return errors


def check_walls(paths: int, requests: int) -> int:
    """Print and return how many predicted walls stand within 10 % of where the simulator's promise breaks."""
    chance = random.Random(SEED + 1)  # noqa: S311
    held = 0
    for number in range(paths):
        path = random_path(chance)
        rest = compose(path, 0.0).spread
        assert rest is not None
        promise = rest.quantile(0.95) * chance.uniform(1.15, 1.8)
        wall = first_break(path, {"slo.p95": promise})
        assert wall is not None
        below = quantile(simulate(path, wall.load * 0.9, requests=requests, seed=number), 0.95)
        above = quantile(simulate(path, wall.load * 1.1, requests=requests, seed=number), 0.95)
        good = below <= promise < above
        held += good
        print(
            f"wall {number:2} at {wall.load:8.2f} req/s ({wall.kind}): p95 {below:.3f} / promise {promise:.3f} / {above:.3f} {'holds' if good else 'MISSES'}",
            flush=True,
        )
    return held


def check_speed() -> float:
    """Print and return how many times faster a million requests are than in the simulator."""
    path = random_path(random.Random(SEED + 2))  # noqa: S311
    load = 0.6 * min(s.highest_rate() or math.inf for s in path.stations)
    sample_times(path, load, requests=1000, seed=1)
    begun = time.perf_counter()
    sample_times(path, load, requests=1_000_000, seed=1)
    ours = time.perf_counter() - begun
    begun = time.perf_counter()
    simulate(path, load, requests=20_000, seed=1)
    theirs = (time.perf_counter() - begun) * 50
    print(
        f"a million requests: {ours:.2f} s here, {theirs:.0f} s in SimPy (20,000 timed): {theirs / ours:.0f} times faster"
    )
    return theirs / ours


def check_picture() -> float:
    """Print and return the seconds of a full picture: 20 sources, four walls, 14 points."""
    from poc_gate.flow.walls.wall import picture_of

    chance = random.Random(SEED + 3)  # noqa: S311
    path = RequestPath(tuple((_station(chance, f"s{i}"),) for i in range(20)))
    rest = compose(path, 0.0).spread
    assert rest is not None
    promises = {"slo.p95": 1.3 * rest.quantile(0.95), "slo.p99": 1.6 * rest.quantile(0.99)}
    begun = time.perf_counter()
    picture = picture_of(path, promises, today=0.1, planned=1.0, far=50.0)
    spent = time.perf_counter() - begun
    print(f"20 sources, {len(picture.walls)} walls, {len(picture.points)} points: {spent:.3f} s")
    return spent


def main(arguments: list[str]) -> int:
    """Run all checks; the exit code is 1 when one misses its bar."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--paths", type=int, default=50)
    parser.add_argument("--requests", type=int, default=20_000)
    options = parser.parse_args(arguments)
    errors = sorted(abs(error) for error in check_quantiles(options.paths, options.requests))
    inside = sum(error <= 0.10 for error in errors)
    print(
        f"\np95: median error {errors[len(errors) // 2]:.1%}, largest {errors[-1]:.1%}, {inside} of {len(errors)} within 10 %\n"
    )
    held = check_walls(options.paths, options.requests)
    print(f"\nwalls: {held} of {options.paths} within 10 %\n")
    faster, spent = check_speed(), check_picture()
    return (
        0
        if inside >= 0.9 * len(errors) and held >= 0.9 * options.paths and faster >= 50 and spent < 0.5
        else 1
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
