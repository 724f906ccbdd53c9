"""One gate run: assess, compare with a base where asked, render, and say which exit code it means."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.app.assess.assess import sum_up, with_commit
from poc_gate.app.assess.draining import with_draining
from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.reading.case import Case, CaseRequest, Progress, read_case
from poc_gate.app.gate.advisory import advisory_until, under_advice, with_notice
from poc_gate.app.gate.render import parse_outputs, render_outputs, shows_machines, shows_ways
from poc_gate.app.ground.files.own_output import check_output
from poc_gate.app.ground.files.write_file import refuse_inputs
from poc_gate.app.ground.stated_words import check_day, check_stage
from poc_gate.errors import ExitCode, UsageError, one_of
from poc_gate.model.rule import Severity
from poc_gate.model.verdict import Result, Word
from poc_gate.words.judged.findings import regression_line
from poc_gate.words.run_history import course_line

if TYPE_CHECKING:
    from poc_gate.app.gate.baseline import Base
    from poc_gate.judge.verdict.exit_code import GateOptions
    from poc_gate.model.finding import Finding
    from poc_gate.model.many.run_history import PilotCourse
    from poc_gate.report.interface import RenderOptions

_ACCEPT = {"": Word.GO, "go": Word.GO, "conditional": Word.CONDITIONAL}


class GateRequest(Struct, frozen=True):
    """What the caller wants of the gate beside the assessment."""

    formats: tuple[str, ...] = ()
    accept: str = ""
    fail_on: str = ""
    ratchet: bool = False
    baseline: str = ""
    base_ref: str = ""
    repository: str = ""
    """Folder of the code that the manifest speaks of; empty = it is not compared."""
    bundle: str = ""
    history: str = ""
    """Folder that the run is added to; empty = none."""
    sign: str = ""
    """File of the SSH key that signs the bundle; empty = it is not signed."""
    advisory_until: str = ""
    """ISO 8601 day from which the verdict decides the exit code; empty = what the manifest says."""


class GateRun(Struct, frozen=True):
    """What the gate answers."""

    code: ExitCode
    stdout: bytes
    notes: tuple[str, ...]
    """For stderr."""


def run_gate(
    case_request: CaseRequest, request: GateRequest, options: RenderOptions, progress: Progress
) -> GateRun:
    """Assess a pilot and answer as a gate does; raises what `read_case` raises and UsageError."""
    from poc_gate.app.assess.reading.misnamed_rules import misnamed
    from poc_gate.judge.verdict.exit_code import answer_gate

    outputs = parse_outputs(request.formats)
    bundles = _check_bundle(request, {os.path.realpath(output.path) for output in outputs if output.path})
    gate_options = _gate_options(case_request, request)
    case = with_draining(with_commit(read_case(case_request, progress)))
    refuse_inputs([*(output.path for output in outputs), *bundles], _read(case, case_request, request))
    progress("judging", 0.97)
    judged = judge_case(case)
    shown = bool(request.bundle) or shows_ways(outputs)
    result = sum_up(
        case, judged, way_out=None if shown else (), levers=shown,
        machines=bool(request.bundle) or shows_machines(outputs),
    )  # fmt: skip
    base = _base(case, case_request, request)
    until = advisory_until(case, request.advisory_until)
    regressions = _regressions(base, result) if base is not None else ()
    if request.repository:
        from poc_gate.app.gate.drift_findings import drift_findings

        progress("comparing with the repository", 0.98)
        regressions += drift_findings(Path(case.manifest), Path(request.repository), request.base_ref)
    if base is not None and not base.is_new:
        from poc_gate.app.gate.baseline import hold_scope

        result = hold_scope(base, result)
    answer = answer_gate(
        result.verdict,
        result.findings,
        options=gate_options,
        regressions=regressions if request.ratchet else (),
        selected=bool(case.only),
    )
    earlier = base.result if base is not None and not base.is_new else None
    answer, shielded = under_advice(answer, until, regressions, ratchet=request.ratchet)
    result = with_notice(result, case, until, shielded=shielded)
    course = _follow(request.history, result)
    stdout = render_outputs(result, outputs, replace(options, base_result=earlier, course=course))
    if request.bundle:
        from poc_gate.app.bundle.bundle import write_bundle

        write_bundle(Path(request.bundle), case_request, case, result, key=request.sign)
    notes = (
        *(f"{notice.place}: {notice.message}\n    -> {notice.next_step}" for notice in misnamed(case)),
        *(regression_line(finding) for finding in regressions),
    )
    if course is not None and course.since:
        notes = (course_line(course, result.verdict.word.value), *notes)
    if base is not None and base.is_new:
        notes = (_first_time(result, request.base_ref), *notes)
    gate_asked = request.accept or request.fail_on or request.ratchet or until
    return GateRun(answer.code, stdout, (*notes, *((f"gate: {answer.sentence}",) if gate_asked else ())))


def _follow(history: str, result: Result) -> PilotCourse | None:
    """Add the run to the history and return what the history adds to it; None where none is kept."""
    if not history:
        return None
    from poc_gate.app.history.pilot_course import keep_and_follow

    return keep_and_follow(Path(history), result)


def _check_bundle(request: GateRequest, reports: Collection[str]) -> list[str]:
    """Return the files that a bundle will be; raises UsageError where they can be seen not to come about."""
    if request.sign and not request.bundle:
        raise UsageError("--sign needs a bundle to sign", next_step="add --bundle FILE")
    if not request.bundle:
        return []
    targets = [Path(request.bundle)]
    if request.sign:
        from poc_gate.app.bundle.bundle import signature_of
        from poc_gate.app.bundle.signature import check_signing

        check_signing(request.sign)
        targets.append(signature_of(targets[0]))
    for target in targets:
        check_output(target)
        if os.path.realpath(target) in reports:
            what = f"{target} would be a report and a part of the bundle"
            raise UsageError(what, next_step="choose another file for one of them")
    return [str(target) for target in targets]


def _read(case: Case, asked: CaseRequest, request: GateRequest) -> list[str]:
    """Return the path of every file that a run rests on."""
    from poc_gate.app.gate.config import find_config

    packs = [Path(name.partition("@sha256:")[0]) for name in asked.packs]
    rules = [str(file) for pack in packs if pack.is_dir() for file in pack.iterdir()]
    return [
        *case.inputs,
        case.machine_source,
        request.baseline,
        request.sign,
        str(find_config(Path.cwd()) or ""),
        *rules,
    ]


def _gate_options(case: CaseRequest, request: GateRequest) -> GateOptions:
    """Check the words that were typed before anything is probed; raises UsageError."""
    from poc_gate.judge.verdict.exit_code import GateOptions

    if request.accept.lower() not in _ACCEPT:
        raise UsageError(
            f"--accept {request.accept!r} is not a verdict that can pass", next_step="write go or conditional"
        )
    severities = [severity.value for severity in Severity]
    if request.fail_on and request.fail_on not in severities:
        raise UsageError(
            f"--fail-on {request.fail_on!r} is not a severity", next_step=one_of(request.fail_on, severities)
        )
    check_stage(case.stage)
    check_day("--on", case.today)
    check_day("--advisory-until", request.advisory_until or case.today)
    if request.ratchet and not (request.baseline or request.base_ref):
        raise UsageError(
            "--ratchet needs a base", next_step="add --baseline result.json or --base-ref origin/main"
        )
    if request.history and case.only:
        step = "judge all rules for --history, or leave it out"
        raise UsageError("a selection of rules is not a run to compare others with", next_step=step)
    if request.baseline and request.base_ref:
        raise UsageError("two bases were given", next_step="keep --baseline or --base-ref")
    return GateOptions(
        _ACCEPT[request.accept.lower()], Severity(request.fail_on) if request.fail_on else None
    )


def _regressions(base: Base, result: Result) -> tuple[Finding, ...]:
    from poc_gate.app.gate.baseline import compare_with_base

    return compare_with_base(base, result)


def _first_time(result: Result, ref: str) -> str:
    """Return the line that says why nothing was compared, and what counts from now on."""
    from poc_gate.judge.verdict.score import is_scored, is_undecided, state_of
    from poc_gate.model.finding import State

    scored = [finding for finding in result.findings if is_scored(finding)]
    left = sum(state_of(finding) is State.FAIL or is_undecided(finding) for finding in scored)
    return (
        f"{result.manifest}: new since {ref}: there is nothing to compare with, the verdict alone decides; "
        f"{left} open finding{'' if left == 1 else 's'} will be the base of later changes"
    )


def _base(case: Case, case_request: CaseRequest, request: GateRequest) -> Base | None:
    """Return the base to compare with, where one was asked for."""
    if not request.baseline and not request.base_ref:
        return None
    from poc_gate.app.gate.baseline import judge_base, read_baseline

    if request.baseline:
        return read_baseline(Path(request.baseline))

    def judge(base: CaseRequest) -> Result:
        return sum_up(read := read_case(base), judge_case(read), way_out=(), levers=False)

    return judge_base(request.base_ref, case, case_request, judge)
