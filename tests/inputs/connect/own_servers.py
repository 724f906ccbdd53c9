"""Servers that the tests bring themselves: a delay server's process, a model endpoint, dead ports."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


def free_port() -> int:
    """Return a port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, seconds: float) -> None:
    """Return once something answers on a port of this machine."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing answers on port {port}")


@contextmanager
def black_hole() -> Iterator[int]:
    """Yield a port that takes connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(64)
        yield int(server.getsockname()[1])


@contextmanager
def silencing_proxy(port: int, *, silent_from: int) -> Iterator[int]:
    """Yield a port that passes on to `port`, until each connection after the first twelve said so many things."""
    server = socket.create_server(("127.0.0.1", 0))
    opened: list[socket.socket] = [server]

    def serve() -> None:
        number = 0
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            number += 1
            there = socket.create_connection(("127.0.0.1", port))
            opened.extend((client, there))
            most = silent_from if number > 12 else 1 << 30
            threading.Thread(target=_pass_on, args=(client, there, most), daemon=True).start()
            threading.Thread(target=_pass_on, args=(there, client, 1 << 30), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(server.getsockname()[1])
    finally:
        for one in opened:
            one.close()


def _pass_on(source: socket.socket, sink: socket.socket, most: int) -> None:
    for _ in range(most):
        try:
            words = source.recv(65536)
            sink.sendall(words)
        except OSError:
            return
        if not words:
            sink.close()
            return


class DelayServer:
    """The delay server in a process of its own."""

    def __init__(self, kind: str = "fixed:1", seed: int = 1) -> None:
        """Keep the plan; the process begins on entering."""
        self._kind, self._seed = kind, seed
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    def __enter__(self) -> DelayServer:
        """Begin."""
        self.start(self._kind, self._seed)
        return self

    def start(self, kind: str, seed: int = 1) -> None:
        """Begin anew with another plan of delays."""
        self.stop()
        self.port = free_port()
        program = str(Path(__file__).parent / "delay_server.py")
        self._process = subprocess.Popen([sys.executable, program, str(self.port), kind, str(seed)])
        wait_for_port(self.port, 20)

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)

    def truth(self) -> dict[str, Any]:
        """Return what the server itself saw: `times` in seconds and `headers` of every call."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_times", timeout=10) as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found

    def __exit__(self, *_: object) -> None:
        """End."""
        self.stop()


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """Yield the port of a server that answers in threads of this process."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class JsonHandler(BaseHTTPRequestHandler):
    """Reads and answers JSON."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def body(self) -> Any:
        """Return the request's body."""
        return json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def answer(self, data: Any, status: int = 200) -> None:
        """Answer with JSON."""
        content = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


FIRST_TOKEN_S = 0.04
PER_TOKEN_S = 0.01


class ModelServer(JsonHandler):
    """Chat completions as server-sent events: 40 ms to the first token, 10 ms for each further one."""

    def do_GET(self) -> None:
        """Answer a GET."""
        self.answer({"object": "list", "data": [{"id": "tiny", "object": "model"}]})

    def do_POST(self) -> None:
        """Answer a POST."""
        tokens = self.body()["max_tokens"]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        time.sleep(FIRST_TOKEN_S)
        for number in range(tokens):
            if number:
                time.sleep(PER_TOKEN_S)
            self.event({"choices": [{"delta": {"content": "word "}}]})
        self.event({"choices": [], "usage": {"completion_tokens": tokens}})
        self.chunk(b"data: [DONE]\n\n")
        self.chunk(b"")

    def event(self, data: Any) -> None:
        """Send one event."""
        self.chunk(f"data: {json.dumps(data)}\n\n".encode())

    def chunk(self, content: bytes) -> None:
        """Send one chunk."""
        self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
        self.wfile.flush()
