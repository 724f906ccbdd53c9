"""What every report format exposes: one FORMAT whose render turns a result into bytes."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from poc_gate.model.many.run_history import PilotCourse
from poc_gate.model.verdict import Result
from poc_gate.report.state_words import StateWords


class RenderOptions(Struct, frozen=True):
    """How a result is to be laid out; never what it says."""

    width: int = 80
    """Columns of a text report."""
    color: bool = False
    """Whether escape sequences for colour may be written."""
    hyperlinks: bool = False
    """Whether OSC 8 links may be written; only a capable terminal shows them as links."""
    encoding: str = "utf-8"
    """Of the terminal: where it shows no bars and dashes, plain characters stand for them."""
    verbosity: int = 0
    """-1 = verdict and reasons only, 0 = the summary, 1 = every open finding, 2 = everything."""
    base_result: Result | None = None
    """An earlier result to compare with."""
    course: PilotCourse | None = None
    """What a history of earlier runs adds."""
    path_prefix: str = ""
    """Folder of the result's paths relative to the repository root, for formats that code hosts read."""
    rule_pages: str = ""
    """Address at which the pages of `rules docs` are served, for formats that link each rule."""
    link_root: str = ""
    """Absolute folder of the result's paths, for hyperlinks to files on this machine."""


class Format(Struct, frozen=True):
    """One report format; the module is named `<name>_report.py`."""

    name: str
    summary: str
    """One line for `--help` and the docs."""
    suffix: str
    """Usual end of the file's name, with the dot."""
    render: Callable[[Result, RenderOptions], bytes]
    mark: bytes = b""
    """Regular expression that is found in every report of this format and in hardly any other file: such a file may
    be written over."""
    shows_ways: bool = True
    """Whether it shows the levers of walls and the way out, which take most of the time of a run."""
    shows_machines: bool = False
    """Whether it shows the machines that carry the plan, for which every data sheet is tried."""
    states: StateWords | None = None
    """What the six states become, for a format that gives each finding one word."""
