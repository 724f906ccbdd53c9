"""The real kubectl against a server that answers as Kubernetes' API does; no API server itself can be had on this machine."""

from __future__ import annotations

import json
import re
import shutil
import stat
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from poc_gate.app.imports.show_file import show_file
from poc_gate.app.measure.live_read import ClusterQuestion, cluster_plan, read_cluster
from poc_gate.errors import UsageError
from poc_gate.inputs.connect.live.cluster_reads import KINDS, blotted

OBJECTS = json.loads(
    (Path(__file__).parents[2] / "observe" / "files" / "replicas" / "kubectl-list.json").read_text()
)["items"]
RESOURCES = {
    "/api/v1": [
        ("pods", "Pod", True),
        ("nodes", "Node", False),
        ("secrets", "Secret", True),
        ("configmaps", "ConfigMap", True),
    ],
    "/apis/apps/v1": [
        ("deployments", "Deployment", True),
        ("statefulsets", "StatefulSet", True),
        ("daemonsets", "DaemonSet", True),
    ],
    "/apis/autoscaling/v2": [("horizontalpodautoscalers", "HorizontalPodAutoscaler", True)],
    "/apis/policy/v1": [("poddisruptionbudgets", "PodDisruptionBudget", True)],
}
needs_kubectl = pytest.mark.skipif(
    shutil.which("kubectl") is None, reason="left out: kubectl is not installed"
)


class Api(BaseHTTPRequestHandler):
    """Discovery and lists of the recorded objects; remembers what was asked."""

    asked: list[tuple[str, str]] = []  # noqa: RUF012 - one a class, made anew for each test
    forbidden = ()

    def do_GET(self):
        """Answer one request."""
        path = self.path.partition("?")[0]
        self.asked.append((self.command, path))
        if path == "/api":
            return self.send({"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []})
        if path == "/apis":
            groups = [
                {
                    "name": g,
                    "versions": [{"groupVersion": f"{g}/{v}", "version": v}],
                    "preferredVersion": {"groupVersion": f"{g}/{v}", "version": v},
                }
                for g, v in (("apps", "v1"), ("autoscaling", "v2"), ("policy", "v1"))
            ]
            return self.send({"kind": "APIGroupList", "apiVersion": "v1", "groups": groups})
        if path in RESOURCES:
            held = [
                {"name": n, "singularName": "", "namespaced": space, "kind": kind, "verbs": ["get", "list"]}
                for n, kind, space in RESOURCES[path]
            ]
            group = path.removeprefix("/apis/").removeprefix("/api/")
            return self.send(
                {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group, "resources": held}
            )
        name = path.rpartition("/")[2]
        kind = next((kind for held in RESOURCES.values() for n, kind, _ in held if n == name), "")
        if name in self.forbidden or not kind:
            return self.send(
                {
                    "kind": "Status",
                    "apiVersion": "v1",
                    "status": "Failure",
                    "reason": "Forbidden",
                    "message": f"{name} is forbidden",
                    "code": 403,
                },
                403,
            )
        found = [one for one in OBJECTS if one["kind"] == kind]
        return self.send(
            {"kind": f"{kind}List", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": found}
        )

    def send(self, data, status=200):
        """Send data as JSON."""
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object):
        """Say nothing."""


@contextmanager
def cluster(tmp_path, forbidden=()):
    handler = type("Handler", (Api,), {"asked": [], "forbidden": forbidden})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    config = tmp_path / "kubeconfig"
    config.write_text(
        "apiVersion: v1\nkind: Config\ncurrent-context: here\n"
        f"clusters: [{{name: c, cluster: {{server: 'http://127.0.0.1:{server.server_address[1]}'}}}}]\n"
        "users: [{name: u, user: {}}]\ncontexts: [{name: here, context: {cluster: c, user: u, namespace: claims}}]\n"
    )
    try:
        yield config, handler.asked
    finally:
        server.shutdown()
        server.server_close()


def quiet(*_: object):
    """Tell nobody."""


@needs_kubectl
def test_what_runs_is_read_with_gets_alone_and_import_understands_it(tmp_path):
    file = tmp_path / "cluster.json"
    with cluster(tmp_path) as (config, asked):
        told = read_cluster(ClusterQuestion(kubeconfig=str(config), allow_prod=True), file, quiet)
    known = {kind for held in RESOURCES.values() for _, kind, _ in held} - {"Secret", "ConfigMap"}
    assert f"{sum(one['kind'] in known for one in OBJECTS)} objects of {len(KINDS)} kinds" in told
    assert {verb for verb, _ in asked} == {"GET"}
    assert not any(re.search("secrets|configmaps|/log|/exec", path) for _, path in asked)
    live = {one["name"]: one["value"] for one in json.loads(show_file(file, as_json=True))["facts"]}
    source = Path(__file__).parents[2] / "observe" / "files" / "replicas" / "kubectl-list.json"
    dumped = {one["name"]: one["value"] for one in json.loads(show_file(source, as_json=True))["facts"]}
    assert live == dumped


@needs_kubectl
def test_a_kind_that_may_not_be_seen_takes_nothing_else_away(tmp_path):
    file = tmp_path / "cluster.json"
    with cluster(tmp_path, forbidden=("nodes",)) as (config, _):
        told = read_cluster(ClusterQuestion(kubeconfig=str(config), allow_prod=True), file, quiet)
    assert "left out: nodes could not be read" in told
    assert "forbidden" in told
    assert any(one["kind"] == "Pod" for one in json.loads(file.read_bytes())["items"])


@needs_kubectl
def test_a_cluster_that_does_not_answer_is_an_error_and_leaves_no_file(tmp_path):
    config = tmp_path / "kubeconfig"
    config.write_text(
        "apiVersion: v1\nkind: Config\ncurrent-context: here\nclusters: [{name: c, cluster: {server: 'http://127.0.0.1:9'}}]\n"
        "users: [{name: u, user: {}}]\ncontexts: [{name: here, context: {cluster: c, user: u}}]\n"
    )
    with pytest.raises(UsageError, match="could not be read"):
        read_cluster(
            ClusterQuestion(kubeconfig=str(config), allow_prod=True), tmp_path / "cluster.json", quiet
        )
    assert not (tmp_path / "cluster.json").exists()


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (ClusterQuestion(), "--allow-prod"),
        (ClusterQuestion(context="--token=x", allow_prod=True), "not the name"),
        (ClusterQuestion(namespace="a b", allow_prod=True), "not the name"),
        (ClusterQuestion(kubeconfig="/nowhere/config", allow_prod=True), "not a file"),
    ],
)
def test_what_is_unsafe_is_refused_before_anything_runs(question, why):
    plan = cluster_plan(question)
    assert any(why in reason for reason in plan.refused)
    assert any(KINDS[0] in line for line in plan.lines)


@pytest.mark.parametrize("prints", ["not json", '{"items": 3}', "[]", '{"items": [1, null]}'])
def test_a_kubectl_that_prints_something_else_is_no_traceback(tmp_path, monkeypatch, prints):
    tool = tmp_path / "kubectl"
    tool.write_text(f"#!/bin/sh\nprintf '%s' '{prints}'\n")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    if "null" in prints:  # a list of odd things is kept as it is, for the reader to pass over
        read_cluster(ClusterQuestion(allow_prod=True), tmp_path / "cluster.json", quiet)
        assert "[1,null" in (tmp_path / "cluster.json").read_text()
        show_file(tmp_path / "cluster.json", kind="kubectl", as_json=True)
        return
    with pytest.raises(UsageError, match=r"could not be read|no objects"):
        read_cluster(ClusterQuestion(allow_prod=True), tmp_path / "cluster.json", quiet)


def test_values_that_are_or_are_named_like_secrets_are_blotted_out():
    pod = {
        "kind": "Pod",
        "metadata": {
            "name": "m",
            "uid": "0f3b",
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}", "note": "x"},
        },
        "spec": {
            "containers": [
                {
                    "args": ["--model", "m-1", "--api-key", "plainword", "--max-model-len", "8192"],
                    "env": [
                        {"name": "DB_PASSWORD", "value": "correct horse"},
                        {"name": "URL", "value": "postgresql://poc:hunter22@db/claims"},
                        {"name": "VLLM_PORT", "value": "8000"},
                        {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "t", "key": "token"}}},
                    ],
                }
            ]
        },
    }
    kept = blotted(pod)
    text = json.dumps(kept)
    assert not any(word in text for word in ("correct horse", "hunter22", "plainword", "last-applied"))
    assert all(word in text for word in ("m-1", "8192", "8000", "0f3b", "secretKeyRef"))


def test_objects_nested_too_deeply_are_refused_in_words(tmp_path, monkeypatch):
    deep = '{"a":' * 700 + "1" + "}" * 700
    tool = tmp_path / "kubectl"
    tool.write_text(f"#!/bin/sh\ncat <<'END'\n{{\"items\":[{deep}]}}\nEND\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(UsageError, match="nested too deeply"):
        read_cluster(ClusterQuestion(allow_prod=True), tmp_path / "cluster.json", lambda *_: None)
