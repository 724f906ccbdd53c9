"""One run of a load tool -> facts of its highest load, its steps as points, and what must not be concluded from it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from msgspec.structs import replace

from poc_gate.inputs.estimate.known_spread import Spread
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.load_tests.run.limits_of_run import state_limits
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop, Step
from poc_gate.inputs.observe.load_tests.run.step_facts import TYPED_LOOP
from poc_gate.model.observation import Origin

MOSTLY_FAILED = 0.5
"""Share of failed requests from which on a step is no load: what was refused at the door did not load what is behind."""


def conclude(run: LoadRun, finds: Finds) -> None:
    """Add to the finds what a run shows, and what it does not."""
    run = replace(run, target=host_of(run.target))
    finds.origin = Origin(run.tool, run.version, run.ended, run.target or run.model)
    finds.samples = sum(step.sent or 0 for step in run.steps)
    finds.details["steps"] = [point(run, step) for step in run.steps]
    finds.details["corrected"] = run.corrected
    if run.model:
        finds.observe("load_test.model", run.model, samples=finds.samples or None)
    if run.replicas is not None:
        finds.configured("load_test.replicas", run.replicas)
    _ask_for_origin(finds)
    _durations(run, finds)
    _errors(run, finds)
    state_limits(run, finds)
    highest = highest_load(run.steps)
    if highest is not None:
        _load(highest, run, finds)
        _times(highest, run, finds)
        _lengths(highest, finds)


def host_of(address: str) -> str:
    """Return host and port of an address, without account, path and query; a name stays as it is."""
    return re.split(r"[/?#]", address.split("://", maxsplit=1)[-1], maxsplit=1)[0].rsplit("@", maxsplit=1)[-1]


def _ask_for_origin(finds: Finds) -> None:
    """Ask for what the tool does not write down, and without which a result counts as imported only."""
    names = {"its version": "version=...", "the date": "ended=2026-11-28", "the target": "target=https://..."}
    lacking = [one for one in finds.origin.lacking() if one in names]
    if lacking:
        finds.ask(
            f"the file does not give {', '.join(lacking)}, so it counts as imported, not as measured",
            f"give it in the option of the import: `{', '.join(names[one] for one in lacking)}`",
        )


def highest_load(steps: Iterable[Step]) -> Step | None:
    """Return the step with the highest load among those that were mostly answered; None where there is none."""
    loaded = [step for step in steps if not _mostly_failed(step) and step.sent != 0]
    return max(
        loaded,
        key=lambda step: (step.rate or 0.0, step.concurrency or 0.0, step.duration or 0.0),
        default=None,
    )


def _mostly_failed(step: Step) -> bool:
    return bool(step.sent) and (step.failed or 0) >= MOSTLY_FAILED * (step.sent or 1)


def _durations(run: LoadRun, finds: Finds) -> None:
    known = [step.duration for step in run.steps if step.duration is not None]
    if known and len(known) == len(run.steps):
        finds.observe("load_test.duration", math.fsum(known), unit="s", samples=finds.samples or None,
                      method=f"{len(known)} steps added up" if len(known) > 1 else "as the tool timed it")  # fmt: skip


def _errors(run: LoadRun, finds: Finds) -> None:
    known = [(step.failed, step.sent) for step in run.steps if step.sent and step.failed is not None]
    failed, sent = sum(failed for failed, _ in known), sum(sent for _, sent in known)
    if sent:
        finds.observe_share(
            "load_test.error_rate", failed, sent, method=f"{failed:,} of {sent:,} requests failed"
        )


def _load(step: Step, run: LoadRun, finds: Finds) -> None:
    sent = step.sent
    if step.rate is not None and sent:
        how = "requests that were sent over time" + _of_steps(run)
        finds.observe("load_test.rate", step.rate, unit="req/s", samples=sent, method=how)
    if step.served is not None and step.answered:
        half = 1.96 * math.sqrt(step.answered) / step.answered * step.served
        finds.observe(
            "load_test.served_rate", step.served, unit="req/s", samples=step.answered, low=max(0.0, step.served - half),
            high=step.served + half, interval="Poisson counts", method="answers without an error over time",
        )  # fmt: skip
    if step.concurrency is not None:
        finds.observe(
            "load_test.concurrency", step.concurrency, samples=sent, method="as the tool counts them"
        )
    if step.loop in (Loop.OPEN, Loop.CLOSED):
        finds.observe(
            "load_test.open_loop", step.loop is Loop.OPEN, samples=sent, method=f"{step.loop.value} loop",
            reason=TYPED_LOOP if run.loop_typed else "",
        )  # fmt: skip


def _of_steps(run: LoadRun) -> str:
    return f", the highest of {len(run.steps)} steps" if len(run.steps) > 1 else ""


def _times(step: Step, run: LoadRun, finds: Finds) -> None:
    how = {Counted.SUCCESSES: "answered requests", Counted.ALL: "all requests, failed ones included"}.get(
        step.counted, "requests"
    )
    if step.loop is Loop.CLOSED and not run.corrected:
        how += "; closed loop: waiting behind a stall is not in it"
    for spread, name, shares in (
        (step.latency, "load_test", (0.5, 0.95, 0.99)), (step.ttft, "load_test.ttft", (0.5, 0.95)),
        (step.tpot or step.itl, "load_test.tpot", (0.5,)),
    ):  # fmt: skip
        for share in shares:
            suffix = f"p{share * 100:g}"
            _time(
                f"{name}.{suffix}" if name == "load_test" else f"{name}_{suffix}", spread, share, how, finds
            )


def _time(fact: str, spread: Spread, share: float, how: str, finds: Finds) -> None:
    known = spread.at(share)
    if known is None or known.value < 0:
        return
    finds.observe(
        fact, known.value, unit="s", samples=known.count, low=known.low, high=known.high, interval=known.interval,
        method=how, stable=known.low is not None and known.high is not None,
    )  # fmt: skip


def _lengths(step: Step, finds: Finds) -> None:
    for fact, spread in (("load_test.in_tokens", step.in_tokens), ("load_test.out_tokens", step.out_tokens)):
        value, how = typical(spread)
        if value is not None:
            finds.observe(fact, value, unit="tok", samples=spread.total or step.answered, method=how)
    tokens = step.out_tokens.average()
    if tokens is not None and step.served is not None and step.answered:
        finds.observe("load_test.tokens_rate", tokens * step.served, unit="tok/s", samples=step.answered,
                      method="mean answer length x answers per second")  # fmt: skip


def typical(spread: Spread) -> tuple[float | None, str]:
    """Return the median, or the mean where no median is known, and which of them it is."""
    known = spread.at(0.5)
    if known is not None:
        return known.value, "median"
    return spread.average(), "mean"


def point(run: LoadRun, step: Step) -> dict[str, object]:
    """Return a step as plain data, None where it is unknown: one point of a load curve."""
    data: dict[str, object] = {
        "offered_per_s": step.rate, "served_per_s": step.served, "configured_per_s": step.configured_rate,
        "concurrency": step.concurrency, "open_loop": {Loop.OPEN: True, Loop.CLOSED: False}.get(step.loop),
        "loop": step.loop.value, "loop_typed": run.loop_typed, "duration_s": step.duration, "errors": step.failed, "n": step.sent,
        "unfinished": step.unfinished, "times_of": step.counted.value, "started": step.started[:40],
        "target": run.target[:200], "model": run.model[:200],
    }  # fmt: skip
    for name, spread, share in (
        ("p50_s", step.latency, 0.5), ("p95_s", step.latency, 0.95), ("p99_s", step.latency, 0.99),
        ("ttft_s", step.ttft, 0.5), ("ttft_p95_s", step.ttft, 0.95), ("tpot_s", step.tpot or step.itl, 0.5),
    ):  # fmt: skip
        known = spread.at(share)
        mean = spread.average() if share == 0.5 else None
        data[name] = known.value if known is not None else mean
    data["in_tokens"], data["out_tokens"] = typical(step.in_tokens)[0], typical(step.out_tokens)[0]
    return data
