"""A port that refuses and a port that never answers, for every connector that dials: an answer in words, in time."""

from __future__ import annotations

import time

import pytest
from measuring import configured, measure_one, value_of
from own_servers import black_hole, free_port, silencing_proxy

from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.interface import connectors
from poc_gate.inputs.connect.local_config import Binding

_DIALLING = {
    "postgres": ("postgresql://reader@127.0.0.1:{port}/app", {"table": "t", "key": "id"}),
    "mysql": ("mysql://reader@127.0.0.1:{port}/app", {"table": "t", "key": "id"}),
    "redis": ("redis://127.0.0.1:{port}/0", {}),
    "s3": ("s3://bucket/prefix", {"endpoint": "http://127.0.0.1:{port}"}),
    "http": ("http://127.0.0.1:{port}/path", {}),
    "qdrant": ("http://127.0.0.1:{port}", {"collection": "chunks"}),
    "openai": ("http://127.0.0.1:{port}/v1", {"model": "tiny"}),
    "kafka": ("kafka://127.0.0.1:{port}/claims", {}),
}
_TIMEOUT_S = 1.0


def _declared(name: str, port: int) -> Declaration:
    connector = next(one for one in connectors() if one.name == name)
    url, options = _DIALLING[name]
    return Declaration(
        "dead", connector.systems[0], url=url.format(port=port),
        options={key: text.format(port=port) for key, text in options.items()},
    )  # fmt: skip


def test_every_dialling_connector_is_listed_here():
    assert {one.name for one in connectors() if not one.is_local} == set(_DIALLING)


@pytest.mark.parametrize("name", sorted(_DIALLING))
def test_a_port_that_refuses_is_a_reason(name):
    report = measure_one(_declared(name, free_port()), configured(timeout=_TIMEOUT_S))
    assert report.state == "not-measured"
    assert report.reason
    assert value_of(report, "p50") is None


@pytest.mark.parametrize("name", sorted(_DIALLING))
def test_a_port_that_never_answers_is_a_reason_in_time(name):
    with black_hole() as port:
        begun = time.monotonic()
        report = measure_one(_declared(name, port), configured(timeout=_TIMEOUT_S))
        took = time.monotonic() - begun
    assert report.state == "not-measured"
    assert report.reason
    assert value_of(report, "p50") is None
    assert took < 30, "the timeout of the budget must end it, whatever the driver's own default is"


def test_a_server_that_falls_silent_is_broken_off_and_counted(delays):
    delays.start("fixed:60000")
    declared = Declaration("slow", "rest", url=f"http://127.0.0.1:{delays.port}/x")
    report = measure_one(declared, configured(timeout=_TIMEOUT_S))
    assert report.state == "not-measured"
    assert "timed out" in report.reason


def test_a_server_that_gets_slower_call_by_call_is_left_alone(delays):
    delays.start("slower")
    declared = Declaration("slow", "rest", url=f"http://127.0.0.1:{delays.port}/x")
    report = measure_one(declared, configured(rate=20, timeout=30.0))
    assert report.state == "stopped"
    assert "the median call rose from " in report.reason
    assert value_of(report, "samples") < 60, "of the 80 planned"


@pytest.mark.servers
def test_a_database_that_falls_silent_mid_run_is_broken_off(postgres, monkeypatch):
    """The driver waits for ever on a connection that stays open; the engine breaks it off and counts it."""
    monkeypatch.setenv("POC_PG", "canary-pg-7QJX2")
    with silencing_proxy(postgres.port, silent_from=20) as port:
        declared = Declaration(
            "db",
            "postgresql",
            url=f"postgresql://{postgres.name}@127.0.0.1:{port}/{postgres.name}",
            credential="env:POC_PG",
            options={"table": "claims", "key": "id", "sslmode": "disable"},
        )
        bindings = (Binding("env:POC_PG", ("127.0.0.1",)),)
        begun = time.monotonic()
        report = measure_one(declared, configured(timeout=_TIMEOUT_S, rate=50, bindings=bindings))
        took = time.monotonic() - begun
    assert report.state == "stopped", report.reason
    assert "failed" in report.reason
    assert value_of(report, "error_rate") > 0
    assert took < 30
