"""The commands that read a cluster, what ends them and what is told: against a program called kubectl that does as it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.inputs.connect.interface import RefusedError, SourceError
from poc_gate.inputs.connect.live import cluster_reads
from poc_gate.inputs.connect.live.cluster_reads import (
    KINDS,
    ClusterRequest,
    blotted,
    plan_cluster,
    read_cluster,
)

ALLOWED = ClusterRequest(allow_prod=True)


@pytest.fixture
def kubectl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a script in the place of kubectl; it notes its arguments in the file that is returned."""

    def put(script: str) -> Path:
        asked = tmp_path / "asked"
        tool = tmp_path / "kubectl"
        tool.write_text(f'#!/bin/sh\necho "$@" >> {asked}\n{script}\n')
        tool.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return asked

    return put


def quiet(*_: object) -> None:
    """Tell nobody."""


def test_the_plan_shows_the_whole_command_and_its_budget(kubectl, tmp_path):
    kubectl("")
    config = tmp_path / "config"
    config.write_text("")
    plan = plan_cluster(ClusterRequest("prod", "claims", str(config), allow_prod=True))
    assert plan.refused == ()
    options = (
        f"--request-timeout=30s --chunk-size=500 --kubeconfig={config} --context=prod --namespace=claims"
    )
    assert plan.lines[0] == f"runs     kubectl get deployments.apps -o json {options}"
    assert plan.lines[1] == f"then     the same for {', '.join(KINDS[1:])}"
    assert plan.lines[-1] == "budget   7 calls, one at a time; 64 MB and 60 s each"


def test_nothing_is_named_that_nobody_asked_for(kubectl):
    asked = kubectl("echo '{\"items\": [1]}'")
    read_cluster(ALLOWED, quiet)
    assert asked.read_text().splitlines() == [
        f"get {kind} -o json --request-timeout=30s --chunk-size=500" for kind in KINDS
    ]


def test_reading_production_has_to_be_permitted_and_a_name_is_told_short(kubectl):
    asked = kubectl("")
    with pytest.raises(RefusedError, match="--allow-prod permits"):
        read_cluster(ClusterRequest(), quiet)
    assert plan_cluster(ClusterRequest(namespace="-" * 70, allow_prod=True)).refused == (
        f"--namespace {'-' * 60!r} is not the name of a context or namespace",
    )
    assert not asked.exists()


def test_progress_is_told_by_kind(kubectl):
    kubectl("echo '{\"items\": [1]}'")
    told: list[tuple[str, float]] = []
    read_cluster(ALLOWED, lambda words, share: told.append((words, share)))
    assert told == [(f"reading {kind}", pytest.approx(number / 7)) for number, kind in enumerate(KINDS)]


def test_a_right_that_is_missing_takes_away_one_kind(kubectl):
    asked = kubectl(
        'case $2 in nodes|pods) echo "E1\nError: $2 is forbidden" >&2; exit 1;; esac; echo \'{"items": [1, 2]}\''
    )
    found = read_cluster(ALLOWED, quiet)
    assert len(asked.read_text().splitlines()) == 7
    assert found.summary == "10 objects of 5 kinds"
    assert found.notes == (
        "pods could not be read: Error: pods is forbidden",
        "nodes could not be read: Error: nodes is forbidden",
    )


@pytest.mark.parametrize(
    "words",
    [
        "Unable to connect to the server: dial tcp 10.0.0.1:443: i/o timeout",
        "The connection to the server was refused: connection refused",
        "dial tcp: lookup api: no such host",
        'error: context "x" does not exist',
    ],
)
def test_a_cluster_that_nobody_reaches_is_asked_once(kubectl, words):
    asked = kubectl(f"echo '{words}' >&2; exit 1")
    with pytest.raises(SourceError, match=r"deployments\.apps could not be read: "):
        read_cluster(ALLOWED, quiet)
    assert len(asked.read_text().splitlines()) == 1


def test_the_reason_is_the_first_kinds_and_no_longer_than_a_line(kubectl):
    asked = kubectl(f"echo 'Error: {'x' * 300} of '$2 >&2; exit 1")
    with pytest.raises(SourceError, match=r"deployments\.apps could not be read: Error: x+") as told:
        read_cluster(ALLOWED, quiet)
    assert len(str(told.value)) == len("deployments.apps could not be read: ") + 200
    assert len(asked.read_text().splitlines()) == 7


def test_a_command_that_is_ended_from_outside_or_says_nothing_is_told_so(kubectl):
    kubectl("kill -9 $$")
    with pytest.raises(SourceError, match="broken off after 60 s"):
        read_cluster(ALLOWED, quiet)
    kubectl("exit 1")
    with pytest.raises(SourceError, match="no reason was given"):
        read_cluster(ALLOWED, quiet)


def test_an_answer_is_read_to_its_bound_and_no_further(kubectl, monkeypatch):
    monkeypatch.setattr(cluster_reads, "_MOST_BYTES", 40)
    kubectl("printf '%-40s' '{\"items\": [1]}'")
    assert read_cluster(ALLOWED, quiet).summary == "7 objects of 7 kinds"
    kubectl("printf '%-41s' '{\"items\": [1]}'")
    with pytest.raises(SourceError, match="the answer is longer than 40 bytes: name one --namespace"):
        read_cluster(ALLOWED, quiet)


def test_the_name_of_a_variable_stands_for_its_value_alone():
    one = {"name": "VLLM_PORT", "value": "8000", "auth": "plain", "size": "1"}
    assert blotted(one) == {"name": "VLLM_PORT", "value": "8000", "auth": "[secret]", "size": "1"}
    assert blotted({"name": "", "value": "x"}) == {"name": "", "value": "x"}
    assert blotted({"name": "API_TOKEN", "value": "x", "size": "1"})["value"] == "[secret]"
    assert blotted({"name": "API_TOKEN", "value": "x", "size": "1"})["size"] == "1"
