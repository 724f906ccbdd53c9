"""The command line as a whole: finds the command modules, loads only the one named, maps errors to exit codes."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from poc_gate.base.plug_ins import plug_ins
from poc_gate.cli import commands
from poc_gate.cli.interface import Command
from poc_gate.cli.interrupts import heed_requests_to_stop, stopped_code
from poc_gate.cli.standard_streams import (
    escape_what_cannot_be_shown,
    open_closed_streams,
    reader_gone,
    write_to_nowhere,
)
from poc_gate.cli.surroundings import no_room, surroundings
from poc_gate.errors import ExitCode, InvalidInputError, PocGateError

_SUFFIX = "_command"
COMPLETE = "_POC_GATE_COMPLETE"
"""Set by the script that `poc-gate completion` prints, when the shell asks for completions."""
_INTERRUPTED = 128 + signal.SIGINT
_PANELS = ("Start here", "Assess and report", "Look further", "Rules and files", "Other")


@cache
def _modules() -> dict[str, str]:
    """Return command -> its module."""
    found = plug_ins(commands.__name__, commands.__path__, _SUFFIX)
    return {name.replace("_", "-"): module for name, module in found.items()}


def command_names() -> list[str]:
    """Return the names of all commands: every module `<name>_command.py` of this room is one."""
    return sorted(_modules())


def load_command(name: str) -> Command:
    """Import one command's module and return what it exposes."""
    module = importlib.import_module(_modules()[name])
    command: Command = module.COMMAND
    return command


class LazyGroup(TyperGroup):
    """The group of all commands; a command's module is imported when it is named."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands; `ctx` is not needed."""
        del ctx
        return command_names()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of that name, or None so that the nearest name is suggested."""
        del ctx
        if cmd_name not in command_names():
            return None
        return _build(load_command(cmd_name))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the first argument names; a name that is none gets the nearest one named."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in command_names() and not ctx.resilient_parsing:
            import difflib

            from poc_gate.errors import UsageError

            near = difflib.get_close_matches(name, command_names(), n=1, cutoff=0.6)
            hint = f"did you mean {near[0]}? " if near else ""
            if os.path.exists(name):  # noqa: PTH110 - a name that no system takes does not exist
                hint = f"did you mean poc-gate assess {name}? "
            raise UsageError(f"unknown command {name!r}", next_step=f"{hint}`poc-gate --help` lists them")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands under their headings, by their modules' own summaries."""
        del ctx
        commands = [load_command(name) for name in command_names()]
        for panel in _PANELS:
            rows = [(command.name, command.help) for command in commands if command.panel == panel]
            if rows:
                with formatter.section(panel):
                    formatter.write_dl(rows)


def _build(command: Command) -> Any:
    if command.group is not None:
        built: Any = typer.main.get_command(command.group)
        for single_one in built.commands.values():  # a list of commands is for reading, not cut at a width
            single_one.short_help = " ".join((single_one.help or "").partition("\n\n")[0].split())
    else:
        assert command.function is not None
        single = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
        single.command(command.name)(command.function)
        built = typer.main.get_command(single)
    built.name = command.name
    _keep_examples_whole(built)
    _leave_reading_to_readers(built)
    if os.environ.get(COMPLETE):
        from poc_gate.cli.completions import complete_names

        complete_names(built)
    return built


def _keep_examples_whole(command: Any) -> None:
    """Let `--help` print indented paragraphs, the examples, line by line as they are, so that they can be copied."""
    for one in (command, *getattr(command, "commands", {}).values()):
        parts = (one.help or "").split("\n\n")
        one.help = "\n\n".join(f"\b\n{part}" if part.startswith("    ") else part for part in parts)


def _leave_reading_to_readers(command: Any) -> None:
    """Let a file that may not be read reach what reads it, which says so with the file and what to do."""
    for one in (command, *getattr(command, "commands", {}).values()):
        for parameter in one.params:
            if getattr(parameter.type, "readable", False):
                parameter.type.readable = False


_app = typer.Typer(
    cls=LazyGroup,
    name="poc-gate",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)


@_app.callback()
def poc_gate(
    ctx: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Decide, from measured data, whether an AI pilot is ready for production.

    Start with `poc-gate init`, then `poc-gate assess`. Exit codes: 0 GO, 10 CONDITIONAL,
    11 INSUFFICIENT EVIDENCE, 12 NO-GO, 13 regression against the base, 1 an internal error, 2 usage,
    3 an input file is invalid, 4 a measurement could not be made.
    """
    ctx.obj = {"debug": debug}
    if version:
        from poc_gate.version import __version__

        typer.echo(f"poc-gate {__version__}")
        raise typer.Exit


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; every error ends here, in words."""
    try:
        code = _run(arguments)
    except SystemExit as end:  # what typer makes of a reader that went away
        if not isinstance(end.__context__, BrokenPipeError):
            raise
        return reader_gone()
    except BrokenPipeError:  # while an error was being told
        return reader_gone()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return reader_gone()
    except OSError as error:
        _say(f"poc-gate: {no_room(error)}")
        code = int(ExitCode.USAGE)
        write_to_nowhere(sys.stdout)
    return code


def _run(arguments: Sequence[str]) -> int:
    debug = "--debug" in arguments
    heed_requests_to_stop()
    open_closed_streams()
    escape_what_cannot_be_shown()
    if os.environ.get(COMPLETE):
        from typer._completion_classes import completion_init

        completion_init()
    try:
        outcome = typer.main.get_command(_app)(
            args=list(arguments),
            prog_name="poc-gate",
            standalone_mode=False,
            default_map=_configured(arguments),
        )
    except PocGateError as error:
        _show_traceback(debug=debug)
        told = error.lines if isinstance(error, InvalidInputError) else (str(error),)
        _say("\n".join(f"poc-gate: {line}" for line in told))
        return int(error.exit_code)
    except (KeyboardInterrupt, typer.Abort) as stop:
        # typer takes the end of any file for a user who left
        return (
            _unexpected(stop.__cause__, debug=debug) if isinstance(stop.__cause__, EOFError) else _stopped()
        )
    except typer.Exit as stop:
        return int(stop.exit_code)
    except Exception as error:  # noqa: BLE001 - the one place where every error ends in words
        return _unexpected(error, debug=debug)
    if outcome == _INTERRUPTED:  # typer turns the interrupt into its exit code
        return _stopped()
    return outcome if isinstance(outcome, int) else int(ExitCode.GO)


def _stopped() -> int:
    _say("poc-gate: stopped; nothing was left half-written")
    return stopped_code()


def _configured(arguments: Sequence[str]) -> dict[str, dict[str, object]]:
    """Return the defaults that the nearest configuration file sets for the command; flags win over them."""
    if not {"assess", "report", "diff", "portfolio"} & set(arguments) or "--help" in arguments:
        return {}
    from pathlib import Path

    from poc_gate.app.gate.config import find_config, option_defaults, read_config

    config = read_config(find_config(Path.cwd()))
    if config.path is None:
        return {}
    from poc_gate.app.gate.trusted_config import trusted_config

    trusted = trusted_config(config, arguments)
    for note in trusted.notes:
        _say(note)
    return option_defaults(trusted.config, arguments)


def _unexpected(error: Exception, *, debug: bool) -> int:
    """Tell a wrong command line from a bug of ours."""
    show = getattr(error, "show", None)
    if show is not None and hasattr(error, "exit_code"):
        from poc_gate.cli.wrong_words import wrong_word

        said = wrong_word(error)
        if said:
            _say(said)
        else:
            show(file=sys.stderr)
        return int(ExitCode.USAGE)
    _show_traceback(debug=debug)
    words = surroundings(error)
    if words:
        _say(f"poc-gate: {words}")
        return int(ExitCode.USAGE)
    _say(
        f"poc-gate: internal error (a bug in poc-gate): {type(error).__name__}: {error}\n"
        "    -> run the same command with `poc-gate --debug ...` and report what it prints"
    )
    return int(ExitCode.INTERNAL)


def _show_traceback(*, debug: bool) -> None:
    """Write where the error at hand arose, for those who asked; words and exit code stay what they are without."""
    if debug:
        import traceback

        _say(traceback.format_exc().rstrip())


def _say(text: str) -> None:
    """Write to stderr with control characters made visible, so that no input can drive the terminal."""
    safe = "".join(c if c in "\n\t" or c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    try:
        sys.stderr.write(safe + "\n")
        sys.stderr.flush()
    except BrokenPipeError:
        raise
    except OSError:  # full, or a terminal that was closed: the exit code still tells
        write_to_nowhere(sys.__stderr__)
