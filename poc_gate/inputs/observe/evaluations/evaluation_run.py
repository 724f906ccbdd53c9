"""One run of an evaluation, whatever wrote it: its trials with outcome and slices, and what was tested by whom."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct, field


def case_of(told: Sequence[object], number: int) -> str:
    """Return the id of a case: a digest of what was asked, so that equal questions are repeats of one case.

    A row that says nothing of its question is a case of its own: what cannot be seen to be a repeat is none.
    """
    said = [one for one in told if one is not None and one not in ("", [], {})]
    if not said:
        whole = f"row {number}".encode()
    else:
        try:
            whole = msgspec.json.encode(told, order="deterministic")
        except (TypeError, ValueError):
            whole = repr(told).encode("utf-8", "replace")
    return hashlib.sha256(whole).hexdigest()


class Trial(Struct, frozen=True):
    """One answer that was marked; several trials of one case are repeats of it."""

    case: str
    """Id of the case, or a digest of its input: never the input itself."""
    passed: bool | None
    """None where the trial broke off, or where nobody could mark it."""
    repeat: int = 0
    slices: Mapping[str, str] = {}
    """Name of a grouping -> the group that the case belongs to."""
    metrics: Mapping[str, bool | None] = {}
    """Name of a mark -> whether it was passed."""


class EvaluationRun(Struct, frozen=True):
    """One run; what the file does not say stays empty."""

    tool: str
    version: str = ""
    ended: str = ""
    """ISO 8601."""
    model: str = ""
    """Model under test, as the tool was told it."""
    prompt: str = ""
    """Version or digest of the prompt under test."""
    judge: str = ""
    """`people`, `model` or `rule`: who or what marked the answers."""
    judge_model: str = ""
    dataset: str = ""
    dataset_digest: str = ""
    dataset_day: str = ""
    """ISO 8601 day of the data set, where the file says it."""
    dataset_day_typed: bool = False
    """Whether the option of the import gives that day: no tool writes it."""
    trials: tuple[Trial, ...] = ()
    cases: int | None = None
    """Cases, where the file contains no trials."""
    failures: int | None = None
    broken: int | None = None
    repeats: int | None = None
    scores: tuple[str, ...] = ()
    """Scores as the tool reports them, in words."""
    attack: str = ""
    """`direct` or `indirect` where the cases are attacks, `mixed` where they are of both kinds; empty for others."""
    kept_apart: Mapping[str, int] = field(default_factory=dict)
    """Counts of what was neither passed nor failed, by reason: skipped, not marked."""
