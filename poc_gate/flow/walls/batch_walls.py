"""The walls of batch and training pilots: volume at which the window closes, accelerators a store can feed."""

from __future__ import annotations

from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.span import Span, as_span
from poc_gate.flow.walls.against_plan import against_plan
from poc_gate.model.verdict import Wall, WallPicture, WallPoint

_STEPS = 14


def window_wall(view: FactView) -> WallPicture:
    """Return the picture in volume: records of one run at which the batch window or the backlog breaks.

    The points' utilisation is the share of the window used. Raises CannotDeriveError when the window,
    the run or the volume is not stated.
    """
    window, items = view.need("pipeline.window", "pipeline.items_per_run")
    late = view.maybe("pipeline.upstream_ready_p95")
    if late is None:
        view.assume(
            "the upstream data is ready when the window opens (pipeline.upstream_ready_p95)", weaken=True
        )
        late = as_span(0.0)
    run = view.maybe("pipeline.run_p95") or items / view.one("pipeline.items_rate")
    growth = view.maybe("demand.corpus_growth_12m") or view.maybe("demand.growth_12m")
    if run.likely <= 0 or items.likely <= 0:
        raise CannotDeriveError("a run without records or time has no volume to scale")
    room = window - late
    most = items.likely * max(0.0, room.likely) / run.likely
    span = items * room / run
    cause = f"the run no longer ends inside the window of {window.shown('s')}"
    walls = [Wall(most, max(0.0, span.low), max(most, span.high), "batch window", cause)]
    walls += _backlog_wall(view)
    walls.sort(key=lambda wall: wall.load)
    view.assume("the run's time grows with the volume")
    points = [items.likely * 10 ** (i / 8 - 0.25) for i in range(_STEPS)]
    planned = items.likely * (growth.likely if growth else 1.0)
    return WallPicture(
        "volume", "1", items.likely, planned,
        tuple(WallPoint(n, None, None, utilisation=_used(late, run, window, n / items.likely)) for n in points),
        tuple(walls), assumptions=tuple(view.trace.assumptions),
        sentence=against_plan(walls[0], items.likely, planned, ("volume", "records")),
    )  # fmt: skip


def _used(late: Span, run: Span, window: Span, factor: float) -> float:
    return (late.likely + run.likely * factor) / window.likely if window.likely > 0 else float("inf")


def _backlog_wall(view: FactView) -> list[Wall]:
    every, rate = view.maybe("pipeline.refresh"), view.maybe("pipeline.items_rate")
    if every is None or rate is None or every.likely <= 0:
        return []
    most = rate.likely * every.likely
    cause = "records arrive as fast as they are handled, so that a backlog never drains"
    return [Wall(most, most, most, "pipeline", cause)]


def feeding_wall(view: FactView) -> WallPicture:
    """Return the picture in accelerators: how many the training store feeds at the wanted utilisation.

    The points' utilisation is the share of the store's rate. Raises CannotDeriveError when the step or
    the store is not described.
    """
    now, fed = view.need("training.accelerators", "flow.ingest.accelerators_fed")
    have = view.one("flow.ingest.have")
    cause = f"the store's {have.shown('B/s')} feed {fed.likely:.3g} accelerators at the wanted utilisation"
    points = [max(1.0, now.likely) * 10 ** (i / 8 - 0.5) for i in range(_STEPS)]
    return WallPicture(
        "accelerators", "1", now.likely, now.likely,
        tuple(WallPoint(n, None, None, utilisation=n / fed.likely) for n in points),
        (Wall(fed.likely, fed.low, fed.high, "storage", cause),), assumptions=tuple(view.trace.assumptions),
        sentence=f"{cause[0].upper()}{cause[1:]}; {now.likely:g} are planned.",
    )  # fmt: skip
