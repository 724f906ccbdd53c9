"""An HTTP server that knows its own delays: run as a program, it waits what a plan says and logs what it really took.

usage: delay_server.py PORT KIND SEED     KIND: lognormal (median 5 ms, p99 16 ms), stall (5 ms, and 2 s of silence from
the fifth second on), fixed:MILLISECONDS, busy (429 from the 30th call), failing (500 always), slower (grows)
"""

from __future__ import annotations

import json
import math
import random
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MEDIAN_S = 0.005
SIGMA = math.log(16 / 5) / 2.3263478740408408
"""So that the 99th percentile is 16 ms."""


class Delays:
    """Decides how long each call takes."""

    def __init__(self, kind: str, seed: int) -> None:
        """Begin without a call."""
        self.kind = kind
        self.draw = random.Random(seed)
        self.lock = threading.Lock()
        self.times: list[float] = []
        self.headers: list[dict[str, str]] = []
        self.begun = 0.0
        self.calls = 0

    def wait(self) -> int:
        """Spend the delay of one call and return the status to answer with."""
        begun = time.perf_counter()
        with self.lock:
            self.begun = self.begun or begun
            self.calls += 1
            number = self.calls
            planned = self.draw.lognormvariate(math.log(MEDIAN_S), SIGMA)
        now = begun - self.begun
        if self.kind == "stall":
            planned = max(MEDIAN_S, 7.0 - now) if 5.0 <= now < 7.0 else MEDIAN_S
        elif self.kind.startswith("fixed:"):
            planned = float(self.kind[6:]) / 1000
        elif self.kind == "slower":
            planned = 0.002 + 0.0004 * number
        elif self.kind != "lognormal":
            planned = 0.001
        time.sleep(planned)
        with self.lock:
            self.times.append(time.perf_counter() - begun)
        return 429 if self.kind == "busy" and number > 30 else 500 if self.kind == "failing" else 200


def handler(delays: Delays) -> type[BaseHTTPRequestHandler]:
    """Return the handler of one server."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            if self.path == "/_times":
                self.answer(200, json.dumps({"times": delays.times, "headers": delays.headers}).encode())
                return
            delays.headers.append(dict(self.headers.items()))
            if self.path.startswith("/redirect"):
                self.answer(302, b"", {"Location": "http://localhost:1/elsewhere"})
                return
            body = json.dumps({"meta": {"updated_at": time.time() - 600}, "pad": "x" * 500}).encode()
            status = delays.wait()
            self.answer(status, body, {"Retry-After": "30"} if status == 429 else {})

        def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), "Age": "0", **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    return Handler


if __name__ == "__main__":
    sys.setswitchinterval(0.0005)
    ThreadingHTTPServer.request_queue_size = 64
    ThreadingHTTPServer.daemon_threads = True
    with ThreadingHTTPServer(
        ("127.0.0.1", int(sys.argv[1])), handler(Delays(sys.argv[2], int(sys.argv[3])))
    ) as server:
        server.serve_forever()
