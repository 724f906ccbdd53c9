"""One HTTP request -> status, headers, body size and the times of its parts; standard library, no redirects followed."""

from __future__ import annotations

import base64
import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from poc_gate.connect.interface import APPLICATION, Link, SourceBusyError, SourceError, Target

MOST_BODY = 16 * 2**20
"""Bytes of one answer that are read; a longer one is broken off and counted as an error."""
_CHUNK = 1 << 16
HTTP_ERRORS = (http.client.HTTPException, ssl.SSLError, ValueError)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; the body is kept only where the caller asked for it."""

    status: int
    headers: Mapping[str, str]
    size: int
    first_byte: float
    """Seconds from the send to the first byte of the answer."""
    body: bytes = field(default=b"", repr=False)

    def data(self) -> Any:
        """Return the body as JSON; raises SourceError when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise SourceError("the answer is no JSON", kind="protocol") from None


def authorisation(target: Target) -> dict[str, str]:
    """Return the headers that carry the credential, by the option `auth`; nothing without a credential."""
    if target.secret is None:
        return {}
    how = target.option("auth", "bearer")
    if how == "basic":
        pair = f"{target.secret.user}:{target.secret.text}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    if how.startswith("header:"):
        return {how.removeprefix("header:"): target.secret.text}
    return {"Authorization": f"Bearer {target.secret.text}"}


def check_address(target: Target, *, auth: bool = True) -> list[str]:
    """Return every reason why an address cannot be asked."""
    found = [] if target.host else ["the address names no host: https://HOST/path"]
    parts = urlsplit(target.url)
    if parts.query and any(
        word in parts.query.lower() for word in ("token", "key", "secret", "password", "sig")
    ):
        found.append("the address carries a credential in its query; use `credential:` instead")
    how = target.option("auth", "bearer")
    if auth and how not in {"bearer", "basic"} and not how.startswith("header:"):
        found.append("the probe option 'auth' must be bearer, basic or header:NAME")
    if (
        target.secret is not None
        and target.scheme == "http"
        and target.host not in {"localhost", "127.0.0.1", "::1"}
    ):
        found.append("a credential is not sent without encryption; use https")
    return found


class HttpLink(Link):
    """One kept-alive connection to one host."""

    def __init__(self, target: Target) -> None:
        """Connect within the timeout, the steps timed apart; raises OSError."""
        self._target = target
        self.parts: dict[str, float] = {}
        self.encryption = "none"
        self._connection = self._open()
        self._headers = {"User-Agent": APPLICATION, "Accept-Encoding": "identity", **authorisation(target)}
        self._body_call: Callable[[HttpLink, int], Any] | None = None

    def _open(self) -> http.client.HTTPConnection:
        target, timeout = self._target, self._target.limits.timeout
        secure = target.scheme == "https"
        port = target.port or (443 if secure else 80)
        begun = time.perf_counter()
        found = socket.getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
        named = time.perf_counter()
        wire: Any = socket.create_connection((str(found[0][4][0]), port), timeout=timeout)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connected = time.perf_counter()
        if secure:
            try:
                context = ssl.create_default_context(cafile=target.ca or None)
                wire = context.wrap_socket(wire, server_hostname=target.host)
                self.encryption = f"{wire.version()}, server verified"
            except BaseException:
                wire.close()
                raise
        self.parts = {
            "dns": named - begun,
            "connect": connected - named,
            "tls": time.perf_counter() - connected,
        }
        connection = http.client.HTTPConnection(target.host, port, timeout=timeout)
        connection.sock = wire
        connection.auto_open = 0
        return connection

    def ask(
        self, method: str, path: str, *, body: object = None, keep: bool = False, on_chunk: Callable[[bytes], None] | None = None
    ) -> Answer:  # fmt: skip
        """Send one request and read its answer to the end; raises SourceError for every status but 2xx."""
        headers = dict(self._headers)
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        begun = time.perf_counter()
        self._connection.request(method, path, content, headers)
        answer = self._connection.getresponse()
        first_byte = time.perf_counter() - begun
        kept, size = [], 0
        while chunk := (answer.read1(_CHUNK) if on_chunk else answer.read(_CHUNK)):
            size += len(chunk)
            if size > MOST_BODY:
                raise SourceError(f"the answer is longer than {MOST_BODY:,} bytes", kind="protocol")
            if on_chunk:
                on_chunk(chunk)
            if keep:
                kept.append(chunk)
        named = {name.lower(): value for name, value in answer.getheaders()}
        refuse_status(answer.status, named)
        return Answer(answer.status, named, size, first_byte, b"".join(kept))

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def abort(self) -> None:
        """Shut the socket down under a call that hangs."""
        wire = self._connection.sock
        if wire is not None:
            wire.shutdown(socket.SHUT_RDWR)


def refuse_status(status: int, headers: Mapping[str, str]) -> None:
    """Raise SourceError for every status but 2xx; a redirect is named, never followed."""
    if 200 <= status < 300:
        return
    if status == 429 or (status == 503 and "retry-after" in headers):
        wait = headers.get("retry-after", "")
        raise SourceBusyError(f"status {status}" + (f", Retry-After: {wait[:20]}" if wait else ""))
    if 300 <= status < 400:
        host = urlsplit(headers.get("location", "")).hostname or "the same host"
        raise SourceError(
            f"status {status}: redirected to {host}; redirects are not followed", kind="redirect"
        )
    kind = "unauthorised" if status in {401, 403} else "server" if status >= 500 else "protocol"
    raise SourceError(f"status {status}", kind=kind)
