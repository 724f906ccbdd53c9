"""`poc-gate sources`: a manifest's sources -> a plan, a measurement, a text; calls the connect room, decides nothing."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.app.ground.declared_sources import declaration
from poc_gate.app.ground.files.own_output import check_output
from poc_gate.app.ground.files.read_inputs import find_manifest, read_file
from poc_gate.app.ground.files.write_file import refuse_inputs, write_or_say
from poc_gate.errors import ExitCode, UsageError
from poc_gate.model.claim import Claim

if TYPE_CHECKING:
    from poc_gate.inputs.connect.declared.declaration import Declaration
    from poc_gate.inputs.connect.declared.presets import Preset
    from poc_gate.inputs.connect.interface import Limits
    from poc_gate.inputs.connect.local_config import LocalConfig
    from poc_gate.inputs.connect.run.source_plan import SourcePlan

LOCAL_CONFIG = "poc-gate.sources.toml"
"""Named on the command line, or in the user's configuration folder; one of the judged repository binds nothing."""


class SourcesRequest(Struct, frozen=True):
    """What the user asks to be planned or measured."""

    path: Path
    preset: str = "quick"
    only: tuple[str, ...] = ()
    """Ids of sources; empty = all."""
    config: str = ""
    """Local configuration; empty = the user's own, and the budgets of one in the working folder."""
    allow_prod: bool = False
    seed: int = 0
    pattern: str = "poisson"
    rate: float | None = None
    steps: str = ""
    """Calls in flight of further loads, such as `1,2,4,8`; empty for none."""
    gap: str = ""
    """Time from one window of `soak` to the next, such as `10 min`; empty = the preset's own."""


def plan(request: SourcesRequest) -> str:
    """Return what measuring would do, as text; nothing is resolved and nothing is sent."""
    from poc_gate.inputs.connect.results.sources_text import plan_lines

    plans, _, _ = _plans(request)
    return "\n".join(plan_lines(plans))


class SourcesRun(Struct, frozen=True):
    """What measuring gave."""

    text: str
    code: ExitCode
    """NOT_MEASURED when a source named with `only`, or every source, could not be measured."""
    interrupted: bool = False
    """Whether Ctrl-C or another signal ended it; what was measured until then is in the text and in the file."""
    unwritten: UsageError | None = None
    """Why the file could not be written: what was measured is then in the text alone."""


def run(
    request: SourcesRequest,
    output: Path | None,
    *,
    progress: Callable[[str, float], None],
    announce: Callable[[str], None],
) -> SourcesRun:
    """Measure the sources and write the file where asked; `announce` is told when a next window begins.

    Raises UsageError, before anything is sent, for a file that can be seen not to be writable.
    """
    from poc_gate.inputs.connect.measure_sources import RunOptions, measure_sources
    from poc_gate.inputs.connect.results.sources_file import write_sources
    from poc_gate.inputs.connect.results.sources_text import sources_lines

    if output is not None:
        refuse_inputs([str(output)], [str(find_manifest(request.path)), request.config, LOCAL_CONFIG])
        check_output(output)
    plans, declared, config = _plans(request)
    now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    options = RunOptions(_preset(request), config, request.seed, request.pattern, now)
    found, interrupted = measure_sources(plans, declared, options, tell=progress, announce=announce)
    unwritten = write_or_say(output, write_sources(found)) if output is not None else None
    failed = [source.id for source in found.sources if source.state not in {"measured", "stopped"}]
    bad = bool(failed) and (bool(request.only) or len(failed) == len(found.sources))
    code = ExitCode.NOT_MEASURED if bad else ExitCode.GO
    return SourcesRun("\n".join(sources_lines(found)), code, interrupted, unwritten)


def _preset(request: SourcesRequest) -> Preset:
    from poc_gate.inputs.connect.declared.presets import find_preset
    from poc_gate.text.quantities.quantity_text import QuantityError, parse_quantity

    if not request.gap:
        return find_preset(request.preset)
    try:
        gap = parse_quantity(request.gap, "s").value
    except QuantityError as error:
        raise UsageError(f"--gap: {error}", next_step="write a time, such as --gap '10 min'") from None
    if gap <= 0:
        raise UsageError("--gap must be positive", next_step="write a time, such as --gap '10 min'")
    return find_preset(request.preset, gap=gap)


def show(path: Path) -> str:
    """Return a recorded file as text; raises InvalidInputError when it is none."""
    from poc_gate.inputs.connect.results.sources_file import read_sources_file
    from poc_gate.inputs.connect.results.sources_text import sources_lines

    return "\n".join(sources_lines(read_sources_file(read_file(path), path.as_posix())))


def list_connectors() -> str:
    """Return every connector with its systems, its options and its install line."""
    from poc_gate.inputs.connect.interface import connectors

    lines = []
    for one in connectors():
        lines += [f"{one.name:<10}{one.summary}", f"          systems: {', '.join(one.systems)}"]
        if one.extra:
            state = "installed" if not one.missing_modules() else f"missing: {one.install}"
            lines.append(f"          driver: {', '.join(one.modules)} ({state})")
        lines += [f"          probe.{option.name}: {option.meaning}" for option in one.options]
    return "\n".join(lines)


def _plans(request: SourcesRequest) -> tuple[list[SourcePlan], list[Declaration], LocalConfig]:
    from poc_gate.inputs.connect.run.plan_sources import plan_source

    preset, config, steps = _preset(request), _local_config(request), steps_of(request.steps)
    declared = _declarations(request)
    plans = [
        plan_source(one, config, preset, allow_prod=request.allow_prod, rate=request.rate, steps=steps)
        for one in declared
    ]
    return plans, declared, config


_MOST_STEPS, _MOST_IN_FLIGHT = 8, 256


def steps_of(text: str) -> tuple[int, ...]:
    """Return the loads of `--steps`, ascending; raises UsageError for anything but a few whole numbers."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not all(word.isascii() and word.isdecimal() and len(word) <= 3 for word in words):
        raise UsageError(
            f"--steps {text[:60]!r} is not a list of whole numbers", next_step="write --steps 1,2,4,8"
        )
    steps = tuple(sorted({int(word) for word in words}))
    if len(steps) > _MOST_STEPS or any(not 1 <= step <= _MOST_IN_FLIGHT for step in steps):
        what = f"--steps takes at most {_MOST_STEPS} loads of 1 to {_MOST_IN_FLIGHT} calls in flight"
        raise UsageError(what, next_step="write --steps 1,2,4,8; a load generator does more than that")
    return steps


def _local_config(request: SourcesRequest) -> LocalConfig:
    from poc_gate.inputs.connect.local_config import LocalConfig, of_a_stranger, read_local_config

    if request.config:
        path = Path(request.config)
        return read_local_config(read_file(path), path.as_posix())
    here, own = Path(LOCAL_CONFIG), user_folder() / LOCAL_CONFIG
    found = read_local_config(read_file(own), own.as_posix()) if own.is_file() else LocalConfig()
    if not here.is_file():
        return found
    read = read_local_config(read_file(here), here.as_posix())
    if not _is_judged(here, find_manifest(request.path)):
        return read
    strange = of_a_stranger(read, here.as_posix())
    return replace(
        found if own.is_file() else strange,
        limits=_lower(found.limits, strange.limits),
        withheld=strange.withheld,
    )


def user_folder() -> Path:
    """Return the folder of the user's own configuration."""
    stated = os.environ.get("XDG_CONFIG_HOME", "")
    base = Path(stated) if stated and Path(stated).is_absolute() else Path("~/.config").expanduser()
    return base / "poc-gate"


def _lower(own: Limits, strange: Limits) -> Limits:
    return type(own)(
        **{name: min(getattr(own, name), getattr(strange, name)) for name in own.__struct_fields__}
    )


def _is_judged(config: Path, manifest: Path) -> bool:
    """Whether a configuration belongs to what is measured: the same repository, or a folder above or below."""
    from poc_gate.app.ground.git.ask_git import repository_of

    here, there = config.resolve().parent, manifest.resolve().parent
    root = repository_of(there)
    if root is not None:
        return here.is_relative_to(root)
    return there.is_relative_to(here) or here.is_relative_to(there)


def _declarations(request: SourcesRequest) -> list[Declaration]:
    """Return what the manifest and the files it names say of each source that is asked for."""
    from poc_gate.app.ground.catalogue import full_catalogue
    from poc_gate.app.imports.import_files import import_files
    from poc_gate.facts.assemble_facts import assemble_facts
    from poc_gate.inputs.manifest.reading.read_manifest import read_manifest

    path = find_manifest(request.path)
    reading = read_manifest(read_file(path), path.as_posix())
    imports = tuple(one for one in reading.imports if one.prefix.startswith("sources["))
    imported: tuple[Claim, ...] = import_files(imports, (), path.parent).claims if imports else ()
    tree = assemble_facts(
        full_catalogue(),
        (*reading.claims, *imported),
        (),
        items=reading.items,
        item_places=reading.item_places,
        today=dt.datetime.now(tz=dt.UTC).date().isoformat(),
    )
    ids = reading.items.get("sources", ())
    unknown = [name for name in request.only if name not in ids]
    if unknown or not ids:
        what = f"the manifest lists no source {unknown[0]!r}" if unknown else "the manifest lists no sources"
        raise UsageError(what, next_step=f"it lists: {', '.join(ids)}" if ids else "add `sources:` to it")
    return [declaration(tree, one, path.parent) for one in ids if not request.only or one in request.only]
