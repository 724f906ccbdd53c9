"""Plans -> `sources.json`: each ready source in turn, everything scrubbed before it leaves this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from poc_gate.inputs.connect.credentials import resolve_credential
from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.declared.presets import Preset
from poc_gate.inputs.connect.interface import RefusedError, Target
from poc_gate.inputs.connect.load.open_loop import INTERRUPTED
from poc_gate.inputs.connect.load.take_turns import Turns, take_turns
from poc_gate.inputs.connect.local_config import LocalConfig
from poc_gate.inputs.connect.results.promises import hold_promises
from poc_gate.inputs.connect.results.source_measurements import (
    absent_measurements,
    latency_curve,
    measurements_of,
)
from poc_gate.inputs.connect.results.source_notes import source_notes
from poc_gate.inputs.connect.results.sources_file import SourceReport, SourcesFile
from poc_gate.inputs.connect.run.run_source import Observed, Pace, Tell, run_source
from poc_gate.inputs.connect.run.source_plan import READY, SourcePlan
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.text.secrets.scrub import Scrubber
from poc_gate.version import __version__


class RunOptions(Struct, frozen=True):
    """How a run is done."""

    preset: Preset
    config: LocalConfig
    seed: int = 0
    pattern: str = "poisson"
    now: str = ""
    """ISO 8601 UTC."""


def measure_sources(
    plans: Sequence[SourcePlan],
    declared: Sequence[Declaration],
    options: RunOptions,
    *,
    tell: Tell,
    announce: Callable[[str], None] = lambda _text: None,
) -> tuple[SourcesFile, bool]:
    """Return what every source showed, and whether Ctrl-C or another signal ended it early.

    A source that is not ready, or fails, is in the file with its reason, and so is one that was interrupted
    or whose turn never came. `announce` is told when the next window begins.
    """
    scrubber = Scrubber()
    jobs = []
    for number, (plan, declaration) in enumerate(zip(plans, declared, strict=True)):

        def show(what: str, share: float, number: int = number) -> None:
            tell(what, (number + share) / len(plans))

        jobs.append(_measure(plan, declaration, options, scrubber, show))
    done = take_turns(
        jobs,
        unbegun=lambda number: (_not_begun(plans[number], declared[number]), True),
        is_interrupted=lambda found: found[1],
        announce=announce,
    )
    found = SourcesFile(
        options.now,
        __version__,
        options.preset.name,
        options.preset.claim,
        options.seed,
        options.pattern,
        tuple(report for report, _ in done),
    )
    return _scrubbed(found, scrubber), any(interrupted for _, interrupted in done)


def _blank(plan: SourcePlan, declared: Declaration) -> SourceReport:
    return SourceReport(
        id=plan.id,
        state=plan.state,
        reason="; ".join(plan.reasons),
        connector=plan.connector.name if plan.connector else "",
        system=declared.system,
        host=plan.host_digest,
        environment=plan.environment,
        call=plan.intent.call if plan.intent else "",
    )


def _not_begun(plan: SourcePlan, declared: Declaration) -> SourceReport:
    report = _blank(plan, declared)
    if plan.state == READY:
        report = replace(report, state="not-measured", reason=f"{INTERRUPTED} before its turn")
    return replace(report, measurements=absent_measurements(plan, report.reason))


def _measure(
    plan: SourcePlan, declared: Declaration, options: RunOptions, scrubber: Scrubber, tell: Tell
) -> Turns[tuple[SourceReport, bool]]:
    report = _blank(plan, declared)
    if plan.state != READY:
        return replace(report, measurements=absent_measurements(plan, report.reason)), False
    try:
        target = _with_secret(plan, options.config, scrubber)
    except RefusedError as error:
        why = scrubber.message(str(error))
        refused = replace(report, state="refused", reason=why)
        return replace(refused, measurements=absent_measurements(plan, why)), False
    pace = Pace(options.preset, options.seed, options.pattern)
    observed = yield from run_source(plan, pace, target=target, scrubber=scrubber, tell=tell)
    return _reported(report, plan, declared, options, observed), observed.interrupted


def _with_secret(plan: SourcePlan, config: LocalConfig, scrubber: Scrubber) -> Target:
    """Return the target with its credential; every host that is dialled must be bound to it."""
    target = plan.target
    for host, port in plan.hosts if plan.credential else ():
        secret = resolve_credential(plan.credential, host, port, config, scrubber)
        target = replace(target, secret=secret)
    if target.secret is not None and plan.connector is not None:
        refused = plan.connector.check(target)
        if refused:
            raise RefusedError("; ".join(refused))
    return target


def _reported(
    report: SourceReport, plan: SourcePlan, declared: Declaration, options: RunOptions, observed: Observed
) -> SourceReport:
    latency = observed.latency
    state = "not-measured" if observed.failure else "stopped" if latency and latency.stopped else "measured"
    return replace(
        report,
        state=state,
        reason=observed.failure or (latency.stopped if latency else observed.reasons.get("latency", "")),
        measurements=measurements_of(plan, options.preset, observed),
        promises=hold_promises(declared, observed, report.call),
        curve=latency_curve(latency) if latency else None,
        sent=_sent(plan, observed),
        server=dict(observed.server.notes),
        model=plan.target.option("model"),
        steps=observed.steps,
        notes=(*source_notes(observed), *observed.messages),
    )


def _sent(plan: SourcePlan, observed: Observed) -> dict[str, str]:
    latency = observed.latency
    if latency is None:
        return {"connections opened one after the other": str(len(observed.connects))}
    bulk = sum(read.bytes for read in (observed.bulk, observed.parallel) if read is not None)
    return {
        "calls": str(len(latency.samples) + len(latency.cold)),
        "calls asked for": str((plan.calls + plan.cold) * plan.windows),
        "rate": f"{latency.rate:.3f} /s",
        "rate asked for": f"{plan.target.limits.rate:g} /s",
        "connections": str(plan.target.limits.connections),
        "bytes read": str(latency.bytes + bulk),
        "timeout": show_quantity(Quantity(plan.target.limits.timeout, "s")),
        "client's processor share": f"{latency.processor_share:.4f} of a core",
        **{f"errors: {kind}": str(count) for kind, count in latency.errors.items()},
    }


_OURS = frozenset(
    [
        "id",
        "state",
        "connector",
        "system",
        "host",
        "environment",
        "fact",
        "name",
        "answer",
        "unit",
        "x_unit",
        "y_unit",
        "grade",
        "interval",
    ]
)
"""Fields whose words are the manifest's own or poc-gate's: a password that is one of them stays unknown, and the file readable."""


def _scrubbed(file: SourcesFile, scrubber: Scrubber) -> SourcesFile:
    """Return the file with every text in it scrubbed once more, whatever it came from."""

    def clean(value: Any) -> Any:
        if type(value) is str:  # not a word of an enumeration
            return scrubber.known(value)
        if isinstance(value, tuple | list):
            return type(value)(clean(item) for item in value)
        if isinstance(value, dict):
            return {scrubber.known(key): clean(item) for key, item in value.items()}
        if isinstance(value, Struct):
            names = [name for name in value.__struct_fields__ if name not in _OURS]
            return replace(value, **{name: clean(getattr(value, name)) for name in names})
        return value

    cleaned = replace(file, sources=clean(file.sources))
    return msgspec.convert(msgspec.to_builtins(cleaned), SourcesFile)  # numbers as they are read back
