"""`poc-gate fleet show`: a fleet's folder -> one of its views; whether enough nodes answered decides the exit code."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from poc_gate.app.ground.files.outputs import put_out, wanted_outputs
from poc_gate.app.ground.files.write_file import refuse_inputs
from poc_gate.app.ground.machines.fleet_folder import kept_files, read_fleet_run, read_nodes, require_fleet
from poc_gate.app.ground.machines.load_profile import load_profile
from poc_gate.errors import ExitCode, UsageError, one_of
from poc_gate.many.fleet.comparing.compare_fleet import compare_fleet
from poc_gate.many.fleet.comparing.groups import GROUPINGS
from poc_gate.model.many.fleet import Fleet
from poc_gate.text.quantities.quantity_text import QuantityError, parse_quantity

FORMATS = ("terminal", "html", "json", "csv", "markdown")


class ShowRequest(Struct, frozen=True):
    """Options of `fleet show`."""

    folder: Path
    formats: tuple[str, ...] = ()
    """`NAME`, or `NAME=FILE`."""
    group_by: str = "hardware"
    expect: str = ""
    """A profile or data sheet that the nodes are held against."""
    min_answered: str = ""
    """Share of the asked nodes that must have been measured, such as `95 %`."""
    width: int = 80
    every_node: bool = False


class Shown(Struct, frozen=True):
    """What showing gives."""

    stdout: bytes
    code: ExitCode
    note: str = ""
    """For stderr."""


def show_fleet(request: ShowRequest) -> Shown:
    """Return the views that were asked for, written where they name a file.

    Raises InvalidInputError for broken records, UsageError for options that make no sense and files that cannot be
    written.
    """
    outputs = wanted_outputs(request.formats, FORMATS, always_text=False)
    least = _share(request.min_answered)
    read = [*kept_files(request.folder), *filter(None, [request.expect])]
    refuse_inputs([output.path for output in outputs if output.path], read)
    fleet = load_fleet(request.folder, group_by=request.group_by, expect=request.expect)
    stdout = put_out((output, _render(fleet, output.format, request)) for output in outputs)
    answered = fleet.answered / len(fleet.nodes) if fleet.nodes else 0.0
    if answered + 1e-9 < least:
        note = (
            f"{fleet.answered} of {len(fleet.nodes)} nodes were measured, fewer than {request.min_answered}"
        )
        return Shown(stdout, ExitCode.NOT_MEASURED, note)
    return Shown(stdout, ExitCode.GO)


def load_fleet(folder: Path, *, group_by: str = "hardware", expect: str = "") -> Fleet:
    """Return the fleet of a folder; raises as `show_fleet` does."""
    if group_by not in GROUPINGS:
        raise UsageError(f"--group-by {group_by!r} is unknown", next_step=one_of(group_by, GROUPINGS))
    require_fleet(folder)
    expected = load_profile(expect) if expect else None
    records = [record for _, record, _ in read_nodes(folder)]
    return compare_fleet(read_fleet_run(folder), records, grouping=group_by, expected=expected)


def _share(text: str) -> float:
    if not text:
        return 0.0
    try:
        value = parse_quantity(text, "1").value
    except QuantityError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UsageError(f"--min-answered {text!r} is not a share", next_step='write --min-answered "95 %"')
    return value


def _render(fleet: Fleet, name: str, request: ShowRequest) -> bytes:
    if name == "json":
        from poc_gate.report.fleet.fleet_json import render_json

        return render_json(fleet)
    if name == "csv":
        from poc_gate.report.fleet.fleet_csv import render_csv

        return render_csv(fleet)
    if name == "markdown":
        from poc_gate.report.fleet.fleet_markdown import render_markdown

        return render_markdown(fleet)
    if name == "html":
        from poc_gate.report.fleet.fleet_page import render_page

        return render_page(fleet)
    from poc_gate.report.fleet.fleet_text import render_text

    return render_text(fleet, width=request.width, every_node=request.every_node)
