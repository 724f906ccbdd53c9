"""Portfolios of three pilots, made from the examples and judged once for all tests."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from poc_gate.app.portfolio import pool
from poc_gate.app.portfolio.job import Done, Job
from poc_gate.app.portfolio.judge_pilot import judge_pilot
from poc_gate.app.portfolio.run_portfolio import PortfolioRequest, PortfolioRun, run_portfolio

sys.path.insert(
    0, str(Path(__file__).parents[1] / "report")
)  # what a browser finds wrong with a page is asked there

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DAY = "2026-11-28"


def judge_here(results: str, **more: object) -> PortfolioRun:
    request = {"day": DAY, "machine": "l4-24gb", "jobs": 1} | more
    return run_portfolio(PortfolioRequest((Path("pilots"),), Path(results), **request))


@pytest.fixture(scope="session")
def judged(tmp_path_factory) -> Path:
    """Three pilots in a folder that is in no repository, and their results."""
    base = tmp_path_factory.mktemp("portfolio")
    for number, name in enumerate(("claims-copilot", "fraud-scoring", "support-assistant")):
        shutil.copytree(
            EXAMPLES / name, base / "pilots" / f"p{number}", ignore=shutil.ignore_patterns("machine.json")
        )
    before = Path.cwd()
    os.chdir(base)
    try:
        assert judge_here("results").judged == 3
    finally:
        os.chdir(before)
    return base


@pytest.fixture
def pilots(judged: Path, tmp_path: Path, monkeypatch) -> Path:
    """A copy of them to change, with their results beside it; the working folder holds both."""
    shutil.copytree(judged, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path("pilots")


class InThisProcess:
    """Judges jobs as a pool does, without its processes, which take half a second to start."""

    def __init__(self, _processes: int, **_bounds: object) -> None:
        """Take what a pool takes."""

    def run(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Done]]:
        """Yield each job with what came of it."""
        for job in jobs:
            yield job, judge_pilot(job)


@pytest.fixture
def judge(pilots: Path, monkeypatch):
    """Run the portfolio; the folder of the results, and options of the request by name.

    With `processes` the real pool runs; without, the same is done in this process.
    """

    def run(results: str = "results", *, processes: int = 0, **more: object) -> PortfolioRun:
        with monkeypatch.context() as patch:
            if not processes:
                patch.setattr(pool, "Pool", InThisProcess)
            return judge_here(results, jobs=processes or 1, **more)

    return run
