"""Nothing may be skipped where everything was set up: `tests/run.sh` turns a skip into a failure.

Nor may a busy machine fail a property: Hypothesis does not time examples here.
"""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("poc-gate", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("poc-gate")

NO_SKIP = bool(os.environ.get("POC_GATE_NO_SKIP"))


def _as_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, though tests/run.sh sets everything up: {report.longrepr}"


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
