"""What a contract says on the age of its data: interval, delay and freshness, put together so that none counts twice."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node


class Ages(Struct):
    """What a contract says about the age of its data, put together once everything is read."""

    interval: tuple[Node, float, str] | None = None
    delay: tuple[Node, float, str] | None = None
    freshness: tuple[Node, float, str] | None = None
    interval_unread: bool = False
    """Whether an interval is given that cannot be read: nothing may then be taken in its place."""


def claim_ages(ages: Ages, prefix: str) -> None:
    """Put interval, delay and freshness together so that none of them is counted twice.

    ODCS counts latency from the event to its availability, so that a delay of an interval or more has the
    wait for the next delivery in it; a shorter one can only be what a delivery takes.
    """
    if ages.delay:
        node, delay, note = ages.delay
        node.claim(f"{prefix}.delay_promised", delay, unit="s", note=note)
    if ages.interval:
        node, interval, note = ages.interval
        node.claim(f"{prefix}.refresh", interval, unit="s", note=note)
        if ages.delay:
            node, delay, note = ages.delay
            within = delay >= interval
            how = (
                "the interval between updates is part of it" if within else "it comes on top of the interval"
            )
            node.claim(
                f"{prefix}.extract_time",
                delay - interval if within else delay,
                unit="s",
                note=f"{note}; {how}",
            )
    elif ages.delay and not ages.interval_unread:
        node, delay, note = ages.delay
        note = f"{note}; no frequency is given, so renewal is taken to be no rarer than this"
        node.claim(f"{prefix}.refresh", delay, unit="s", note=note)
    if not ages.freshness:
        return
    node, bound, note = ages.freshness
    node.claim(f"{prefix}.freshness_promised", bound, unit="s", note=note)
    if not (ages.interval or ages.delay or ages.interval_unread):
        note = f"{note}; no frequency is given, so renewal is taken to be no rarer than this"
        node.claim(f"{prefix}.refresh", bound, unit="s", note=note)
    elif ages.interval and bound < ages.interval[1]:
        node.ask(
            "the promised freshness is shorter than the interval between updates",
            f"ask the owner of {prefix} which of the two holds",
        )
