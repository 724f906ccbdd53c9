"""Nothing may be skipped where everything was set up: `tests/run.sh` turns a skip into a failure.

One exception: what the system itself refuses (control groups to a user without root's rights, say) is left
out, and the summary says so.
Nor may a busy machine fail a property: Hypothesis does not time examples here.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

FORKED = Path(__file__).parent / "forked"
"""How the command is run, for the tests of all rooms."""

sys.path.insert(0, str(FORKED))

import forked_command  # noqa: E402 - it lies there
import side_by_side  # noqa: E402

# Begun in the background of a shell, this process ignores interrupts, and so would every program that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# As the command does: beside fourteen thousand collected tests every look for cyclic garbage takes long.
gc.set_threshold(100_000)

# The same examples in every usual run: what a change broke shows, and nothing else does. The heavy runs draw others.
settings.register_profile(
    "poc-gate",
    deadline=None,
    derandomize=not os.environ.get("POC_GATE_HEAVY"),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("poc-gate")

NO_SKIP = bool(os.environ.get("POC_GATE_NO_SKIP"))


LEFT_OUT = "left out: "
"""How the reason of a skip begins where no package and no service would help."""


def _is_left_out(report: pytest.TestReport | pytest.CollectReport) -> bool:
    return LEFT_OUT in str(report.longrepr)


def _as_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail") and not _is_left_out(report):
        report.outcome = "failed"
        report.longrepr = f"skipped, though tests/run.sh sets everything up: {report.longrepr}"


_LONGEST_FIRST = (
    "report/test_first_screen", "report/test_browser", "end_to_end/test_installed_wheel", "inputs/probe/test_native_build",
    "inputs/connect/test_soak", "report/test_large", "end_to_end/", "inputs/connect/", "inputs/probe/", "report/", "golden_pilots/",
    "flow/", "portfolio/", "fleet/",
)  # fmt: skip
"""Files, and folders whose files, take longest: begun last, one of them would keep a single worker busy at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first; within and between the others the order stays."""
    here = Path(__file__).parent
    names = {path: path.relative_to(here).as_posix() for path in {item.path for item in items}}
    ranks = {
        path: next((n for n, begins in enumerate(_LONGEST_FIRST) if name.startswith(begins)), 99)
        for path, name in names.items()
    }
    items.sort(key=lambda item: ranks[item.path])


def pytest_collection_finish() -> None:
    """Look no more for garbage among what was collected: it stays until the end."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add how many processes run the tests."""
    side_by_side.add_option(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Load the command while the tests are collected."""
    if config.getoption("processes"):
        forked_command.load_early()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run the tests side by side where that is asked for."""
    return side_by_side.run_tests(session)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that skips itself."""
    report = yield
    _as_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a module that skips itself."""
    report = yield
    _as_failure(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what was left out, each with what the system refused."""
    left_out = [report for report in terminalreporter.stats.get("skipped", ()) if _is_left_out(report)]
    if left_out:
        terminalreporter.section(f"{len(left_out)} left out, because this system refuses what they need")
        for report in left_out:
            terminalreporter.line(
                f"{report.nodeid}: {str(report.longrepr).partition(LEFT_OUT)[2].rstrip(chr(39) + ')')}"
            )
