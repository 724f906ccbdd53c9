"""Finds the report formats: every module `<name>_report.py` of this room is one."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache

from poc_gate import report
from poc_gate.base.plug_ins import plug_ins
from poc_gate.errors import UsageError, one_of
from poc_gate.report.interface import Format

_SUFFIX = "_report"


@cache
def _modules() -> Mapping[str, str]:
    """Return format -> its module."""
    return plug_ins(report.__name__, report.__path__, _SUFFIX)


def format_names() -> tuple[str, ...]:
    """Return the names of all formats in alphabetical order, without loading any."""
    return tuple(_modules())


def find_format(name: str) -> Format:
    """Load and return one format.

    Raises UsageError for a name that no module has, with the nearest one.
    """
    names = format_names()
    if name not in names:
        raise UsageError(f"unknown format {name!r}", next_step=one_of(name, names))
    found: Format = importlib.import_module(_modules()[name]).FORMAT
    return found


def formats() -> tuple[Format, ...]:
    """Load and return every format; a module that cannot be imported is an error, never left out."""
    return tuple(find_format(name) for name in format_names())
