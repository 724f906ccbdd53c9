"""`poc-gate rules`: list, test, check, scaffold and document rule packs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command

_rules = typer.Typer(
    name="rules",
    help="List, test, check, write and document rule packs.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
COMMAND = Command(
    name="rules",
    group=_rules,
    summary="List, test, check, write and document rule packs.",
    panel="Rules and files",
)
Packs = Annotated[
    list[str] | None,
    typer.Option("--pack", help="Further pack: a folder, or the name of an installed one; repeatable."),
]


@_rules.command("test")
def run_examples(
    target: Annotated[str, typer.Argument(help="Pack, its folder, or a folder of packs; empty = all.")] = "",
    *,
    pack: Packs = None,
    junit: Annotated[Path | None, typer.Option(help="Write the outcomes as JUnit XML as well.")] = None,
) -> None:
    """Run the worked examples of rules; exits 12 when one comes out differently."""
    from poc_gate.errors import ExitCode
    from poc_gate.pipeline.try_examples import outcomes_as_junit, try_examples

    outcomes = try_examples(target, pack or ())
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        typer.echo(
            f"{outcome.place}: {outcome.rule} example {outcome.number} came out as {outcome.got}, "
            f"not {outcome.wanted}\n    {outcome.message}"
        )
    if junit is not None:
        junit.write_bytes(outcomes_as_junit(outcomes))
    rules = len({outcome.rule for outcome in outcomes})
    typer.echo(
        f"{len(outcomes) - len(failed)} of {len(outcomes)} examples of {rules} rules came out as written."
    )
    if failed:
        raise typer.Exit(code=int(ExitCode.NO_GO))


@_rules.command("list")
def show(
    *,
    pack: Packs = None,
    only_pack: Annotated[str, typer.Option(help="Only rules of this pack.")] = "",
    dimension: Annotated[str, typer.Option(help="Only rules of this dimension.")] = "",
    severity: Annotated[str, typer.Option(help="Only rules of this severity at production.")] = "",
    framework: Annotated[str, typer.Option(help="Only rules that refer to this framework.")] = "",
) -> None:
    """List rules: id, severity at production, evidence class, pack, what it asserts."""
    from poc_gate.model.rule import Stage
    from poc_gate.pipeline.list_rules import RuleFilter, list_rules

    rules = list_rules(RuleFilter(only_pack, dimension, severity, framework), pack or ())
    for rule in rules:
        severity_now = rule.severity[Stage.PRODUCTION]
        typer.echo(f"{rule.id:<32} {severity_now:<8} {rule.requires:<9} {rule.pack:<22} {rule.what}")
    typer.echo(f"{len(rules)} rules", err=True)
