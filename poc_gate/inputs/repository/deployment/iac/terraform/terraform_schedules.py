"""Schedulers in Terraform, and variables that say when something is taken in or trained -> the interval between runs."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.deployment.iac.blocks import Statement, literal
from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.schedules.intervals import note_interval

_SCHEDULERS = {
    "google_cloud_scheduler_job": "schedule",
    "aws_cloudwatch_event_rule": "schedule_expression",
    "aws_scheduler_schedule": "schedule_expression",
}
"""Resource that starts something by the clock -> the key of when."""
_OFF = {"paused": "true", "state": '"DISABLED"', "is_enabled": "false"}
"""Key beside a schedule -> the value with which it does not run."""
_OF_A_PIPELINE = re.compile(r"(?i)(?:^|_)(?:ingest\w*|(?:re)?train\w*|(?:re)?index\w*|refresh|embed\w*|etl|crawl\w*|scor(?:e|ing)|batch|predict\w*|forecast\w*)(?:_|$)")  # fmt: skip
_WHEN = re.compile(r"(?i)(?:^|_)(?:schedule|cron)(?:_|$)")
_OPTIONAL = re.compile(r"optional\(\s*\w+\s*,\s*(.+)\)")


def note_scheduler(label: str, name: str, values: dict[str, Statement], notes: Notes) -> None:
    """Note when a scheduler starts what it starts, unless it is turned off."""
    given = values.get(_SCHEDULERS.get(label, ""))
    if given is None or any(key in values and values[key].value.strip() == off for key, off in _OFF.items()):
        return
    _note(given, name, notes)


def note_schedule_of_variable(label: str, inner: list[Statement], notes: Notes) -> None:
    """Note when a pipeline runs by default: the variable's own default, or that of an entry of its type."""
    for one in inner:
        called = label if one.key == "default" else f"{label}_{one.key}"
        if _OF_A_PIPELINE.search(called) and _WHEN.search(called):
            _note(one._replace(value=usual(one.value)), called, notes)


def usual(value: str) -> str:
    """Return what an entry of a variable's type is where nobody gives it: `optional(number, 3)`; anything else as it is."""
    match = _OPTIONAL.fullmatch(value.strip().rstrip(","))
    return match[1].strip() if match else value


def _note(one: Statement, name: str, notes: Notes) -> None:
    """Note an interval; what a program of the pilot's own says of when it runs stands before that of the cloud."""
    said = literal(one.value)
    if isinstance(said, str):
        node = Node.word(one.place.file, one.place.line, said, one.place.column)
        note_interval(node, notes, of=name, weight=1)
