"""`poc-gate init`: ask for what decides first, and write a commented manifest."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from poc_gate.cli.interface import Command

if TYPE_CHECKING:
    from poc_gate.app.authoring.init import Known


def init(  # noqa: PLR0913 - the options are the parameters
    folder: Annotated[
        Path, typer.Argument(help="Folder of the pilot; created if it does not exist.")
    ] = Path(),
    *,
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="DIR",
            help="Repository whose files fill in what they state; default: the folder.",
        ),
    ] = None,
    service: Annotated[
        str,
        typer.Option(help="Which service of the repository to read, if there are several.", metavar="NAME"),
    ] = "",
    from_traces: Annotated[
        list[Path] | None,
        typer.Option(
            "--from-traces",
            metavar="FILE",
            help="Traces of the running pilot; repeatable, and can be combined with --from.",
        ),
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Read no files; begin with nothing.")] = False,
    name: Annotated[str, typer.Option(help="Name of the pilot; default: the folder's name.")] = "",
    defaults: Annotated[
        bool, typer.Option("--defaults", help="Ask nothing; write every line for you to fill in.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing manifest.")] = False,
) -> None:
    """Write pilot.yaml with what the files of the folder say; asks what matters most and leaves the rest as comments.

    Enter skips a question, ? explains it, < goes back, Ctrl-C keeps what was answered. Answers may also come from
    a pipe, one line each; `poc-gate ask` continues later. With --from, an existing manifest is completed;
    what people wrote stays.

    For example:

        poc-gate init pilots/claims-copilot

        poc-gate init pilots/claims-copilot --from ../claims-copilot --defaults

        poc-gate init . --from-traces traces.jsonl --defaults
    """
    from poc_gate.app.authoring.init import NewManifest
    from poc_gate.cli.look_first import look_first

    known = _look_through(from_, folder, service) if from_ is not None else None
    if from_ is None and not blank and (force or _existing(folder) is None):
        known = look_first(folder, service)
    if from_traces:
        known = _look_at_traces(from_traces, folder, known)
    given = from_ is not None or bool(from_traces)
    if given and known is not None and not force and (target := _existing(folder)) is not None:
        _merge(target, known)
        return
    new = NewManifest(folder, name=name, force=force, known=known)
    if not defaults:
        _ask(folder, name, known, force=force)
        return
    new.save()
    answered, asked = new.progress()
    _say(
        f"{new.target} is written: {answered} of {asked} first answers are filled in, the rest are comments."
    )
    _say(f"    -> fill in more, then run `poc-gate validate {new.target}`")


def _existing(folder: Path) -> Path | None:
    target = folder if folder.suffix in {".yaml", ".yml"} else folder / "pilot.yaml"
    return target if target.is_file() else None


def _merge(target: Path, known: Known) -> None:
    """Add to a manifest what the repository states and it lacks, and tell what stays otherwise."""
    from poc_gate.app.authoring.merge_found import merge_found, save

    merged = merge_found(target, known)
    save(merged)
    count = len(merged.added)
    _say(f"{target}: {count} value{'' if count == 1 else 's'} added" if count else f"{target} lacks nothing that the repository states")  # fmt: skip
    for line in merged.added:
        _say(f"    + {line}")
    for line in merged.kept:
        _say(line)
    for line in merged.unplaced:
        _say(f"    to be written by hand: {line}")


def _look_through(repository: Path, folder: Path, service: str) -> Known:
    """Return what the files of a repository say, after telling what was found."""
    from poc_gate.app.authoring.files_to_import import show_findings
    from poc_gate.app.authoring.init_from import look_through
    from poc_gate.cli.progress import progress

    home = folder.parent if folder.suffix in {".yaml", ".yml"} else folder
    with progress() as tell:
        findings = look_through(repository, home, tell, service=service)
    for line in show_findings(findings):
        _say(line)
    if findings.known.claims and not repository.resolve().is_relative_to(home.resolve()):
        _say(
            "these files are outside the pilot's folder: the manifest cannot refer to them, so their values count as typed in"
        )
        _say(
            f"    -> to have them count as shown, write the manifest there: `poc-gate init {repository} --from {repository}`"
        )
    return findings.known


def _look_at_traces(files: list[Path], folder: Path, known: Known | None) -> Known:
    """Return what is known already together with what traces say, after telling what was found."""
    from poc_gate.app.authoring.init_from_traces import joined, known_by_traces
    from poc_gate.cli.progress import progress

    home = folder.parent if folder.suffix in {".yaml", ".yml"} else folder
    with progress() as tell:
        found, lines = known_by_traces(files, home, tell)
    for line in lines:
        _say(line)
    return joined(known, found)


def _ask(folder: Path, name: str, known: Known | None, *, force: bool) -> None:
    """Ask the questions that matter most, and write what is known; nothing else asks in another order."""
    from poc_gate.app.explore.dialogue import Dialogue
    from poc_gate.cli.dialogue import hold

    now = dt.datetime.now(tz=dt.UTC)
    dialogue = Dialogue(
        folder,
        today=now.date().isoformat(),
        now=now.isoformat(timespec="seconds"),
        name=name,
        known=known,
        anew=force,
    )
    hold(dialogue)
    _say(f"{dialogue.target} is written; what is still open is there as comments.")
    _say(f"    -> judge it with `poc-gate assess {dialogue.target.parent}`, go on with `poc-gate ask`")


def _say(text: str) -> None:
    sys.stderr.write("".join(c if c in "\n\t" or c.isprintable() else "?" for c in text) + "\n")


COMMAND = Command(name="init", function=init, panel="Start here")
