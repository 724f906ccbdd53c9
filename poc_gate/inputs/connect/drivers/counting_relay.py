"""A proxy of our own between a client that reads answers whole and its server -> bytes that end where the budget does.

Some clients hand out an answer only once they hold all of it, and have no limit but time. Told to use this proxy, they
get no more than the budget: it passes connections on to one address, counts what comes back, and cuts the connection off.
It is for requests whose time nobody measures.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType

_PIECE = 64 * 1024
_LONGEST_HEAD = 64 * 1024
"""Bytes of the head of a request."""


class CountingRelay:
    """Passes connections on to one host and port for as long as the block runs; only this machine reaches it."""

    def __init__(self, host: str, port: int, *, most_bytes: int, seconds: float) -> None:
        """Take the one address that is dialled, and what all of its answers together may hold and each may wait."""
        self._to = (host, port)
        self._most, self._seconds = most_bytes, seconds
        self._received = 0
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listening: socket.socket | None = None

    def __enter__(self) -> CountingRelay:
        """Begin to listen on a free port of this machine."""
        self._listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(
            target=self._accept, args=(self._listening,), name="poc-gate-relay", daemon=True
        ).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening, and close what is open."""
        if self._listening is not None:
            with suppress(OSError):  # Linux: wakes the thread that waits in accept()
                self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
        self._close_all()

    @property
    def url(self) -> str:
        """Return the address that the client takes for its proxy."""
        assert self._listening is not None
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    @property
    def is_cut(self) -> bool:
        """Say whether the server sent more than the budget allows."""
        return self._received > self._most

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:  # closed: the block ended
                return
            threading.Thread(target=self._serve, args=(client,), name="poc-gate-relay", daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client:
            client.settimeout(self._seconds)
            self._note(client)
            with suppress(OSError, ValueError):
                head, rest = _head_of(client)
                with socket.create_connection(self._to, timeout=self._seconds) as server:
                    self._note(server)
                    if head.startswith(b"CONNECT "):
                        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                        server.sendall(rest)
                        back = self._start_back(server, client)
                        while piece := client.recv(_PIECE):
                            server.sendall(piece)
                    else:
                        back = self._start_back(server, client)
                        while head:
                            server.sendall(_as_origin(head))
                            head, rest = _head_of(client, rest)
                    with suppress(OSError):
                        server.shutdown(socket.SHUT_WR)
                    back.join(self._seconds)

    def _start_back(self, server: socket.socket, client: socket.socket) -> threading.Thread:
        back = threading.Thread(target=self._back, args=(server, client), name="poc-gate-relay", daemon=True)
        back.start()
        return back

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while piece := server.recv(_PIECE):
                with self._lock:
                    self._received += len(piece)
                if self.is_cut:
                    self._close_all()
                    return
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)

    def _note(self, wire: socket.socket) -> None:
        with self._lock:
            self._open.add(wire)

    def _close_all(self) -> None:
        with self._lock:
            wires, self._open = list(self._open), set()
        for wire in wires:
            with suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)


def _head_of(client: socket.socket, begun: bytes = b"") -> tuple[bytes, bytes]:
    """Return the head of a request without a body, and what came behind it; both empty at the end."""
    content = begun
    while b"\r\n\r\n" not in content:
        if len(content) > _LONGEST_HEAD:
            raise ValueError("the head of the request has no end")
        piece = client.recv(_PIECE)
        if not piece:
            return b"", b""
        content += piece
    head, _, rest = content.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n", rest


def _as_origin(head: bytes) -> bytes:
    """Return a head that names a proxy's whole address with the path alone, as the server itself is asked."""
    line, _, rest = head.partition(b"\r\n")
    method, _, tail = line.partition(b" ")
    target, _, version = tail.rpartition(b" ")
    if b"://" in target:
        path = target.split(b"://", 1)[1].partition(b"/")[2]
        target = b"/" + path
    return b" ".join((method, target, version)) + b"\r\n" + rest
