"""An HTTP server that knows its own delays: run as a program, it waits what a plan says and logs what it really took.

usage: delay_server.py PORT KIND SEED     KIND: lognormal (median 5 ms, p99 16 ms), stall (5 ms, and 2 s of silence from
the fifth second on), fixed:MILLISECONDS, busy (429 from the 30th call), failing (500 always), slower (30 ms more each call)
"""

from __future__ import annotations

import json
import math
import random
import socket
import sys
import threading
import time

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

    def wait(self, begun: float) -> int:
        """Spend the delay of one call that arrived at `begun` and return the status to answer with."""
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
            planned = 0.002 + 0.030 * number
        elif self.kind != "lognormal":
            planned = 0.001
        time.sleep(planned)
        with self.lock:
            self.times.append(time.perf_counter() - begun)
        return 429 if self.kind == "busy" and number > 30 else 500 if self.kind == "failing" else 200


def serve(port: int, delays: Delays) -> None:
    """Answer on a port for ever, each connection in a thread of its own.

    Bare sockets: what a general server spends on parsing headers would be the source's time too, but it would
    not be in the log.
    """
    with socket.create_server(("127.0.0.1", port), backlog=64) as server:
        while True:
            connection, _ = server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_converse, args=(connection, delays), daemon=True).start()


def _converse(connection: socket.socket, delays: Delays) -> None:
    rest = b""
    with connection:
        while True:
            while b"\r\n\r\n" not in rest:
                words = connection.recv(65536)
                if not words:
                    return
                rest += words
            begun = time.perf_counter()
            request, _, rest = rest.partition(b"\r\n\r\n")
            connection.sendall(_answer(request.decode("latin-1"), begun, delays))


def _answer(request: str, begun: float, delays: Delays) -> bytes:
    first, *lines = request.split("\r\n")
    path = first.split()[1]
    if path == "/_times":
        return _whole(200, json.dumps({"times": delays.times, "headers": delays.headers}).encode())
    delays.headers.append(dict(line.split(": ", 1) for line in lines))
    if path.startswith("/redirect"):
        return _whole(302, b"", "Location: http://localhost:1/elsewhere\r\n")
    status = delays.wait(begun)
    body = json.dumps({"meta": {"updated_at": time.time() - 600}, "pad": "x" * 500}).encode()
    return _whole(status, body, "Retry-After: 30\r\n" if status == 429 else "")


def _whole(status: int, body: bytes, headers: str = "") -> bytes:
    return f"HTTP/1.1 {status} X\r\nAge: 0\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


if __name__ == "__main__":
    sys.setswitchinterval(0.0005)
    serve(int(sys.argv[1]), Delays(sys.argv[2], int(sys.argv[3])))
