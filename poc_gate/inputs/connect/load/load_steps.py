"""A few rising loads, one after the other, each within the budget -> what the source did with so many calls in flight.

Calls are sent by the clock at the rate at which so many would be in flight by Little's law, over as many connections; the
time from the actual send to the answer then is that of a source with so many calls at work, whoever waits in front of it.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from poc_gate.inputs.connect.interface import Limits, Link, Session
from poc_gate.inputs.connect.load.arrivals import plan_arrivals
from poc_gate.inputs.connect.load.open_loop import INTERRUPTED, OpenLoop, Record, Run

CALLS_EACH = 12
"""Calls of a step for each one in flight; the first of each connection are not counted."""
LEAST_CALLS = 24
_LAG_SHARE = 0.1
"""Of the median service time; when this machine was later than that, the step shows the client."""


class LoadStep(Struct, frozen=True):
    """One load, and what it showed; times in seconds from the actual send, over the calls that were answered."""

    concurrency: int
    """Calls in flight that were aimed at, and connections used."""
    in_flight: float
    """Calls that were in flight on average."""
    calls: int
    failed: int
    seconds: float
    offered_per_s: float
    served_per_s: float
    service_p50: float | None = None
    service_p95: float | None = None
    first_token_p50: float | None = None
    per_token_p50: float | None = None
    out_tokens_p50: float | None = None
    client_limited: bool = False
    stopped: str = ""
    """Why it ended before its plan: an abort rule, a budget, a signal."""


def calls_of(concurrency: int) -> int:
    """Return how many calls a step sends at most."""
    return max(LEAST_CALLS, CALLS_EACH * concurrency)


def rate_and_calls(concurrency: int, service: float, limits: Limits) -> tuple[float, int]:
    """Return the calls a second that keep so many in flight, by Little's law, and how many of them a step sends.

    `service` is the expected time of one call in seconds, the wall of `limits` that of the step alone.
    """
    rate = min(limits.rate, concurrency / max(service, 1e-6))
    return rate, max(1, min(calls_of(concurrency), int(rate * limits.wall)))


def run_steps(
    session: Session,
    steps: Sequence[int],
    limits: Limits,
    *,
    service: float,
    seed: int,
    tell: Callable[[str, float], None],
) -> Iterator[LoadStep]:
    """Yield the steps in order; the first one that is stopped is the last. `service` is the expected time of one call.

    All of them stay within the bytes and, together, within the wall of `limits`.
    """
    left = limits.bytes
    wall = limits.wall / max(1, len(steps))
    for number, concurrency in enumerate(steps):
        bounds = Limits(limits.rate, concurrency, left, wall, limits.timeout)
        rate, count = rate_and_calls(concurrency, service, bounds)
        arrivals = plan_arrivals(count, rate, pattern="constant", seed=seed)

        def said(
            responses: list[float], planned: int, number: int = number, concurrency: int = concurrency
        ) -> None:
            share = (number + len(responses) / max(1, planned)) / len(steps)
            tell(f"{concurrency} in flight, {len(responses)} of {planned} calls", share)

        run = OpenLoop(session, arrivals, bounds, tell=said).run(_connected(session, concurrency))
        left -= run.bytes
        made = _summarised(concurrency, run)
        yield made
        if run.stopped:
            return
        service = made.service_p50 or service


def _connected(session: Session, count: int) -> list[Link]:
    links: list[Link] = []
    try:
        while len(links) < count:
            links.append(session.connect())
    except BaseException:
        for link in links:
            link.close()
        raise
    return links


def _summarised(concurrency: int, run: Run) -> LoadStep:
    answered = [record for record in run.records if not record.error]
    counted = [record for record in answered if record.number >= concurrency] or answered
    services = sorted(record.service for record in counted)
    lag = statistics.median(record.wake_up_lag for record in run.records) if run.records else 0.0
    middle = statistics.median(services) if services else None
    return LoadStep(
        concurrency=concurrency,
        in_flight=sum(record.service for record in run.records) / run.seconds if run.seconds > 0 else 0.0,
        calls=len(run.records),
        failed=len(run.records) - len(answered),
        seconds=run.seconds,
        offered_per_s=len(run.records) / run.seconds if run.seconds > 0 else 0.0,
        served_per_s=len(answered) / run.seconds if run.seconds > 0 else 0.0,
        service_p50=middle,
        service_p95=services[max(0, -(-95 * len(services) // 100) - 1)]
        if len(services) >= LEAST_CALLS
        else None,
        first_token_p50=_part(counted, "first_token"),
        per_token_p50=_part(counted, "per_token"),
        out_tokens_p50=float(statistics.median(record.call.rows for record in counted)) if counted else None,
        client_limited=middle is not None and lag > _LAG_SHARE * middle,
        stopped=run.stopped or "",
    )


def _part(records: Sequence[Record], name: str) -> float | None:
    values = [record.call.parts[name] for record in records if name in record.call.parts]
    return statistics.median(values) if values else None


def is_interrupted(step: LoadStep) -> bool:
    """Whether a signal ended the step."""
    return step.stopped == INTERRUPTED
