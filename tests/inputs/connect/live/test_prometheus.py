"""A real Prometheus that scrapes what vLLM once wrote, with counters that grow: read by its API, then as `import` reads it."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from poc_gate.app.imports.show_file import show_file
from poc_gate.app.measure.live_read import MetricsQuestion, metrics_plan, read_metrics
from poc_gate.cli.app import run
from poc_gate.errors import UsageError

SCRAPE = (Path(__file__).parents[2] / "observe" / "files" / "vllm-metrics-0.32.0" / "metrics.txt").read_text()
RATE = 20.0
"""Requests a second by which the exporter's counters grow."""


class Exporter(BaseHTTPRequestHandler):
    """Serves the recorded scrape with every counter and histogram grown by the time since the start."""

    begun = 0.0

    def do_GET(self):
        """Answer one request."""
        grown = 1 + RATE * (time.monotonic() - self.begun) / 18
        lines = []
        for line in SCRAPE.splitlines():
            match = re.match(r"(vllm:\w+_(?:total|bucket|sum|count)(?:\{.*\})?) (\S+)$", line)
            lines.append(f"{match[1]} {float(match[2]) * grown}" if match else line)
        body = ("\n".join(lines) + "\n").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object):
        """Say nothing."""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def serving(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prometheus")
    Exporter.begun = time.monotonic()
    with serving(Exporter) as exporter:
        (folder / "prometheus.yml").write_text(
            f"global: {{scrape_interval: 1s}}\nscrape_configs:\n- job_name: vllm\n  static_configs: [{{targets: ['127.0.0.1:{exporter}']}}]\n"
        )
        port = free_port()
        words = [
            "prometheus",
            f"--config.file={folder}/prometheus.yml",
            f"--storage.tsdb.path={folder}/data",
            f"--web.listen-address=127.0.0.1:{port}",
        ]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                deadline = time.monotonic() + 60
                while time.monotonic() < deadline and not reads(port, 12):
                    time.sleep(1)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()


def reads(port, wanted):
    """Say whether the server has kept that many points of the counter of requests."""
    import urllib.request

    try:
        query = f"http://127.0.0.1:{port}/api/v1/query?query=count_over_time(vllm:prompt_tokens_total[1h])"
        with urllib.request.urlopen(query, timeout=5) as answer:
            found = json.load(answer)["data"]["result"]
        return bool(found) and float(found[0]["value"][1]) >= wanted
    except OSError:
        return False


def quiet(*_: object):
    """Tell nobody."""


def test_what_is_read_is_what_the_exporter_counted(address, tmp_path):
    file = tmp_path / "metrics.json"
    told = read_metrics(MetricsQuestion(address, over="30 s", step="1 s"), file, quiet)
    assert re.search(r"series of \d+ metrics from prometheus 2\.", told)
    shown = json.loads(show_file(file, as_json=True))
    facts = {one["name"]: one for one in shown["facts"]}
    rate = facts["serving.requests_rate"]
    assert rate["value"] == pytest.approx(RATE, rel=0.25)
    assert rate["provenance"] == "measured"
    assert facts["serving.models"]["value"]
    assert facts["serving.ttft_p50"]["value"] > 0
    assert set(facts["serving.saturation_exported"]["value"]) >= {"queue", "kv", "preemptions"}


def test_the_plan_sends_nothing_and_the_command_asks_for_yes(address, capsys):
    assert run(["sources", "metrics", address, "--over", "10 min"]) == 4
    told = capsys.readouterr()
    assert "by GET only" in told.out
    assert "10 points a series" in told.out
    assert "nothing was sent" in told.err


def test_other_labels_hold_nothing_and_no_file_is_written(address, tmp_path):
    with pytest.raises(UsageError, match="none of the"):
        read_metrics(
            MetricsQuestion(address, over="30 s", step="1 s", match='job="other"'), tmp_path / "m.json", quiet
        )
    assert not (tmp_path / "m.json").exists()


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (MetricsQuestion("http://prometheus.example:9090"), "--allow-prod"),
        (MetricsQuestion("http://user:word@127.0.0.1:9090"), "credential"),
        (MetricsQuestion("http://127.0.0.1:9090", match='job="a"} or up{job="b"'), "matchers"),
        (MetricsQuestion("http://127.0.0.1:9090", over="100 d", step="1 s"), "longer --step"),
        (MetricsQuestion("http://127.0.0.1:9090", credential="env:TOKEN"), "not bound"),
        (MetricsQuestion("ftp://127.0.0.1"), "http://"),
    ],
)
def test_what_is_unsafe_is_refused_before_anything_is_sent(question, why):
    assert any(why in reason for reason in metrics_plan(question).refused)


class Odd(BaseHTTPRequestHandler):
    """Answers as servers do that are no Prometheus, that are busy, or that redirect."""

    status, body, headers_ = 200, b"<html>", {}

    def do_GET(self):
        """Answer one request."""
        self.send_response(self.status)
        for name, value in self.headers_.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object):
        """Say nothing."""


@pytest.mark.parametrize(
    ("status", "body", "headers", "why"),
    [
        (200, b"<html>", {}, "not JSON"),
        (200, b'{"status":"error","error":"x"}', {}, "not one of Prometheus"),
        (200, b'{"status":"success","data":[1,null,"up"]}', {}, "none of the"),
        (302, b"", {"Location": "http://elsewhere.example/"}, "not followed"),
        (401, b"", {}, "401"),
        (429, b"", {"Retry-After": "60"}, "Retry-After"),
        (503, b"", {}, "503"),
        (200, b"[" * 100_000, {}, "not JSON"),
    ],
)
def test_a_server_that_is_something_else_is_an_error_in_words(tmp_path, status, body, headers, why):
    handler = type("Handler", (Odd,), {"status": status, "body": body, "headers_": headers})
    with serving(handler) as port, pytest.raises(UsageError, match=re.escape(why)):
        read_metrics(
            MetricsQuestion(f"http://127.0.0.1:{port}", over="1 min", step="1 s"), tmp_path / "m.json", quiet
        )
    assert not (tmp_path / "m.json").exists()
