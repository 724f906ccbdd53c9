"""Hold `poc-gate sources` against what is known to be true: prints bars 1 to 7 and exits 1 when one is missed.

Run from the repository with the extras `sources` installed and `bash .ci/services.sh` done:

    python benchmarks/sources_truth.py

The known truth is a server in a process of its own that logs what each call really took
(tests/inputs/connect/delay_server.py); intervals and edges are simulated, because only there the true value is known.
"""

from __future__ import annotations

import math
import platform
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import NormalDist

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE.parent / "tests" / "inputs" / "connect"))

from hostile_statements import HOSTILE, PLAIN  # noqa: E402
from own_servers import DelayServer, black_hole  # noqa: E402

from poc_gate.inputs.connect.connectors.http_connector import CONNECTOR as HTTP  # noqa: E402
from poc_gate.inputs.connect.interface import Limits, Target  # noqa: E402
from poc_gate.inputs.connect.load.arrivals import plan_arrivals  # noqa: E402
from poc_gate.inputs.connect.load.open_loop import OpenLoop  # noqa: E402
from poc_gate.inputs.connect.summary.latency_summary import LatencySummary, cold_calls, summarise  # noqa: E402
from poc_gate.inputs.estimate.percentiles import (  # noqa: E402
    SampleVerdict,
    answer,
    interval_ranks,
    measure_percentile,
    nearest_rank,
)

MEDIAN_S, P99_S = 0.005, 0.016
_SIGMA = math.log(P99_S / MEDIAN_S) / NormalDist().inv_cdf(0.99)
_SHARES = ("p50", "p95", "p99")

Row = tuple[str, str, str, bool]
"""Bar, what was asked, what was found, whether it holds."""


def measure(server: DelayServer, *, calls: int, rate: float, connections: int, seed: int) -> LatencySummary:
    """Return what the engine says of one server, with the abort rules and budgets that a user has."""
    limits = Limits(rate=rate, connections=connections, wall=calls / rate + 30)
    target = Target(
        "truth",
        scheme="http",
        host="127.0.0.1",
        port=server.port,
        url=f"http://127.0.0.1:{server.port}/",
        limits=limits,
    )
    session = HTTP.open(target)
    cold = cold_calls(calls)
    arrivals = plan_arrivals(calls + cold, rate, seed=seed)
    run = OpenLoop(session, arrivals, limits).run([session.connect() for _ in range(connections)])
    return summarise([run], cold=cold, timeout=limits.timeout, shares=_SHARES)


def bar_1() -> Iterator[Row]:
    """Percentiles against a server that knows its own delays."""
    for seed in range(1, 6):
        with DelayServer("lognormal", seed) as server:
            found = measure(server, calls=1000, rate=100, connections=16, seed=seed)
            truth = sorted(server.truth()["times"][cold_calls(1000) :])
        said, holds = [], True
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            true, value = nearest_rank(truth, share), found.percentiles[name].value
            error = value - true
            flagged = name in found.limited
            holds = holds and (abs(error) <= max(0.1 * true, 0.001) or flagged)
            said.append(
                f"{name} {value * 1e3:.2f} of {true * 1e3:.2f} ms ({error / true:+.1%}{', client-limited' if flagged else ''})"
            )
        yield (
            "1",
            f"lognormal 5/16 ms, n=1000, 100/s, seed {seed}: 10 % or 1 ms, or flagged",
            "; ".join(said),
            holds,
        )


def bar_2() -> Iterator[Row]:
    """A stall of two seconds, which a closed loop does not see."""
    for connections in (4, 16):
        with DelayServer("stall", 1) as server:
            found = measure(server, calls=1140, rate=100, connections=connections, seed=2)
        value, holds = found.percentiles["p99"].value, "p99" not in found.limited and not found.stopped
        holds = holds and value >= 1.5 and found.maximum >= 1.9
        said = f"p99 {value:.3f} s, max {found.maximum:.3f} s, service p99 {found.service_p99 * 1e3:.1f} ms"
        yield (
            "2",
            f"2 s stall, {connections} connections: p99 >= 1.5 s, max >= 1.9 s, not excused",
            said,
            holds,
        )


def bar_3() -> Iterator[Row]:
    """Coverage of the intervals, and silence where the sample cannot carry a bound."""
    draw = random.Random(3)  # noqa: S311 - a simulation
    for name, share in (("p50", 0.50), ("p95", 0.95), ("p99", 0.99)):
        true = MEDIAN_S * math.exp(_SIGMA * NormalDist().inv_cdf(share))
        hits = 0
        for _ in range(200):
            found = measure_percentile(_lognormal(draw, 1000), share)
            hits += (found.low or 0) <= true <= (math.inf if found.high is None else found.high)
        yield (
            "3",
            f"coverage of {name}, 200 runs of n=1000: 93 to 99 %",
            f"{hits / 2:.1f} %",
            186 <= hits <= 198,
        )
    bounds = sum(interval_ranks(count, 0.99)[1] is not None for count in range(1, 368))
    yield "3", "p99 bounds printed at n < 368: none", str(bounds), bounds == 0


def bar_4() -> Iterator[Row]:
    """A verdict exactly at the edge."""
    draw = random.Random(4)  # noqa: S311 - a simulation
    open_ = sum(
        answer(measure_percentile(_lognormal(draw, 1000), 0.99), P99_S) is SampleVerdict.UNDETERMINED
        for _ in range(200)
    )
    yield (
        "4",
        "true p99 = objective, 200 runs of n=1000: undetermined in >= 90 %",
        f"{open_ / 2:.1f} %",
        open_ >= 180,
    )


def _lognormal(draw: random.Random, count: int) -> list[float]:
    return [draw.lognormvariate(math.log(MEDIAN_S), _SIGMA) for _ in range(count)]


_OVERHEAD = """
import json, resource, sys
sys.path[:0] = {paths!r}
from sources_truth import measure
class Known:
    port = {port}
found = measure(Known(), calls=950, rate=100, connections=4, seed=5)
print(json.dumps([found.processor_share, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found.rate]))
"""


def bar_5() -> Iterator[Row]:
    """What the client itself takes, in a process of its own, and whether budgets hold."""
    import json

    with DelayServer("lognormal", 5) as server:
        paths = [str(HERE), str(HERE.parent), str(HERE.parent / "tests" / "inputs" / "connect")]
        code = _OVERHEAD.format(paths=paths, port=server.port)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
        share, memory, rate = json.loads(done.stdout)
    yield "5", "processor at 100/s: <= 5 % of a core", f"{share:.1%}", share <= 0.05
    yield "5", "memory at 100/s: <= 60 MB", f"{memory:.0f} MB", memory <= 60
    yield "5", "rate within 2 % of 100/s", f"{rate:.2f}/s", abs(rate - 100) <= 2
    most = _most_connections(4)
    yield "5", "connections never above the cap of 4", f"{most} at most", most <= 4


def _most_connections(cap: int) -> int:
    """Return how many connections were open at once, looked at from the system's side."""
    import psutil

    seen, stop = [0], threading.Event()
    with DelayServer("fixed:30", 1) as server:

        def look() -> None:
            while not stop.is_set():
                mine = psutil.Process().net_connections("tcp")
                seen[0] = max(seen[0], sum(bool(one.raddr) and one.raddr.port == server.port for one in mine))
                time.sleep(0.02)

        watcher = threading.Thread(target=look)
        watcher.start()
        measure(server, calls=200, rate=100, connections=cap, seed=6)
        stop.set()
        watcher.join()
    return seen[0]


def bar_6() -> Iterator[Row]:
    """Statements that no source may see."""
    from measuring import plan_one

    from poc_gate.inputs.connect.declared.declaration import Declaration

    refused, dialled = 0, 0
    with black_hole() as port:
        for dialect, statement in HOSTILE:
            plan = plan_one(_sql_source(Declaration, dialect, port, statement))
            refused += plan.state == "refused" and any(
                "the query is refused" in reason for reason in plan.reasons
            )
        dialled = _accepted(port)
    yield (
        "6",
        f"{len(HOSTILE)} hostile statements refused before any connection",
        f"{refused} refused, {dialled} dialled",
        refused == len(HOSTILE) and not dialled,
    )
    with black_hole() as port:
        passed = sum(
            not any("the query is refused" in reason for reason in plan_one(_sql_source(Declaration, dialect, port, statement)).reasons)
            for dialect, statement in PLAIN
        )  # fmt: skip
    yield "6", f"{len(PLAIN)} plain reads let through", str(passed), passed == len(PLAIN)
    done = _pytest("left_as_it_was or denies or superuser or guard_would_miss or nothing_outside")
    yield (
        "6",
        "rows, checksums and write counters unchanged on PostgreSQL, MariaDB, Redis, SQLite, DuckDB",
        done[1],
        done[0],
    )


def _sql_source(declaration: type, dialect: str, port: int, statement: str) -> object:
    scheme = {"postgres": "postgresql", "mysql": "mysql"}.get(dialect, dialect)
    url = (
        f"{scheme}://reader@127.0.0.1:{port}/app"
        if dialect in {"postgres", "mysql"}
        else f"{scheme}:///{Path(__file__).name}"
    )
    return declaration(
        "x", scheme, url=url, folder=str(HERE), options={"query": statement, "table": "t", "key": "id"}
    )


def _accepted(port: int) -> int:
    import psutil

    return sum(bool(one.raddr) and one.raddr.port == port for one in psutil.Process().net_connections("tcp"))


def bar_7() -> Iterator[Row]:
    """A planted secret, in every place it could surface."""
    done = _pytest("canary or imported_host or redirect")
    yield (
        "7",
        "planted secrets in stdout, stderr, sources.json, HTML, nine other formats, bundle: none; a changed host gets nothing",
        done[1],
        done[0],
    )


def _pytest(chosen: str) -> tuple[bool, str]:
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-v",
        "-p",
        "no:cacheprovider",
        str(HERE.parent / "tests" / "inputs" / "connect"),
        "-k",
        chosen,
    ]
    done = subprocess.run(words, capture_output=True, text=True, cwd=HERE.parent, check=False)
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr.strip()[-200:]
    return done.returncode == 0, last.strip("= ")


def main() -> int:
    """Print the table and say whether every bar holds."""
    print(
        f"{platform.system()} {platform.machine()}, {platform.python_implementation()} {platform.python_version()}, {_cores()}\n"
    )
    print("| bar | asked | found | holds |\n|---|---|---|---|")
    missed = 0
    for bar in (bar_1, bar_2, bar_3, bar_4, bar_5, bar_6, bar_7):
        for number, asked, found, holds in bar():
            missed += not holds
            print(f"| {number} | {asked} | {found} | {'yes' if holds else 'NO'} |", flush=True)
    print(f"\n{missed} missed" if missed else "\nall hold")
    return 1 if missed else 0


def _cores() -> str:
    import os

    return f"{os.cpu_count()} cores shared, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
