"""HTTP/1.1 on one open socket: a request out, status, headers and body in; strict, bounded, and cheap to the client.

The standard library's client parses headers as e-mail, which costs the measuring machine several times as much
as the call itself and would be seen in every median.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping

from poc_gate.inputs.connect.interface import SourceError

MOST_BODY = 16 * 2**20
"""Bytes of one answer that are read; a longer one is broken off and counted as an error."""
_MOST_HEAD = 64 * 1024
_CHUNK = 1 << 16
_LONGEST_NUMBER = 18
"""Digits of a length; no answer is that long, and Python turns only so many into a number."""
_HEXADECIMAL = b"0123456789abcdefABCDEF"
_BODILESS = (204, 304)


def request_head(method: str, path: str, host: str, headers: Mapping[str, str]) -> bytes:
    """Return the bytes of a request up to its body; raises SourceError for text that could smuggle more in."""
    fields = [
        f"{method} {path} HTTP/1.1",
        f"Host: {host}",
        *(f"{key}: {text}" for key, text in headers.items()),
    ]
    if " " in path or any(not text.isascii() or not text.isprintable() for text in fields):
        raise SourceError("the path or a header contains characters that HTTP does not allow", kind="refused")
    return ("\r\n".join(fields) + "\r\n\r\n").encode("ascii")


class HttpWire:
    """One socket, and what was read of it beyond the answer before."""

    def __init__(self, wire: socket.socket) -> None:
        """Take over a connected socket."""
        self._wire = wire
        self._rest = b""
        self._aborted = False
        self.ends = False
        """Whether the server closes the connection after its last answer."""

    def send(self, content: bytes) -> None:
        """Send a whole request; raises OSError."""
        self._wire.sendall(content)

    def head(self) -> tuple[int, dict[str, str]]:
        """Return status and headers, their names in lower case; interim answers are passed over."""
        while True:
            status, headers = self._one_head()
            if status >= 200:
                return status, headers

    def _one_head(self) -> tuple[int, dict[str, str]]:
        while (end := self._rest.find(b"\r\n\r\n")) < 0:
            if len(self._rest) > _MOST_HEAD:
                raise SourceError("the answer's headers do not end", kind="protocol")
            self._rest += self._more()
        first, *lines = self._rest[:end].decode("latin-1").split("\r\n")
        self._rest = self._rest[end + 4 :]
        version, _, after = first.partition(" ")
        if not version.startswith("HTTP/1.") or not after[:3].isdecimal():
            raise SourceError("the answer is not HTTP/1.1", kind="protocol")
        headers: dict[str, str] = {}
        for line in lines:
            name, colon, value = line.partition(":")
            if not colon:
                raise SourceError("a header of the answer has no name", kind="protocol")
            name, value = name.lower(), value.strip()
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        connection = headers.get("connection", "").lower()
        self.ends = "close" in connection or (version == "HTTP/1.0" and "keep-alive" not in connection)
        return int(after[:3]), headers

    def body(self, method: str, status: int, headers: Mapping[str, str]) -> Iterator[bytes]:
        """Yield the body as it arrives."""
        if method == "HEAD" or status in _BODILESS:
            return
        if headers.get("transfer-encoding", "").lower() == "chunked":
            yield from self._chunked()
            return
        length = headers.get("content-length")
        if length is None:
            self.ends = True
            yield from self._until_closed()
        elif length.isdecimal() and len(length) <= _LONGEST_NUMBER:
            yield from self._exactly(int(length))
        else:
            raise SourceError("the answer's Content-Length is not a number", kind="protocol")

    def _exactly(self, length: int) -> Iterator[bytes]:
        while length > 0:
            words = self._rest or self._more()
            self._rest = words[length:]
            words = words[:length]
            length -= len(words)
            yield words

    def _chunked(self) -> Iterator[bytes]:
        while (size := self._chunk_size()) > 0:
            yield from self._exactly(size)
            if self._line() != b"":
                raise SourceError("a chunk of the answer is longer than it says", kind="protocol")
        while self._line() != b"":
            continue  # trailers tell nothing that is measured

    def _chunk_size(self) -> int:
        text = self._line().partition(b";")[0].strip()
        if not 0 < len(text) <= _LONGEST_NUMBER or text.strip(_HEXADECIMAL):
            raise SourceError("the answer's chunks carry no size", kind="protocol")
        return int(text, 16)

    def _line(self) -> bytes:
        while (end := self._rest.find(b"\r\n")) < 0:
            if len(self._rest) > _MOST_HEAD:
                raise SourceError("a line of the answer does not end", kind="protocol")
            self._rest += self._more()
        line, self._rest = self._rest[:end], self._rest[end + 2 :]
        return line

    def _until_closed(self) -> Iterator[bytes]:
        if self._rest:
            yield self._rest
            self._rest = b""
        while words := self._wire.recv(_CHUNK):
            yield words

    def _more(self) -> bytes:
        words = self._wire.recv(_CHUNK)
        if not words:
            self.ends = True
            if self._aborted:
                raise TimeoutError("timed out")
            raise SourceError("the server closed the connection before its answer ended", kind="protocol")
        return words

    def abort(self) -> None:
        """Shut the socket down under a call that hangs; called from another thread."""
        self._aborted = True
        self._wire.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the socket."""
        self._wire.close()


def read_body(
    parts: Iterator[bytes], *, keep: bool, on_chunk: Callable[[bytes], None] | None
) -> tuple[int, bytes]:
    """Return how many bytes a body has, and the body itself where it is to be kept."""
    size, kept = 0, []
    for part in parts:
        size += len(part)
        if size > MOST_BODY:
            raise SourceError(f"the answer is longer than {MOST_BODY:,} bytes", kind="protocol")
        if on_chunk:
            on_chunk(part)
        if keep:
            kept.append(part)
    return size, b"".join(kept)
