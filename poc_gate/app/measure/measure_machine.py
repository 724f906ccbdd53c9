"""`poc-gate probe`: measure this machine, keep, show or compare profiles; calls the probe room, decides nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from poc_gate.app.ground.files.own_output import check_output
from poc_gate.app.ground.files.write_file import write_or_say
from poc_gate.app.ground.machines.load_profile import load_profile
from poc_gate.app.measure.fitting_sheet import fitting_sheets
from poc_gate.errors import NotMeasuredError, UsageError
from poc_gate.inputs.probe.interface import ProbeOptions, probes
from poc_gate.inputs.probe.probe_machine import probe_machine
from poc_gate.inputs.probe.profile.compare_profiles import compare_profiles
from poc_gate.inputs.probe.profile.datasheets import datasheet_titles
from poc_gate.inputs.probe.profile.profile_file import write_profile
from poc_gate.inputs.probe.profile.profile_picture import picture_lines, summary_lines
from poc_gate.inputs.probe.profile.profile_text import profile_lines
from poc_gate.model.measurement import MachineProfile

__all__ = [
    "ProbeOptions",
    "ProbeRun",
    "compare_files",
    "measure",
    "probe_names",
    "sheet_lines",
    "show_file",
    "show_page",
]


class ProbeRun(Struct, frozen=True):
    """What measuring gave."""

    text: str
    content: bytes
    """The profile as its file holds it."""
    empty: NotMeasuredError | None = None
    """Why nothing was measured that was asked for."""
    unwritten: UsageError | None = None
    """Why the profile could not be written."""


def measure(
    options: ProbeOptions, output: Path | None, *, progress: Callable[[str, float], None]
) -> ProbeRun:
    """Measure this machine, write the profile where asked, and return its summary as text and as its file.

    A probe that was asked for by name and measured nothing, and a machine left to other work, are told in `empty`.
    Raises UsageError, before anything is measured, when the profile can be seen not to be writable.
    """
    if output is not None:
        check_output(output)
    profile = probe_machine(options, progress=progress, now=_now())
    content = write_profile(profile)
    unwritten = write_or_say(output, content) if output is not None else None
    again = f"poc-gate probe show {output}" if output is not None else "poc-gate probe -o machine.json"
    text = "\n".join(summary_lines(profile, again, fitting_sheets(profile)))
    return ProbeRun(text, content, _emptiness(profile, options), unwritten)


def probe_names() -> tuple[str, ...]:
    """Return the names of all probes."""
    return tuple(probe.name for probe in probes())


def show_file(name: str) -> str:
    """Return the summary and the curves of a recorded profile, or of a data sheet named instead of a file."""
    profile = load_profile(name)
    first, *others = profile_lines(profile, curves=True)
    return "\n".join([first, *picture_lines(profile, fitting_sheets(profile)), *others])


def show_page(name: str) -> bytes:
    """Return the picture page of a profile or a data sheet."""
    from poc_gate.report.html.html_machine import render_machine

    profile = load_profile(name)
    return render_machine(profile, fitting_sheets(profile))


def sheet_lines() -> list[str]:
    """Return one line for each shipped data sheet."""
    return [f"{name:<28} {title}" for name, title in datasheet_titles()]


def compare_files(first: str, second: str) -> tuple[str, bool]:
    """Return what differs between two profiles beyond their noise, and whether anything does."""
    differences = compare_profiles(load_profile(first), load_profile(second))
    if not differences:
        return f"{first} and {second} do not differ beyond the noise", False
    return "\n".join(str(difference) for difference in differences), True


def _emptiness(profile: MachineProfile, options: ProbeOptions) -> NotMeasuredError | None:
    state = profile.environment.get("state", "")
    if options.yield_to_others and state.startswith("busy"):
        return NotMeasuredError(state, next_step="try again later, or leave out --skip-busy")
    known = {m.fact for m in profile.measurements if m.value is not None}
    reasons = {m.fact: m.reason for m in profile.measurements}
    for probe in probes():
        asked = probe.name in options.only or (probe.name == "storage" and options.storage)
        facts = [probe.heart] if probe.heart else [spec.name for spec in probe.facts]
        if asked and not known.intersection(facts):
            return NotMeasuredError(f"the {probe.name} probe measured nothing: {reasons[facts[0]]}")
    return None


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
