"""Servers that call themselves Prometheus and send without end, other forms, or secrets: bounded, counted, blotted."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from poc_gate.app.imports.show_file import show_file
from poc_gate.app.measure.live_read import MetricsQuestion, read_metrics
from poc_gate.inputs.connect.live import prometheus_reads
from poc_gate.inputs.observe.serving_metrics import prometheus_range_observer

NAME = "vllm:num_requests_running"
SAMPLES = [[1_700_000_000 + 15 * at, "1"] for at in range(5)]


class Stub(BaseHTTPRequestHandler):
    """Answers as Prometheus does until a range is asked for."""

    protocol_version = "HTTP/1.1"
    on_range: Callable[[BaseHTTPRequestHandler], None]

    def do_GET(self):
        """Answer one request."""
        if "query_range" in self.path:
            with suppress(OSError):
                type(self).on_range(self)
        else:
            send(
                self,
                json.dumps(
                    {"status": "success", "data": {"version": "2"} if "build" in self.path else [NAME]}
                ).encode(),
            )

    def log_message(self, *_: object):
        """Say nothing."""


def send(handler, body):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def address(monkeypatch) -> Iterator[str]:
    monkeypatch.setattr(prometheus_reads, "_TIMEOUT", 1.0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def read(address, file, on_range):
    Stub.on_range = staticmethod(on_range)
    return read_metrics(MetricsQuestion(address, over="5 min", step="15 s"), file, lambda *_: None)


def drip(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(100):
        handler.wfile.write(b"[")
        handler.wfile.flush()
        time.sleep(0.2)


def without_end(head, part):
    def answer(handler) -> None:
        handler.wfile.write(head)
        while True:
            handler.wfile.write(part * 1000)

    return answer


_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "on_range",
    [
        drip,
        without_end(_CHUNKED + b"2\r\n{}\r\n0\r\n", b"X: y\r\n"),
        without_end(_CHUNKED, b"1\r\n[\r\n"),
        without_end(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["a byte now and then", "trailers without end", "chunks of one byte", "interim answers without end"],
)
def test_an_answer_that_does_not_end_is_left(address, tmp_path, on_range):
    assert "no whole answer within 1 s" in read(address, tmp_path / "m.json", on_range)


def ranged(*results: object):
    return json.dumps(
        {"status": "success", "data": {"resultType": "matrix", "result": list(results)}}
    ).encode()


@pytest.mark.parametrize(
    "result",
    [
        1, None, {"metric": 5, "values": SAMPLES}, {"metric": {}, "values": "x"}, {"metric": {}, "values": [[None, "1"]]},
        {"metric": {}, "values": [[float("nan"), "1"]]}, {"metric": {}, "values": [[1, "9" * 5000]]}, {"metric": {}, "values": [[1, 2, 3]]},
    ],
    ids=str,
)  # fmt: skip
def test_a_series_of_another_form_is_counted_and_the_rest_can_be_imported(address, tmp_path, result):
    file, body = tmp_path / "m.json", ranged(result, {"metric": {"__name__": NAME}, "values": SAMPLES})
    assert "1 series are not of the form" in read(address, file, lambda handler: send(handler, body))
    assert json.loads(show_file(file, as_json=True))["facts"]


def test_labels_and_warnings_are_written_without_secrets(address, tmp_path):
    key, word = "sk-" + "proj-abcdefghijklmnopqrstuvwxyz0123456789AB", "Vq7rT2" + "mXw9Lz"
    series = {
        "metric": {"__name__": NAME, "model": key, "url": f"https://u:{word}@h/", "odd": "\ud800"},
        "values": SAMPLES,
    }
    body = json.dumps(
        {"status": "success", "warnings": [f"bad {key}"], "data": {"result": [series]}}
    ).encode()
    file = tmp_path / "m.json"
    read(address, file, lambda handler: send(handler, body))
    assert key not in file.read_text()
    assert word not in file.read_text()
    assert NAME in file.read_text()
    assert json.loads(show_file(file, as_json=True))["facts"]


def test_series_beyond_the_bound_on_points_are_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(prometheus_range_observer, "_MOST_POINTS", 3)
    many = [{"metric": {"__name__": NAME, "i": str(at)}, "values": [[1_700_000_000, "1"]]} for at in range(9)]
    (tmp_path / "m.json").write_bytes(ranged(*many))
    assert show_file(tmp_path / "m.json", as_json=True)
