"""One run of an evaluation -> cases, failures, repeats, slices, judge and data set, and what must not be concluded."""

from __future__ import annotations

from collections.abc import Iterable

from poc_gate.inputs.estimate.shares import share_interval
from poc_gate.inputs.observe.evaluations.evaluation_run import EvaluationRun, Trial
from poc_gate.inputs.observe.finds import Finds
from poc_gate.model.claim import Value
from poc_gate.model.observation import Origin

_FEWEST = 5
"""Cases of a slice below which its share says nothing by itself."""
_MOST_SLICES = 50


def conclude(run: EvaluationRun, finds: Finds) -> None:
    """Add to the finds what a run shows.

    A case is one question however often it was repeated; it failed when it failed, or broke off, in any repeat.
    """
    finds.origin = Origin(run.tool, run.version, run.ended, run.model or run.dataset)
    counted = _counted(run)
    if counted is None:
        finds.samples = 0
        finds.must_not("the file counts no case, so that it shows nothing about quality")
        return
    cases, failures, broken = counted
    finds.samples = cases
    finds.details |= {"cases": cases, "failures": failures, "broken_off": broken, "trials": len(run.trials)}
    _about(run, finds, cases)
    if run.attack:
        _attacks(run, finds, cases, failures, broken)
    else:
        _cases(run, finds, (cases, failures, broken))
    if broken == cases:
        return
    if run.trials:
        _marks(run.trials, finds)
    if run.attack:
        return
    if run.trials:
        _repeats(run.trials, finds, cases)
        _slices(run.trials, finds)
    elif run.repeats:
        finds.observe("evaluation.repeats", run.repeats, samples=cases, method="as the tool reports them")


def _counted(run: EvaluationRun) -> tuple[int, int, int] | None:
    if not run.trials:
        if not run.cases or run.failures is None:
            return None
        return run.cases, min(run.cases, run.failures + (run.broken or 0)), run.broken or 0
    outcomes: dict[str, list[bool | None]] = {}
    for trial in run.trials:
        outcomes.setdefault(trial.case, []).append(trial.passed)
    failed = sum(not all(one is True for one in found) for found in outcomes.values())
    broken = sum(all(one is None for one in found) for found in outcomes.values())
    return len(outcomes), failed, broken


def _about(run: EvaluationRun, finds: Finds, cases: int) -> None:
    told: dict[str, Value] = {
        "tested_model": run.model, "tested_prompt": run.prompt, "judge_model": run.judge_model, "dataset": run.dataset,
        "dataset_digest": run.dataset_digest, "dataset_on": run.dataset_day[:10], "tested_on": run.ended[:10],
        "judge": run.judge, "scores": run.scores,
    }  # fmt: skip
    finds.details["about"] = {name: value for name, value in told.items() if value}
    for name, value in told.items():
        if value and not run.attack:  # those facts are of the evaluation of quality, not of attacks beside it
            typed = name == "dataset_on" and run.dataset_day_typed
            reason = "the option of the import gives it, no file does" if typed else ""
            finds.observe(f"evaluation.{name}", value, samples=cases, reason=reason)
    for reason, many in run.kept_apart.items():
        if many:
            finds.must_not(f"{many:,} {reason}: they are neither among the passed nor among the failed cases")
    lacking = [one for one in finds.origin.lacking() if one != "the tool"]
    if lacking:
        finds.ask(
            f"the file does not give {', '.join(lacking)}, so it counts as imported, not as measured",
            "give it in the option of the import: `version=..., ended=2026-11-28, model=...`",
        )


def _cases(run: EvaluationRun, finds: Finds, counted: tuple[int, int, int]) -> None:
    cases, failures, broken = counted
    if broken == cases:
        finds.must_not(
            f"every one of the {cases:,} cases broke off: the run says nothing about quality, whatever its status",
            next_step="look at the errors, fix them, and run it again",
        )
        finds.observe(
            "evaluation.broken_off", broken, samples=cases, method="cases that broke off in every repeat"
        )
        return
    repeated = len(run.trials) > cases
    how = (
        "a case failed when any of its repeats failed or broke off"
        if repeated
        else "failed cases, those that broke off included"
    )
    low, high = share_interval(failures, cases)
    finds.observe(
        "evaluation.n", cases, samples=cases, method="cases, each counted once" if repeated else "cases"
    )
    finds.observe(
        "evaluation.failures", failures, samples=cases, low=low * cases, high=high * cases, interval="Wilson score",
        method=how,
    )  # fmt: skip
    finds.observe(
        "evaluation.broken_off", broken, samples=cases, method="cases without an answer that could be marked"
    )
    if broken:
        finds.must_not(
            f"{broken:,} of {cases:,} cases broke off; leaving them out would flatter the result: they count as failed"
        )
    if repeated:
        finds.must_not(
            f"{len(run.trials):,} trials are {cases:,} cases: repeats do not make the evaluation larger"
        )


def _attacks(run: EvaluationRun, finds: Finds, cases: int, failures: int, broken: int) -> None:
    """State attacks: a failed case is an attack that got through; one that broke off proves nothing."""
    finds.observe_share("evaluation.injection_success", failures, cases, method=f"{failures:,} of {cases:,} attacks were not fended off, those that broke off included")  # fmt: skip
    if run.attack in ("direct", "indirect"):
        finds.observe(f"evaluation.injection_{run.attack}_attempts", cases, samples=cases, method="attacks")
        finds.observe(
            f"evaluation.injection_{run.attack}_successes",
            failures,
            samples=cases,
            method="attacks that got through",
        )
    if broken:
        finds.must_not(
            f"{broken:,} of {cases:,} attacks broke off; nothing shows that they were fended off, so they count as having got through"
        )


def _repeats(trials: tuple[Trial, ...], finds: Finds, cases: int) -> None:
    numbers = sorted({trial.repeat for trial in trials})
    finds.observe("evaluation.repeats", len(numbers), samples=cases, method="repeats of each case")
    if len(numbers) < 2:
        return
    shares = [
        share for number in numbers if (share := _share(t for t in trials if t.repeat == number)) is not None
    ]
    if len(shares) > 1:
        finds.observe(
            "evaluation.spread", max(shares) - min(shares), samples=len(shares),
            method="best minus worst share passed of the repeats",
        )  # fmt: skip


def _share(trials: Iterable[Trial]) -> float | None:
    passed = [trial.passed is True for trial in trials]
    return sum(passed) / len(passed) if passed else None


def _slices(trials: tuple[Trial, ...], finds: Finds) -> None:
    """State the groups that cases name; a grouping with fewer than five cases a group on average is an id, no slice."""
    groups: dict[str, dict[str, list[Trial]]] = {}
    for trial in trials:
        for name, group in trial.slices.items():
            groups.setdefault(name, {}).setdefault(group, []).append(trial)
    cases = len({trial.case for trial in trials})
    known = {
        f"{name}={group}": found
        for name, several in list(groups.items())[:_MOST_SLICES]
        if 2 <= len(several) <= min(_MOST_SLICES, cases // _FEWEST)
        for group, found in several.items()
    }
    if len(known) < 2:
        return
    finds.observe(
        "evaluation.slices", tuple(sorted(known)), samples=len(trials), method="groups that the cases name"
    )
    table = {
        name: {"trials": len(found), "passed": sum(t.passed is True for t in found)}
        for name, found in sorted(known.items())
    }
    finds.details["slices"] = table
    small = [name for name, found in known.items() if len({t.case for t in found}) < _FEWEST]
    if small:
        finds.must_not(
            f"slices of fewer than {_FEWEST} cases say nothing by themselves: {', '.join(sorted(small)[:8])}"
        )
    whole = _share(trials) or 0.0
    shares = {
        name: share
        for name, found in known.items()
        if name not in small and (share := _share(found)) is not None
    }
    if shares:
        worst = min(shares, key=lambda name: shares[name])
        finds.observe(
            "evaluation.worst_slice_gap", max(0.0, whole - shares[worst]), samples=len(known[worst]),
            method=f"share passed over all minus that of {worst}",
        )  # fmt: skip


def _marks(trials: tuple[Trial, ...], finds: Finds) -> None:
    table: dict[str, dict[str, int]] = {}
    for trial in trials:
        for name, passed in trial.metrics.items():
            if len(table) < _MOST_SLICES or name in table:
                row = table.setdefault(name, {"passed": 0, "failed": 0, "not_marked": 0})
                row["not_marked" if passed is None else "passed" if passed else "failed"] += 1
    if table:
        finds.details["metrics"] = dict(sorted(table.items()))
    unmarked = {name: row["not_marked"] for name, row in table.items() if row["not_marked"]}
    if unmarked:
        listed = ", ".join(f"{name} {many:,}" for name, many in sorted(unmarked.items())[:8])
        finds.must_not(
            f"marks are missing where the judge broke off ({listed}); means over the others leave the hard cases out"
        )
