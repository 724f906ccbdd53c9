"""`poc-gate sources`: plan, run and show measurements of live data sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from poc_gate.cli.interface import Command

if TYPE_CHECKING:
    from poc_gate.inputs.connect.live.live_read import LivePlan

_app = typer.Typer(
    name="sources",
    help="Measure the live data sources: latency, throughput, freshness; reads only.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)

_Path = Annotated[Path, typer.Argument(help="Folder with pilot.yaml, or the file itself.")]
_Preset = Annotated[str, typer.Option(help="quick (p50, p95), standard (p99) or soak (four windows).")]
_Only = Annotated[
    list[str] | None, typer.Option("--only", help="Only this source; repeatable.", metavar="ID")
]
_Config = Annotated[
    str,
    typer.Option(
        "--sources-config",
        "--config",
        help="Local configuration; default: poc-gate.sources.toml in ~/.config/poc-gate.",
        metavar="FILE",
    ),
]
_AllowProd = Annotated[bool, typer.Option("--allow-prod", help="Allow production addresses.")]
_Gap = Annotated[
    str,
    typer.Option(
        help="Time between the windows of soak, such as '10 min'; default: an hour.", metavar="TIME"
    ),
]
_Steps = Annotated[
    str,
    typer.Option(
        help="Also measure these numbers of calls in flight: shows how throughput and time per token grow.",
        metavar="1,2,4,8",
    ),
]
_Rate = Annotated[
    float | None, typer.Option(help="Calls per second; can only lower the rate of the budget.", min=0.01)
]


@_app.command()
def plan(  # noqa: PLR0913 - the options are the parameters
    path: _Path = Path(),
    *,
    preset: _Preset = "quick",
    only: _Only = None,
    config: _Config = "",
    allow_prod: _AllowProd = False,
    rate: _Rate = None,
    gap: _Gap = "",
    steps: _Steps = "",
) -> None:
    """Show what would be sent to each source, with its limits and safeguards; sends nothing."""
    from poc_gate.app.measure.measure_sources import SourcesRequest
    from poc_gate.app.measure.measure_sources import plan as plan_sources

    request = SourcesRequest(
        path, preset, tuple(only or ()), config, allow_prod, rate=rate, gap=gap, steps=steps
    )
    typer.echo(plan_sources(request))


@_app.command()
def run(  # noqa: PLR0913 - the options are the parameters
    path: _Path = Path(),
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write sources.json here.", metavar="FILE")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; without this option only the plan is shown.")
    ] = False,
    preset: _Preset = "quick",
    only: _Only = None,
    config: _Config = "",
    allow_prod: _AllowProd = False,
    rate: _Rate = None,
    gap: _Gap = "",
    steps: _Steps = "",
    seed: Annotated[int, typer.Option(help="Random seed of the planned arrivals.")] = 0,
    pattern: Annotated[str, typer.Option(help="Arrivals: poisson or constant.")] = "poisson",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Measure the sources and print what was found; `-o` keeps it for `assess --sources`."""
    from poc_gate.app.measure.measure_sources import SourcesRequest
    from poc_gate.app.measure.measure_sources import plan as plan_sources
    from poc_gate.app.measure.measure_sources import run as run_sources
    from poc_gate.cli.progress import progress, say
    from poc_gate.errors import UsageError

    if pattern not in {"poisson", "constant"}:
        raise UsageError(f"no arrival pattern {pattern!r}", next_step="choose poisson or constant")
    request = SourcesRequest(
        path, preset, tuple(only or ()), config, allow_prod, seed, pattern, rate, steps, gap
    )
    if not yes:
        typer.echo(plan_sources(request))
        typer.echo("poc-gate: nothing was sent; add --yes to do it", err=True)
        raise typer.Exit(code=4)
    with progress(quiet=quiet) as tell:
        done = run_sources(request, output, progress=tell, announce=say)
    typer.echo(done.text)
    if done.unwritten is not None:
        raise done.unwritten
    if done.interrupted:
        kept = f"in {output}, marked as such" if output else "above; with -o it would be in a file"
        typer.echo(f"poc-gate: interrupted; what was measured until then is {kept}", err=True)
        raise KeyboardInterrupt
    raise typer.Exit(code=int(done.code))


@_app.command()
def show(path: Annotated[Path, typer.Argument(help="File that `sources run -o` wrote.")]) -> None:
    """Show what was measured: percentiles with intervals, promises, and a picture of the distribution."""
    from poc_gate.app.measure.measure_sources import show as show_sources

    typer.echo(show_sources(path))


@_app.command(name="list")
def list_connectors() -> None:
    """List the connectors with their systems, probe options and drivers."""
    from poc_gate.app.measure.measure_sources import list_connectors as lines

    typer.echo(lines())


_Into = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write the file for `imports:` here.", metavar="FILE")
]
_Yes = Annotated[bool, typer.Option("--yes", help="Do it; without this option only the plan is shown.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")]


@_app.command()
def metrics(  # noqa: PLR0913 - the options are the parameters
    url: Annotated[
        str, typer.Argument(help="Address of Prometheus, or of a server with the same API.", metavar="URL")
    ],
    *,
    output: _Into = None,
    yes: _Yes = False,
    over: Annotated[str, typer.Option(help="How far back to read, up to now.", metavar="TIME")] = "24 h",
    step: Annotated[
        str, typer.Option(help="Time between two points; default: a minute or longer.", metavar="TIME")
    ] = "",
    match: Annotated[
        str, typer.Option(help='Labels of the pilot: \'namespace="claims",job="vllm"\'.', metavar="LABELS")
    ] = "",
    credential: Annotated[
        str,
        typer.Option(help="Reference such as env:NAME, bound in your configuration.", metavar="REFERENCE"),
    ] = "",
    config: _Config = "",
    allow_prod: _AllowProd = False,
    quiet: _Quiet = False,
) -> None:
    """Read the metrics of the pilot's servers from Prometheus into a file: load, queues, cache, times, accelerators."""
    from poc_gate.app.measure.live_read import MetricsQuestion, metrics_plan, read_metrics

    question = MetricsQuestion(url, over, step, match, credential, config, allow_prod)
    target = _after_plan(metrics_plan(question), output, yes=yes)
    from poc_gate.cli.progress import progress

    with progress(quiet=quiet) as tell:
        done = read_metrics(question, target, tell)
    typer.echo(done)


@_app.command()
def cluster(  # noqa: PLR0913 - the options are the parameters
    *,
    output: _Into = None,
    yes: _Yes = False,
    context: Annotated[
        str, typer.Option(help="Context in your kubeconfig; default: the current one.", metavar="NAME")
    ] = "",
    namespace: Annotated[
        str, typer.Option("--namespace", "-n", help="Where the pilot runs.", metavar="NAME")
    ] = "",
    kubeconfig: Annotated[
        str, typer.Option(help="Kubeconfig file; default: your usual one.", metavar="FILE")
    ] = "",
    allow_prod: _AllowProd = False,
    quiet: _Quiet = False,
) -> None:
    """Read the pilot's workloads through your own kubeconfig into a file: replicas, restarts, limits, nodes."""
    from poc_gate.app.measure.live_read import ClusterQuestion, cluster_plan, read_cluster

    question = ClusterQuestion(context, namespace, kubeconfig, allow_prod)
    target = _after_plan(cluster_plan(question), output, yes=yes)
    from poc_gate.cli.progress import progress

    with progress(quiet=quiet) as tell:
        done = read_cluster(question, target, tell)
    typer.echo(done)


def _after_plan(found: LivePlan, output: Path | None, *, yes: bool) -> Path:
    """Show the plan and stop, unless it is to be carried out and can be; return the file to write."""
    from poc_gate.errors import UsageError

    if not yes:
        typer.echo("\n".join([*found.lines, *(f"refused  {reason}" for reason in found.refused)]))
        typer.echo("poc-gate: nothing was sent; add --yes and -o FILE to do it", err=True)
        raise typer.Exit(code=4)
    if found.refused:
        raise UsageError("; ".join(found.refused), next_step="see the plan without --yes")
    if output is None:
        raise UsageError("no file is named for what is read", next_step="add -o FILE")
    return output


COMMAND = Command(
    name="sources",
    group=_app,
    summary="Measure the live data sources: latency, throughput, freshness; reads only.",
    panel="Look further",
)
