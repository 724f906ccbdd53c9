"""An HTTP server that says what a test wrote, byte by byte, and keeps what it was asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from poc_gate.inputs.connect.drivers.http_exchange import HttpAnswer


class ScriptedServer:
    """Says to each request what is written for its path; ends the connection after an answer that says so."""

    def __init__(self) -> None:
        """Begin to listen."""
        self.answers: dict[str, bytes] = {}
        self.asked: list[bytes] = []
        self.connections = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                wire, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(wire,), daemon=True).start()

    def _serve(self, wire: socket.socket) -> None:
        with wire:
            while words := wire.recv(65536):
                self.asked.append(words)
                answer = self.answers.get(
                    words.split(b" ")[1].decode(), answer_of(b"", status="404 Not Found")
                )
                wire.sendall(answer)
                if b"Connection: close" in answer:
                    return

    def stop(self) -> None:
        """Stop listening."""
        self._listening.close()


def answer_of(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """Return the bytes of one answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@contextmanager
def scripted(**answers: bytes) -> Iterator[ScriptedServer]:
    """Yield a server that says these to the paths `/NAME`."""
    server = ScriptedServer()
    server.answers = {f"/{name}": answer for name, answer in answers.items()}
    try:
        yield server
    finally:
        server.stop()


def ticking(*moments: float) -> Callable[[], float]:
    """Return a clock that shows these moments, one after the other."""
    following = iter(moments)
    return lambda: next(following)


def kept(body: bytes, size: int = 0, first_byte: float = 0.0, **headers: str) -> HttpAnswer:
    """Return an answer as a link gives it."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return HttpAnswer(200, named, size or len(body), first_byte, body)
