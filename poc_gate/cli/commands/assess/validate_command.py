"""`poc-gate validate`: check a manifest and say what is still unknown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from poc_gate.cli.interface import Command

if TYPE_CHECKING:
    from poc_gate.app.authoring.validate import Validation


def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders with pilot.yaml, or the files themselves; default: this folder."),
    ] = None,
    *,
    all_: Annotated[
        bool, typer.Option("--all", help="List every unanswered question, not only the first twelve.")
    ] = False,
) -> None:
    """Check a manifest and the files it refers to; list what to add first.

    Exits 0 if everything can be read; otherwise 3, and every fault is shown with its place. An unanswered
    question is not a fault here, but it keeps the pilot from a GO later.

    For example:

        poc-gate validate examples/claims-copilot

        poc-gate validate pilots/*/pilot.yaml
    """
    from poc_gate.app.authoring.validate import validate as check
    from poc_gate.errors import Fault, InvalidInputError

    faults: list[Fault] = []
    for path in paths or [Path()]:
        try:
            found = check(path)
            for line in [*_lines(found, None if all_ else 12), *_next(found.manifest)]:
                for row in _fitting(line):
                    typer.echo(row)
        except InvalidInputError as error:
            faults += error.faults
    if faults:
        raise InvalidInputError(faults)


def _fitting(line: str) -> list[str]:
    """Return a line as rows of the terminal's width; what it is continued with is indented further."""
    import shutil

    from poc_gate.text.wrapped_text import wrapped

    text = line.lstrip()
    margin = " " * (len(line) - len(text))
    further = margin + " " * (text.find(" ") + 1 if text.startswith("-> ") else 2)
    width = max(_NARROWEST, shutil.get_terminal_size((80, 24)).columns)
    return wrapped(text, width, first=margin, rest=further)


_NARROWEST = 40


def _lines(found: Validation, most: int | None) -> list[str]:
    stage = f", stage {found.stage}" if found.stage else ", no stage stated"
    lines = [
        f"{found.manifest}: {found.pilot}{stage}: {_counted(found.claims, 'value')} in {_counted(len(found.sections), 'section')}"
    ]
    if found.sources:
        lines.append(f"  sources: {', '.join(found.sources)}")
    lines += [f"  {file}: {_counted(count, 'value')} read" for file, count in found.files]
    for notice in found.notices:
        lines.append(f"  {notice.place}: {notice.kind}: {notice.message}")
        lines += [f"    -> {notice.next_step}"] if notice.next_step else []
    lines.append(f"  {found.stated} of {found.first_tier} essential questions are answered")
    for missing in found.missing[:most]:
        lines.append(f"    {missing.place}: {missing.name} is unknown: {missing.meaning}")
        lines.append(f"      -> {missing.line}")
    if most is not None and len(found.missing) > most:
        lines.append(f"    and {len(found.missing) - most} more: `poc-gate validate --all {found.manifest}`")
    return ["".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line) for line in lines]


def _next(manifest: str) -> list[str]:
    """Return the first steps of the way out, the same that `assess` and `path` show."""
    from poc_gate.app.explore.next_steps import next_steps

    steps, more = next_steps(Path(manifest))
    if not steps:
        return []
    lines = ["  what can change the answer most, as in `poc-gate path`:"]
    lines += [f"    {number}. {step.action}" for number, step in enumerate(steps, 1)]
    return [*lines, f"    and {more} more"] if more else lines


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


COMMAND = Command(name="validate", function=validate, panel="Start here")
