"""One run of a load tool -> what must not be concluded from it, in words, each with the numbers that say why."""

from __future__ import annotations

import math

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop, Step

_SHORT = 1800.0
"""Seconds: what shows itself only under lasting load (caches, memory, temperature, autoscaling) needs half an hour."""
_SENT_LESS = 0.95
"""Share of the configured rate below which a run did not send what it was asked to."""
_LOOPBACK = ("127.", "localhost", "[::1]", "::1", "0.0.0.0")  # noqa: S104 - a name to recognise, nothing is bound


def state_limits(run: LoadRun, finds: Finds) -> None:
    """Add the limits of a run."""
    if not run.steps:
        finds.must_not("the file contains no step under load, so that it shows nothing about load")
        return
    _failures(run, finds)
    _loops(run, finds)
    for at, step in enumerate(run.steps, start=1):
        where = f"step {at}: " if len(run.steps) > 1 else ""
        _rates(step, where, finds)
        _unfinished(step, where, finds)
    _length(run, finds)
    if run.rounded:
        finds.must_not(f"{run.rounded}: percentiles are no finer than that")
    host = run.target.split("://")[-1].split("/")[0].lower()
    if host.startswith(_LOOPBACK):
        finds.must_not(
            "the target is on the machine of the load tool: no network is in the times, and both share the processors",
            next_step="run the tool on another machine, against the address that users have",
        )


def _failures(run: LoadRun, finds: Finds) -> None:
    known = [step for step in run.steps if step.sent and step.failed is not None]
    sent, failed = sum(step.sent or 0 for step in known), sum(step.failed or 0 for step in known)
    if sent and failed == sent:
        finds.must_not(
            f"every one of the {sent:,} requests failed: the run says nothing about speed or capacity",
            next_step="look at the errors, fix them, and run it again",
        )
    elif sent and failed:
        share = failed / sent
        kinds = {step.counted for step in known}
        if Counted.ALL in kinds:
            finds.must_not(
                f"{share:.2%} of the requests failed, and their times are among the others: a quick refusal makes a "
                "percentile look better"
            )
        else:
            finds.must_not(
                f"the percentiles are of answered requests only; {share:.2%} failed, so that of all requests none above "
                f"the {math.floor((1 - share) * 1000) / 10:g}th percentile was answered"
            )
    elif not known:
        finds.must_not("the file does not say how many requests failed; so do not conclude that none did")


def _loops(run: LoadRun, finds: Finds) -> None:
    loops = {step.loop for step in run.steps}
    if Loop.CLOSED in loops and not run.corrected:
        finds.must_not(
            "closed loop: each user waits for the answer, so that a stall of seconds is one slow request and the waiting "
            "behind it is in no percentile (coordinated omission)",
            next_step="send requests by the clock: a constant or random arrival rate",
        )
    if Loop.BURST in loops:
        finds.must_not(
            "all requests were sent at once: times are those of a queue that empties, not of a load that lasts",
            next_step="send them at a rate that lasts, such as the planned peak",
        )
    if Loop.UNKNOWN in loops:
        finds.ask(
            "the file does not say whether requests were sent by the clock or after the last answer",
            "say `open` or `closed` in the option of the import",
        )


def _rates(step: Step, where: str, finds: Finds) -> None:
    rate, asked = step.rate, step.configured_rate
    if rate is not None and asked and rate < _SENT_LESS * asked:
        finds.must_not(
            f"{where}{asked:,.4g} requests per second were configured and {rate:,.4g} were sent; the configured rate was not "
            "tested"
        )


def _unfinished(step: Step, where: str, finds: Finds) -> None:
    if step.unfinished:
        of = f", besides {step.sent:,} that had ended" if step.sent else ""
        finds.must_not(
            f"{where}{step.unfinished:,} requests were in flight when it stopped{of}: the slowest ones are in no percentile"
        )


def _length(run: LoadRun, finds: Finds) -> None:
    known = [step.duration for step in run.steps if step.duration is not None]
    total = math.fsum(known)
    if len(known) == len(run.steps) and total < _SHORT:
        shown = f"{total:,.0f} s" if total >= 10 else f"{total:.2g} s"
        finds.must_not(
            f"it lasted {shown}: what shows itself only after minutes (caches, memory, temperature, autoscaling) is not in it",
            next_step="keep the load for half an hour",
        )
