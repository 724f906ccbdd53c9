"""`poc-gate rules`: list, test, check, scaffold and document rule packs."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command
from poc_gate.words.grammar import count_of

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
    typer.Option("--pack", help="Additional rule pack, a folder or a name; repeatable.", metavar="PACK"),
]


@_rules.command("test")
def run_examples(
    target: Annotated[str, typer.Argument(help="Pack, its folder, or a folder of packs; default: all.")] = "",
    *,
    pack: Packs = None,
    junit: Annotated[Path | None, typer.Option(help="Write the outcomes as JUnit XML as well.")] = None,
) -> None:
    """Run the examples of the rules; exits 12 if one does not come out as written."""
    from poc_gate.app.packs.try_examples import outcomes_as_junit, try_examples
    from poc_gate.errors import ExitCode

    outcomes = try_examples(target, pack or ())
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        typer.echo(
            f"{outcome.place}: {outcome.rule} example {outcome.number} came out as {outcome.got}, "
            f"not {outcome.wanted}\n    {outcome.message}"
        )
    if junit is not None:
        from poc_gate.app.ground.files.own_output import check_output
        from poc_gate.app.ground.files.write_file import write_file

        check_output(junit)
        write_file(junit, outcomes_as_junit(outcomes))
    rules = count_of(len({outcome.rule for outcome in outcomes}), "rule")
    if failed:
        typer.echo(f"{len(failed)} of {count_of(len(outcomes), 'example')} failed ({rules}).")
    else:
        typer.echo(f"All {count_of(len(outcomes), 'example')} passed ({rules}).")
    if failed:
        raise typer.Exit(code=int(ExitCode.NO_GO))


@_rules.command("list")
def show(
    *,
    pack: Packs = None,
    only_pack: Annotated[str, typer.Option(help="Only rules of this pack.")] = "",
    dimension: Annotated[str, typer.Option(help="Only rules of this dimension.")] = "",
    severity: Annotated[str, typer.Option(help="Only rules of this severity at production.")] = "",
    framework: Annotated[str, typer.Option(help="Only rules that cite this framework.")] = "",
) -> None:
    """List the rules: id, severity at production, evidence needed, pack, and what each one asserts."""
    from poc_gate.app.packs.list_rules import RuleFilter, list_rules
    from poc_gate.model.rule import Stage

    rules = list_rules(RuleFilter(only_pack, dimension, severity, framework), pack or ())
    for rule in rules:
        line = f"{rule.id:<32} {rule.severity[Stage.PRODUCTION]:<8} {rule.requires:<9} {rule.pack:<22}"
        if not sys.stdout.isatty():  # one line per rule, for grep and cut
            typer.echo(f"{line} {rule.what}")
            continue
        width = shutil.get_terminal_size().columns
        what = textwrap.wrap(rule.what, width - 1, initial_indent="    ", subsequent_indent="    ")
        typer.echo("\n".join([line.rstrip()[: width - 1], *what]))
    typer.echo(f"{len(rules)} rules", err=True)


@_rules.command("lint")
def lint(
    target: Annotated[str, typer.Argument(help="Pack, its folder, or a folder of packs; default: all.")] = "",
    *,
    pack: Packs = None,
) -> None:
    """Check that the packs load, and give advice on rules that are hard to use or easy to evade."""
    from poc_gate.app.packs.lint_packs import lint_packs

    advice = lint_packs(target, pack or ())
    for found in advice:
        typer.echo(f"{found.place}: {found.rule}: {found.text}")
    typer.echo(f"The packs load; {len(advice)} {'piece' if len(advice) == 1 else 'pieces'} of advice.")


@_rules.command("new")
def new(
    rule: Annotated[str, typer.Argument(help="Id of the rule, such as X01-short-name.")],
    folder: Annotated[Path, typer.Argument(help="Folder of the pack; created if it does not exist.")],
    *,
    dimension: Annotated[
        str, typer.Option(help="Dimension that the rule counts towards.")
    ] = "access-latency",
    per_source: Annotated[bool, typer.Option("--per-source", help="Judge every source separately.")] = False,
    by_file: Annotated[
        bool, typer.Option("--evidence", help="Decide the rule from an evidence file supplied by the team.")
    ] = False,
) -> None:
    """Create a working rule to use as a starting point."""
    from poc_gate.app.packs.scaffold_rule import scaffold_rule

    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    for path in scaffold_rule(
        rule, folder, dimension=dimension, today=today, per_source=per_source, by_file=by_file
    ):
        typer.echo(f"wrote {path}")
    typer.echo(f"next: edit it, then `poc-gate rules test {folder}`")


@_rules.command("docs")
def docs(
    folder: Annotated[Path, typer.Argument(help="Folder of the pages.")] = Path("docs/rules"),
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 12 if a page is out of date.")
    ] = False,
    pack: Packs = None,
) -> None:
    """Write the pages of all rules as Markdown, or check that they are up to date."""
    from poc_gate.app.packs.rule_pages import stale_pages, write_pages
    from poc_gate.errors import ExitCode

    if not check:
        typer.echo(f"wrote {len(write_pages(folder, pack or ()))} pages to {folder}")
        return
    stale = stale_pages(folder, pack or ())
    for name in stale:
        typer.echo(f"{folder / name}: differs from the rules; run `poc-gate rules docs`")
    if stale:
        raise typer.Exit(code=int(ExitCode.NO_GO))


@_rules.command("coverage")
def coverage(
    *,
    framework: Annotated[
        str, typer.Option(help="Framework, such as nist-ai-rmf; default: list the frameworks.")
    ] = "",
    pack: Packs = None,
) -> None:
    """List the clauses of a framework and the rules that cite them; this does not claim conformity."""
    from poc_gate.app.explore.explain_rule import who_is_bound
    from poc_gate.app.packs.list_rules import cover_framework, framework_names
    from poc_gate.errors import UsageError, one_of

    names = framework_names(pack or ())
    if framework not in names:
        if framework:
            raise UsageError(f"no rule refers to {framework!r}", next_step=one_of(framework, names))
        typer.echo("\n".join(names))
        return
    rows = cover_framework(framework, pack or ())
    edition = ""
    for row in rows:
        if row.edition != edition:
            edition = row.edition
            typer.echo(f"{framework} {edition}")
        checked = f"checked {row.verified_on}" if row.verified_on else "not read in the text itself"
        whom = who_is_bound(row.role, row.applies_from)
        typer.echo(f"  {row.clause} ({checked}{whom})\n      {', '.join(row.rules)}")
    typer.echo(
        f"{len(rows)} clauses are touched by rules. This is not a claim of conformity: a clause asks for more "
        "than its rules check."
    )
