"""Words of a command line or of a call that name a day or a stage -> refused where they name none."""

from __future__ import annotations

from poc_gate.base.days import exact_day
from poc_gate.errors import UsageError, one_of
from poc_gate.model.rule import Stage


def check_day(option: str, day: str) -> None:
    """Raise UsageError unless a text is a day written as YYYY-MM-DD."""
    if exact_day(day) is None:
        raise UsageError(f"{option} {day!r} is not a valid date", next_step="write YYYY-MM-DD")


def check_stage(stage: str) -> None:
    """Raise UsageError unless a text names a stage, or is empty."""
    stages = [known.value for known in Stage]
    if stage and stage not in stages:
        raise UsageError(f"--stage {stage!r} is not a stage", next_step=one_of(stage, stages))
