"""`poc-gate config`: show the configuration in force and where each value comes from."""

from __future__ import annotations

from pathlib import Path

import typer

from poc_gate.cli.interface import Command

_group = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@_group.callback()
def config() -> None:
    """Show the configuration: `poc-gate.toml`, or `[tool.poc-gate]` in pyproject.toml."""


@_group.command("show")
def show() -> None:
    """List every option that can be configured, its value, and the file and line it comes from.

    Options on the command line override the file, and the file overrides the defaults. The nearest
    `poc-gate.toml` or pyproject.toml with the table is read, from here up to the repository's root.
    """
    import json

    from poc_gate.app.gate.config import all_settings, find_config, read_config

    found = read_config(find_config(Path.cwd()))
    typer.echo(f"configuration: {found.path or 'none found; all options have their defaults'}")
    command = ""
    for setting in all_settings(found):
        if setting.command != command:
            command = setting.command
            typer.echo(f"\n[{command}]")
        value = "-" if setting.value is None else json.dumps(setting.value)
        typer.echo(f"{setting.key:10} = {value:32} # {setting.source}")


COMMAND = Command(
    name="config", group=_group, summary="Show the configuration and where each value comes from."
)
