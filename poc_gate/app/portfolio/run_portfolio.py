"""Pilots -> records, one file each, and `portfolio.json` beside them; what did not change is not judged again."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from poc_gate.app.ground.files.own_output import check_kept
from poc_gate.app.ground.files.write_file import make_folder, write_file
from poc_gate.app.ground.stated_words import check_day, check_stage
from poc_gate.app.portfolio.find_pilots import Pilot, find_pilots, measured_beside
from poc_gate.app.portfolio.job import Done, Job
from poc_gate.app.portfolio.judge_pilot import KEYS, PAGES, RECORDS
from poc_gate.app.portfolio.portfolio_file import PORTFOLIO_FILE, write_portfolio
from poc_gate.errors import UsageError
from poc_gate.many.portfolio.merge_shards import parts_of
from poc_gate.many.portfolio.rows import Ground, Judged, assemble, failed
from poc_gate.model.many.portfolio import Portfolio
from poc_gate.version import __version__

Tell = Callable[[str, float], None]


class PortfolioRequest(Struct, frozen=True):
    """What the user asks for."""

    paths: tuple[Path, ...]
    results: Path
    day: str
    machine: str = ""
    packs: tuple[str, ...] = ()
    sources: str = ""
    """Name of a `sources.json` in each pilot's folder, or a path with `{pilot}` for the folder's name."""
    only: tuple[str, ...] = ()
    """Rules, packs or dimensions to judge; empty = all, and a selection is never GO."""
    stage: str = ""
    """Overrides the stage of all manifests."""
    jobs: int = 0
    """Processes at once; 0 = as many as processors may be used."""
    shard: str = ""
    """`K/N`; empty = all pilots."""
    again: str = "changed"
    """`changed`, or `all`."""
    limit_s: float = 60.0
    memory: int = 1024
    """MiB."""
    pages: bool = False


class PortfolioRun(Struct, frozen=True):
    """What came of it."""

    portfolio: Portfolio
    judged: int
    reused: int
    failed: int


def run_portfolio(request: PortfolioRequest, tell: Tell = lambda _what, _share: None) -> PortfolioRun:
    """Judge every pilot of the portfolio, or of one part of it, and write the results.

    Raises UsageError where there is no pilot or the results cannot be written, InvalidInputError for a broken
    portfolio file, InvalidPackError for a broken pack. Whatever happens to one pilot is a row of its own.
    """
    from poc_gate.app.assess.reading.case import selected_rules
    from poc_gate.app.ground.packs.rule_packs import load_rule_packs
    from poc_gate.app.portfolio.pool import Pool

    _check(request)
    wanted = find_pilots(request.paths, machine=request.machine)
    shard, shards = parse_shard(request.shard)
    mine = set(parts_of([pilot.path for pilot in wanted.pilots], shard, shards))
    packs = (*wanted.packs, *request.packs)
    loaded = load_rule_packs(packs)
    _check_results(request.results, [pilot.path for pilot in wanted.pilots])
    for part in ("", RECORDS, KEYS, *((PAGES,) if request.pages else ())):
        make_folder(request.results / part)
    selected_rules(loaded, request.only)
    found = measured_beside(request.sources, wanted.pilots)
    jobs = [
        _job(request, pilot, packs, found.get(pilot.path, ""))
        for pilot in wanted.pilots
        if pilot.path in mine
    ]
    workers = max(1, min(request.jobs or _processors(), len(jobs)))
    rows: list[Judged] = []
    reused = 0
    for job, done in Pool(workers, limit_s=request.limit_s, memory=request.memory).run(jobs):
        rows.append(_row(job, done))
        reused += done.reused
        tell(f"{len(rows)} of {len(jobs)}: {job.path}", len(rows) / len(jobs))
    used = {pack.id: pack.sha256 for pack in loaded.packs}
    asked = tuple(pilot.path for pilot in wanted.pilots)
    portfolio = assemble(
        rows, Ground(request.day, __version__, used, _options(request), asked), request.shard
    )
    write_file(request.results / PORTFOLIO_FILE, write_portfolio(portfolio))
    lost = sum(row.row.reason != "" for row in rows)
    return PortfolioRun(portfolio, len(rows) - reused - lost, reused, lost)


def _row(job: Job, done: Done) -> Judged:
    if done.stop:
        raise UsageError(
            done.stop, next_step=done.next_step or "correct it and run again: what was judged is kept"
        )
    return done.judged if done.judged is not None else failed(job.path, done.failed or "it did not answer")


def _job(request: PortfolioRequest, pilot: Pilot, packs: Sequence[str], sources: str) -> Job:
    return Job(
        path=pilot.path,
        day=request.day,
        results=str(request.results),
        name=kept_name(pilot.path),
        machine=pilot.machine,
        packs=tuple(packs),
        stage=request.stage or pilot.stage,
        sources=sources,
        only=request.only,
        page=request.pages,
        again=request.again == "all",
    )


def kept_name(path: str) -> str:
    """Return the name of the files that are kept of a pilot: readable, safe, and another one for every path."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(path).name)[:40].strip(".-") or "pilot"
    digest = hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()[:12]
    return f"{plain}-{digest}"


def parse_shard(text: str) -> tuple[int, int]:
    """Return part and number of parts of `K/N`; the whole is the only part of one."""
    if not text:
        return 1, 1
    match = re.fullmatch(r"([0-9]{1,5})/([0-9]{1,5})", text)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise UsageError(f"--shard {text!r} does not name a part", next_step="write K/N, such as 2/4")
    return int(match[1]), int(match[2])


def _check(request: PortfolioRequest) -> None:
    check_day("--on", request.day)
    check_stage(request.stage)
    if request.again not in ("changed", "all"):
        raise UsageError(f"--again {request.again!r} is not known", next_step="write changed or all")


def _check_results(results: Path, pilots: Sequence[str]) -> None:
    """Raise UsageError for a folder in which results would overwrite, or be read as, what somebody else wrote."""
    check_kept(results / PORTFOLIO_FILE)
    place = results.resolve()
    within = next((path for path in pilots if place.is_relative_to(Path(path).resolve())), None)
    if within is not None:
        what = f"{results} is in the folder of the pilot {within}: results there would be judged with it"
        raise UsageError(what, next_step="choose a folder outside every pilot")


def _options(request: PortfolioRequest) -> dict[str, str]:
    given = {
        "machine": request.machine,
        "sources": request.sources,
        "only": ", ".join(sorted(request.only)),
        "stage": request.stage,
        "pages": "yes" if request.pages else "",
    }
    return {name: value for name, value in given.items() if value}


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
