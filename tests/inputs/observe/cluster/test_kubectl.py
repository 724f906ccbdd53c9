"""What a dump of a cluster shows of one workload: what really runs, and what a dump cannot say."""

from __future__ import annotations

import json

import pytest
from seen import FILES, fact, facts, look, said, value, written

from poc_gate.model.claim import Provenance

DUMP = FILES / "replicas" / "kubectl-list.json"


def test_what_runs_is_told_from_what_is_wanted():
    seen = look(DUMP)
    assert (value(seen, "cluster.replicas_wanted"), value(seen, "cluster.replicas_ready")) == (3, 2)
    assert value(seen, "target.replicas") == 2
    assert "3 replicas are wanted and 2 are ready" in said(seen)
    assert fact(seen, "target.replicas").provenance is Provenance.MEASURED
    assert (seen.origin.target, seen.origin.version, seen.origin.observed_at) == (
        "claims/writer",
        "v1.32.4",
        "2026-11-27T09:00:00Z",
    )


def test_restarts_kills_and_starts_of_the_pods_that_exist():
    seen = look(DUMP)
    assert (value(seen, "cluster.restarts"), value(seen, "cluster.memory_kills")) == (4, 1)
    assert value(seen, "cluster.start_max") == 300
    assert value(seen, "cluster.pods_not_ready") == 1
    assert value(seen, "cluster.images") == ("registry.example/vllm@sha256:" + "a" * 64,)
    assert "those of pods that are gone are in no dump" in said(seen)


def test_autoscaling_at_its_maximum_and_not_active():
    seen = look(DUMP)
    assert value(seen, "cluster.at_maximum") is True
    assert "adds nothing when the load grows" in said(seen)
    assert "autoscaling is not active (FailedGetPodsMetric)" in said(seen)
    assert "all replicas run on one node" in said(seen)


def test_the_workload_with_accelerators_is_taken_and_another_one_can_be_named():
    web = look(DUMP, "workload=web")
    assert web.origin.target == "claims/web"
    assert "contains no pod of the workload" in said(web)
    assert value(web, "cluster.limits_set") is False
    assert "operations.resources_set" not in facts(web)
    none = look(DUMP, "workload=nobody")
    assert not none.observations
    assert "no workload such as a Deployment named nobody" in said(none, "question")


def test_several_workloads_are_a_question(tmp_path):
    data = json.loads(DUMP.read_text())
    for one in data["items"]:
        for container in one.get("spec", {}).get("template", {}).get("spec", {}).get("containers", []):
            container["resources"] = {}
    seen = look(written(tmp_path, data))
    assert "which of them is the pilot" in said(seen, "question")
    assert "coredns" not in said(seen, "question")


def test_secrets_are_dropped_unread():
    assert "bm90LXJlYWQ" not in repr(look(DUMP))


def test_pods_of_different_images_are_said(tmp_path):
    data = json.loads(DUMP.read_text())
    pods = [one for one in data["items"] if one["kind"] == "Pod"]
    pods[0]["status"]["containerStatuses"][0]["imageID"] = (
        "docker-pullable://registry.example/vllm@sha256:" + "b" * 64
    )
    assert "run different images" in said(look(written(tmp_path, data)))


@pytest.mark.parametrize("kind", ["Pod", "Deployment"])
def test_a_manifest_is_no_dump(tmp_path, kind):
    data = {"apiVersion": "v1", "kind": kind, "metadata": {"name": "a"}, "spec": {}}
    with pytest.raises(Exception, match="not recognised"):
        look(written(tmp_path, data))
